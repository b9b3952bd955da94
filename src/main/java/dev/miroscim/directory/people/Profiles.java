package dev.miroscim.directory.people;
/** Profiles in queries. */
public final class Profiles {

    /**
     * A condition of SQL: the profile {@code p} is the one with this e-mail address in the universe {@code :universe}.
     * PostgreSQL folds the case, so that the unique index on addresses decides.
     *
     * @param email an expression of SQL, such as a parameter
     */
    public static String hasEmail(String email) {
        return "p.universe_id = :universe and lower(p.email) = lower(" + email + ")";
    }

    private Profiles() {}
}

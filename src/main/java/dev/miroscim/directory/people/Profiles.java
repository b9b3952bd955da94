package dev.miroscim.directory.people;

import jakarta.persistence.criteria.From;
import jakarta.persistence.criteria.Join;

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

    /** The profile of {@code membership}, joined once per query. */
    public static From<?, ?> of(From<?, Membership> membership) {
        return membership.getFetches().stream()
                .filter(fetch -> fetch.getAttribute().getName().equals("profile"))
                .<From<?, ?>>map(fetch -> (Join<?, ?>) fetch)
                .findFirst()
                .or(() -> membership.getJoins().stream()
                        .filter(join -> join.getAttribute().getName().equals("profile"))
                        .findFirst())
                .orElseGet(() -> membership.join("profile"));
    }
}

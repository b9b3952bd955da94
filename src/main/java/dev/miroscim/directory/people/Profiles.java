package dev.miroscim.directory.people;

import jakarta.persistence.criteria.From;
import jakarta.persistence.criteria.Join;

/** Joins the profile of a membership in a query. */
public final class Profiles {

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

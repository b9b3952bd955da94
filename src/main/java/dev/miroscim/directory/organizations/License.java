package dev.miroscim.directory.organizations;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Optional;

/** A licence of a member, which SCIM calls {@code userType}. */
public enum License {
    FREE_RESTRICTED("Free Restricted", 0),
    FREE("Free", 1),
    BASIC("Basic", 2),
    FULL_TRIAL("Full (Trial)", 3),
    STANDARD("Standard", 4),
    FULL("Full", 4),
    ADVANCED("Advanced", 5);

    private final String wireName;
    private final int rank;

    License(String wireName, int rank) {
        this.wireName = wireName;
        this.rank = rank;
    }

    /** The name Miro uses in {@code userType}. */
    @JsonValue
    public String wireName() {
        return wireName;
    }

    /** Whether {@code other} gives a member less than this licence does. */
    boolean isMoreThan(License other) {
        return rank > other.rank;
    }

    /** The licence Miro calls {@code name}, in any case. */
    public static Optional<License> named(String name) {
        return Arrays.stream(values())
                .filter(license -> license.wireName.equalsIgnoreCase(name.strip()))
                .findFirst();
    }

    @JsonCreator
    static License of(String name) {
        return named(name).orElseThrow(() -> new IllegalArgumentException("'" + name + "' is not a licence of Miro"));
    }
}

package dev.miroscim.directory.people;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Optional;

/** What a person is in an organisation. */
public enum OrganizationRole {
    INTERNAL_ADMIN("Company Admin"),
    INTERNAL_USER("Member"),
    EXTERNAL_USER("Guest"),
    TEAM_GUEST_USER("Team Guest");

    private final String display;

    OrganizationRole(String display) {
        this.display = display;
    }

    /** The name SCIM gives it, as {@code ORGANIZATION_INTERNAL_USER}; REST has the same in lower case. */
    @JsonValue
    public String wireName() {
        return "ORGANIZATION_" + name();
    }

    /** The name a person sees. */
    public String display() {
        return display;
    }

    /** Whether SCIM sees people of this role. */
    public boolean isMember() {
        return this == INTERNAL_ADMIN || this == INTERNAL_USER;
    }

    /** The role called {@code name} on either plane, in any case. */
    public static Optional<OrganizationRole> named(String name) {
        return Arrays.stream(values())
                .filter(role -> role.wireName().equalsIgnoreCase(name.strip()))
                .findFirst();
    }

    @JsonCreator
    static OrganizationRole of(String name) {
        return named(name)
                .orElseThrow(() -> new IllegalArgumentException("'" + name + "' is not an organisation role of Miro"));
    }
}

package dev.miroscim.testkit;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A person in an organisation: an existing one, one to be added, or changes to one. Null fields have defaults, or stay
 * as they are.
 *
 * @param id assigned by the server, unless a new person needs a certain id
 * @param role {@code member}, {@code companyAdmin}, {@code guest} or {@code teamGuest}
 * @param license such as {@code Full}
 * @param registered whether the person completed the registration at Miro
 * @param lastActivityAt when the person was last active in the organisation
 * @param teams all teams of the person
 * @param organization SCIM's enterprise attribute, which is not the Miro organisation
 * @param manager an e-mail address, or a number
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Person(
        @Nullable String id,
        @Nullable String email,
        @Nullable String name,
        @Nullable String givenName,
        @Nullable String familyName,
        @Nullable String role,
        @Nullable String license,
        @Nullable Boolean active,
        @Nullable Boolean registered,
        @Nullable Instant lastActivityAt,
        @Nullable List<String> adminRoles,
        @Nullable List<Place> teams,
        @Nullable String photo,
        @Nullable String language,
        @Nullable String employeeNumber,
        @Nullable String costCenter,
        @Nullable String organization,
        @Nullable String division,
        @Nullable String department,
        @Nullable String manager,
        @Nullable String managerName) {

    /**
     * A person's membership of a team.
     *
     * @param role such as {@code admin}; the usual one by default
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Place(String name, @Nullable String role) {

        @JsonCreator
        public Place(@JsonProperty("name") String name, @JsonProperty("role") @Nullable String role) {
            this.name = name;
            this.role = role;
        }

        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        static Place of(String name) {
            return new Place(name, null);
        }
    }

    /** An empty set of changes to a person. */
    public static Person changes() {
        return new Person(
                null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
                null, null, null, null);
    }

    /** An active member with the default licence, in no team. */
    public static Person member(String email) {
        return changes().email(email);
    }

    public static Person companyAdmin(String email) {
        return member(email).role("companyAdmin");
    }

    public static Person guest(String email) {
        return member(email).role("guest");
    }

    public Person email(String email) {
        return with(email, name, role, license, active, registered, lastActivityAt, adminRoles, teams);
    }

    public Person name(String name) {
        return with(email, name, role, license, active, registered, lastActivityAt, adminRoles, teams);
    }

    public Person role(String role) {
        return with(email, name, role, license, active, registered, lastActivityAt, adminRoles, teams);
    }

    public Person license(String license) {
        return with(email, name, role, license, active, registered, lastActivityAt, adminRoles, teams);
    }

    public Person active(boolean active) {
        return with(email, name, role, license, active, registered, lastActivityAt, adminRoles, teams);
    }

    public Person registered(boolean registered) {
        return with(email, name, role, license, active, registered, lastActivityAt, adminRoles, teams);
    }

    public Person lastActivityAt(Instant lastActivityAt) {
        return with(email, name, role, license, active, registered, lastActivityAt, adminRoles, teams);
    }

    public Person withAdminRoles(String... adminRoles) {
        return with(email, name, role, license, active, registered, lastActivityAt, List.of(adminRoles), teams);
    }

    /** Sets the person's teams. */
    public Person inTeams(String... teams) {
        return places(Stream.of(teams).map(Place::of).toList());
    }

    /** Adds a team with the person as its admin. */
    public Person teamAdmin(String team) {
        return places(Stream.concat(teams == null ? Stream.of() : teams.stream(), Stream.of(new Place(team, "admin")))
                .toList());
    }

    private Person places(List<Place> places) {
        return with(email, name, role, license, active, registered, lastActivityAt, adminRoles, places);
    }

    private Person with(
            @Nullable String email,
            @Nullable String name,
            @Nullable String role,
            @Nullable String license,
            @Nullable Boolean active,
            @Nullable Boolean registered,
            @Nullable Instant lastActivityAt,
            @Nullable List<String> adminRoles,
            @Nullable List<Place> teams) {
        return new Person(
                id,
                email,
                name,
                givenName,
                familyName,
                role,
                license,
                active,
                registered,
                lastActivityAt,
                adminRoles,
                teams,
                photo,
                language,
                employeeNumber,
                costCenter,
                organization,
                division,
                department,
                manager,
                managerName);
    }
}

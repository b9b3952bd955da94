package dev.miroscim.emulator.seed;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.miroscim.directory.organizations.License;
import dev.miroscim.directory.organizations.OrganizationSettings;
import dev.miroscim.directory.people.OrganizationRole;
import dev.miroscim.directory.people.UserAttribute;
import dev.miroscim.directory.teams.TeamRole;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A seed: organisations with their contents. The records define the file format for reading and writing; absent fields
 * have defaults.
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SeedDocument(List<Organization> organizations) {

    public SeedDocument {
        organizations = requireNonNullElse(organizations, List.of());
    }

    /**
     * An organisation.
     *
     * @param universe a label; organisations of a seed with the same label share e-mail addresses, as all of Miro does.
     *     Those without a label share theirs too
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Organization(
            @Nullable String name,
            OrganizationSettings settings,
            Tokens tokens,
            @Nullable String universe,
            List<Team> teams,
            List<Person> people,
            List<UserGroup> userGroups,
            List<Board> boards) {

        /** All fields at their defaults. */
        public static final Organization EMPTY = new Organization(null, null, null, null, null, null, null, null);

        public Organization {
            settings = requireNonNullElse(settings, OrganizationSettings.DEFAULTS);
            tokens = requireNonNullElse(tokens, Tokens.NONE);
            teams = requireNonNullElse(teams, List.of());
            people = requireNonNullElse(people, List.of());
            userGroups = requireNonNullElse(userGroups, List.of());
            boards = requireNonNullElse(boards, List.of());
        }

        Organization withPeople(List<Person> people) {
            return new Organization(name, settings, tokens, universe, teams, people, userGroups, boards);
        }
    }

    /** The organisation's tokens. A seed has them in plain text; the database only stores hashes. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Tokens(@Nullable String scim, @Nullable String rest) {

        static final Tokens NONE = new Tokens(null, null);

        @Override
        public String toString() {
            return "Tokens[scim=%s, rest=%s]".formatted(scim == null ? "none" : "…", rest == null ? "none" : "…");
        }
    }

    /**
     * A team.
     *
     * @param id the id that clients see; the next free one by default
     * @param securityGroup its name in SCIM; the team's name by default
     * @param defaultTeam whether new users join it automatically; false by default
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Team(
            @JsonFormat(shape = JsonFormat.Shape.STRING) @Nullable
            Long id,

            String name,
            @Nullable String securityGroup,
            @JsonProperty("default") @Nullable Boolean defaultTeam) {

        String groupName() {
            return securityGroup == null ? name : securityGroup;
        }

        Team withId(@Nullable Long id) {
            return new Team(id, name, securityGroup, defaultTeam);
        }
    }

    /**
     * A person in the organisation.
     *
     * @param id the id that clients see; the next free one by default
     * @param name the full name; by default given and family name, or else the e-mail address
     * @param givenName the given name as a client sent it; derived from the full name by default
     * @param familyName the family name, likewise
     * @param role {@link Role#MEMBER} by default
     * @param license the organisation's default licence by default; not used for guests
     * @param active true by default
     * @param registered whether the person completed the registration at Miro; true by default
     * @param lastActivityAt when the person was last active in the organisation, for REST; never by default
     * @param teams the person's teams; none by default, not even the default team
     * @param details other attributes, each under its {@linkplain UserAttribute#seedKey() key} beside the other fields;
     *     the manager by the e-mail address of somebody in the seed, or by a number
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Person(
            @JsonFormat(shape = JsonFormat.Shape.STRING) @Nullable
            Long id,

            String email,
            @Nullable String name,
            @Nullable String givenName,
            @Nullable String familyName,
            @Nullable Role role,
            @Nullable License license,
            @Nullable Boolean active,
            @Nullable Boolean registered,
            @Nullable Instant lastActivityAt,
            List<String> adminRoles,
            List<Place> teams,
            @JsonAnyGetter Map<UserAttribute, String> details) {

        public Person {
            adminRoles = requireNonNullElse(adminRoles, List.of());
            teams = requireNonNullElse(teams, List.of());
            details = ordered(details);
        }

        /** Such as {@code costCenter}; null if it is left out. */
        public @Nullable String detail(UserAttribute attribute) {
            return details.get(attribute);
        }

        Person withId(@Nullable Long id) {
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
                    details);
        }

        OrganizationRole organizationRole() {
            return role == null ? OrganizationRole.INTERNAL_USER : role.organizationRole();
        }
    }

    /** The details in the order of the list of attributes, without those that have no value. */
    public static Map<UserAttribute, String> ordered(@Nullable Map<UserAttribute, @Nullable String> details) {
        Map<UserAttribute, String> ordered = new EnumMap<>(UserAttribute.class);
        if (details != null) {
            details.forEach((attribute, value) -> {
                if (value != null) {
                    ordered.put(attribute, value);
                }
            });
        }
        return ordered;
    }

    /** A person's organisation role, with names that are easier to type than Miro's, which are accepted too. */
    public enum Role {
        MEMBER("member", OrganizationRole.INTERNAL_USER),
        COMPANY_ADMIN("companyAdmin", OrganizationRole.INTERNAL_ADMIN),
        GUEST("guest", OrganizationRole.EXTERNAL_USER),
        TEAM_GUEST("teamGuest", OrganizationRole.TEAM_GUEST_USER);

        private final String seedName;
        private final OrganizationRole organizationRole;

        Role(String seedName, OrganizationRole organizationRole) {
            this.seedName = seedName;
            this.organizationRole = organizationRole;
        }

        @JsonValue
        public String seedName() {
            return seedName;
        }

        public OrganizationRole organizationRole() {
            return organizationRole;
        }
    }

    /**
     * A person's membership of a team, written as the team's name alone for the usual role.
     *
     * @param role the role in the team; by default the usual one for the organisation role
     */
    public record Place(String name, @Nullable TeamRole role) {

        @JsonValue
        Object json() {
            return role == null ? name : Map.of("name", name, "role", role);
        }
    }

    /**
     * A user group, as opposed to a team. SCIM lists it only if the organisation's groups are user groups.
     *
     * @param id the id that clients see; the next free one by default
     * @param members e-mail addresses of people in the organisation who are not guests
     * @param teams names of the teams that have the user group
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record UserGroup(
            @JsonFormat(shape = JsonFormat.Shape.STRING) @Nullable
            Long id,

            String name,
            @Nullable String description,
            List<String> members,
            List<String> teams) {

        public UserGroup {
            members = requireNonNullElse(members, List.of());
            teams = requireNonNullElse(teams, List.of());
        }

        UserGroup withId(@Nullable Long id) {
            return new UserGroup(id, name, description, members, teams);
        }
    }

    /**
     * A board.
     *
     * @param owner the e-mail address of somebody in the team
     */
    public record Board(String name, String team, String owner) {}
}

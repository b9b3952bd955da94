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
 * A seed: organisations with everything in them. The records are the file format, for reading as for writing; what is
 * left out has a default.
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SeedDocument(List<Organization> organizations) {

    public SeedDocument {
        organizations = requireNonNullElse(organizations, List.of());
    }

    /**
     * One organisation.
     *
     * @param universe a label; organisations of one seed with the same label share e-mail addresses, as all of Miro
     *     does. Those without one share theirs as well
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

        /** Nothing but what has a default. */
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

    /** What opens the organisation. A seed holds its tokens as they are; stored they are only as hashes. */
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
     * @param securityGroup what SCIM calls it; the team's name by default
     * @param defaultTeam whether new users join it by themselves; default false
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
     * @param name the full name; given and family name, or else the e-mail address by default
     * @param givenName the given name as a client sent it; derived from the full name by default
     * @param familyName the family name, likewise
     * @param role default {@link Role#MEMBER}
     * @param license the organisation's default licence by default; guests have none to speak of
     * @param active default true
     * @param registered whether the registration at Miro was ever completed; default true
     * @param lastActivityAt when the person last did something in the organisation, which REST tells; never by default
     * @param teams the teams the person is in; none by default, not even the default team
     * @param details what else there is to say of the person, each under its {@linkplain UserAttribute#seedKey() key}
     *     beside the other fields; the manager by the e-mail address of somebody in the seed, or by a number
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

    /** The same details in the order in which they are written; what has no value is left out. */
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

    /** A person's organisation role, under a name that is easier to type than Miro's, which is known as well. */
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
     * A person's place in a team; only the team's name where the role is the usual one.
     *
     * @param role what the person may do there; what is usual for the organisation role by default
     */
    public record Place(String name, @Nullable TeamRole role) {

        @JsonValue
        Object json() {
            return role == null ? name : Map.of("name", name, "role", role);
        }
    }

    /**
     * A user group, which is no team. SCIM lists it only if the organisation's groups are user groups.
     *
     * @param id the id that clients see; the next free one by default
     * @param members e-mail addresses of people in the organisation who are no guests
     * @param teams names of the teams it has been put into
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

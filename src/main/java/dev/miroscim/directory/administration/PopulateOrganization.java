package dev.miroscim.directory.administration;

import static dev.miroscim.directory.MiroRule.USER_GROUP_MEMBERS;
import static dev.miroscim.directory.RefusedException.Kind.CONFLICT;
import static dev.miroscim.directory.RefusedException.Kind.INVALID_VALUE;
import static dev.miroscim.directory.RefusedException.Kind.NOT_FOUND;

import dev.miroscim.directory.MiroRule;
import dev.miroscim.directory.Names;
import dev.miroscim.directory.RefusedException;
import dev.miroscim.directory.administration.Population.NewBoard;
import dev.miroscim.directory.administration.Population.NewPerson;
import dev.miroscim.directory.administration.Population.NewTeam;
import dev.miroscim.directory.administration.Population.NewUserGroup;
import dev.miroscim.directory.audit.AuditTrail;
import dev.miroscim.directory.audit.AuditTrail.Seat;
import dev.miroscim.directory.groups.UserGroupTeam;
import dev.miroscim.directory.organizations.License;
import dev.miroscim.directory.organizations.Organization;
import dev.miroscim.directory.people.FullName;
import dev.miroscim.directory.people.Membership;
import dev.miroscim.directory.people.Membership.Status;
import dev.miroscim.directory.people.OrganizationRole;
import dev.miroscim.directory.people.Profile;
import dev.miroscim.directory.people.UserAttribute;
import dev.miroscim.directory.people.UserChanges;
import dev.miroscim.directory.people.UserNames;
import dev.miroscim.directory.teams.Board;
import dev.miroscim.directory.teams.Team;
import dev.miroscim.directory.teams.TeamRole;
import dev.miroscim.directory.usergroups.UserGroup;
import dev.miroscim.directory.usergroups.UserGroups;
import dev.miroscim.directory.users.UserRoles;
import dev.miroscim.directory.users.Users;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Brings teams, people, user groups and boards into an organisation, in a number of statements that grows with every
 * thousand people and not with every one.
 */
@Component
class PopulateOrganization {

    /** How many people are kept in memory before they are written. */
    private static final int CHUNK = 1_000;

    /** By name in the journal. */
    private static final int MOST_TOLD = 20;

    private final EntityManager entities;
    private final UserNames userNames;
    private final AuditTrail audit;
    private final Clock clock;

    PopulateOrganization(EntityManager entities, UserNames userNames, AuditTrail audit, Clock clock) {
        this.entities = entities;
        this.userNames = userNames;
        this.audit = audit;
        this.clock = clock;
    }

    /** A membership's place in a team, both by their own ids. */
    record Place(long team, long member, TeamRole role) {}

    Population.Ids bring(Organization organization, Population population) {
        return new Arrival(organization, population).bring();
    }

    /** Puts memberships into teams; whoever is there already gets the role. */
    void place(long organizationId, Collection<Place> places) {
        if (places.isEmpty()) {
            return;
        }
        entities.flush();
        audit.moved(
                organizationId,
                Seat.read(
                        entities,
                        """
                with former as (
                  select team_id, membership_id, role from team_member
                  where team_id = any(:teams) and membership_id = any(:members)),
                placed as (
                  insert into team_member (team_id, membership_id, role, joined_at)
                  select team, member, role, :now from unnest(:teams, :members, :roles) as p (team, member, role)
                  on conflict (team_id, membership_id) do update set role = excluded.role
                  where team_member.role <> excluded.role
                  returning team_id, membership_id, role)
                select t.id as team_id, t.name as team_name, p.membership_id as member, f.role as former, p.role as role
                from placed p join team t on t.id = p.team_id
                left join former f on f.team_id = p.team_id and f.membership_id = p.membership_id
                order by p.membership_id, t.id
                """,
                        query -> query.setParameter(
                                        "teams",
                                        places.stream().map(Place::team).toArray(Long[]::new))
                                .setParameter(
                                        "members",
                                        places.stream().map(Place::member).toArray(Long[]::new))
                                .setParameter(
                                        "roles",
                                        places.stream()
                                                .map(place -> place.role().name())
                                                .toArray(String[]::new))
                                .setParameter("now", clock.instant())));
    }

    /** Makes of a person what {@code wanted} says, whatever the rules of provisioning say to it. */
    void describe(
            Organization organization,
            Membership person,
            UserChanges wanted,
            @Nullable Boolean registered,
            @Nullable Instant lastActivityAt) {
        Users.checkLengths(wanted, person);
        Profile profile = person.profile();
        FullName formerName = profile.ownName();
        if (wanted.names(UserAttribute.USER_NAME)) {
            profile.changeEmail(userNames.required(wanted.text(UserAttribute.USER_NAME)));
        }
        profile.rename(FullName.resolve(formerName, wanted, profile.email()));
        if (registered != null) {
            profile.register(registered);
        }
        if (lastActivityAt != null) {
            person.wasActive(lastActivityAt);
        }
        if (wanted.organizationRole() != null) {
            person.become(role(wanted.organizationRole()));
        }
        SortedSet<String> adminRoles = UserRoles.adminRoles(organization, wanted, person.adminRoles());
        if (adminRoles != null) {
            person.replaceAdminRoles(adminRoles);
        }
        if (wanted.text(UserAttribute.USER_TYPE) != null) {
            person.assign(license(wanted.text(UserAttribute.USER_TYPE)), clock.instant());
        }
        if (wanted.active() != null) {
            person.become(wanted.active() ? Status.ACTIVE : Status.DEACTIVATED);
        }
        Users.describe(person, wanted);
    }

    /** Says which of these guests Miro would not have as guests. */
    static void warnOfGuests(Organization organization, List<String> guests) {
        List<String> own = guests.stream()
                .filter(guest -> organization.settings().claimsByName(UserNames.domain(guest)))
                .toList();
        if (!own.isEmpty()) {
            MiroRule.GUESTS_OF_FOREIGN_DOMAINS.note(
                    "role",
                    "Guests from domains that the organisation has claimed, which Miro's Enterprise plan does not have: "
                            + String.join(", ", own.subList(0, Math.min(own.size(), MOST_TOLD)))
                            + (own.size() > MOST_TOLD ? " and " + (own.size() - MOST_TOLD) + " more" : ""));
        }
    }

    private record Known(long profile, long membership) {}

    /** One population on its way into one organisation. */
    private class Arrival {

        private final Organization organization;
        private final Population population;
        private final Map<String, Long> teams = new HashMap<>();
        private final Map<String, Known> people = new LinkedHashMap<>();
        private final Map<Long, String> managersToCome = new HashMap<>();

        Arrival(Organization organization, Population population) {
            this.organization = organization;
            this.population = population;
        }

        Population.Ids bring() {
            lockTeams();
            Map<String, Long> newTeams = createTeams();
            List<NewPerson> newcomers = population.people();
            for (int from = 0; from < newcomers.size(); from += CHUNK) {
                addPeople(newcomers.subList(from, Math.min(from + CHUNK, newcomers.size())));
                if (from + CHUNK < newcomers.size()) {
                    entities.flush();
                    entities.clear();
                }
            }
            introduceManagers();
            warnOfGuests(
                    organization,
                    newcomers.stream()
                            .filter(newcomer -> newcomer.details().organizationRole() != null
                                    && !role(newcomer.details().organizationRole())
                                            .isMember())
                            .map(PopulateOrganization.this::email)
                            .toList());
            Map<String, Long> newUserGroups = createUserGroups();
            createBoards();
            Map<String, Long> ids = new LinkedHashMap<>();
            newcomers.forEach(newcomer ->
                    ids.put(email(newcomer), people.get(folded(email(newcomer))).profile()));
            return new Population.Ids(newTeams, ids, newUserGroups);
        }

        /** Holds the existing teams that something comes into until the end of the transaction. */
        private void lockTeams() {
            Set<String> named = Stream.of(
                            population.people().stream().flatMap(person -> person.teams().keySet().stream()),
                            population.userGroups().stream().flatMap(group -> group.teams().stream()),
                            population.boards().stream().map(NewBoard::team))
                    .flatMap(names -> names)
                    .map(PopulateOrganization::folded)
                    .collect(Collectors.toSet());
            population.teams().forEach(team -> named.remove(folded(team.name())));
            if (!named.isEmpty()) {
                entities.createQuery("""
                                select t from Team t where t.organizationId = :organization and lower(t.name) in :names
                                order by t.id
                                """, Team.class)
                        .setParameter("organization", organization.id())
                        .setParameter("names", named)
                        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                        .getResultList()
                        .forEach(team -> teams.putIfAbsent(folded(team.name()), team.id()));
            }
        }

        private Map<String, Long> createTeams() {
            Instant now = clock.instant();
            Map<String, Long> ids = new LinkedHashMap<>();
            for (NewTeam wanted : population.teams()) {
                String name = Names.require("name", wanted.name());
                String groupName =
                        wanted.groupName() == null ? name : Names.require("securityGroup", wanted.groupName());
                Team team = new Team(wanted.id(), organization.id(), name, groupName, wanted.defaultTeam(), now);
                entities.persist(team);
                audit.created(team);
                ids.put(name, team.id());
                teams.put(folded(name), team.id());
            }
            return ids;
        }

        /** Everything is decided before it is persisted, so that a row is written once. */
        private void addPeople(List<NewPerson> newcomers) {
            Map<String, Profile> profiles = profiles(
                    organization,
                    newcomers.stream().map(PopulateOrganization.this::email).toList());
            Map<Profile, Membership> memberships = memberships(organization, profiles.values());
            Map<NewPerson, Membership> arriving = new LinkedHashMap<>();
            for (NewPerson newcomer : newcomers) {
                String email = email(newcomer);
                Profile profile = profiles.computeIfAbsent(
                        folded(email),
                        unknown -> new Profile(newcomer.id(), organization.universeId(), email, email, true));
                Membership membership = join(newcomer, profile, memberships.get(profile));
                memberships.put(profile, membership);
                arriving.put(newcomer, membership);
            }
            arriving.forEach((newcomer, membership) -> {
                Profile profile = membership.profile();
                entities.persist(profile);
                if (newcomer.id() != null && newcomer.id() != profile.id()) {
                    throw conflict(
                            "id", "%s is known to Miro under the id %d".formatted(email(newcomer), profile.id()));
                }
            });
            Map<String, Long> managers = new HashMap<>();
            profiles.forEach((email, profile) -> managers.put(email, profile.id()));
            people.forEach((email, known) -> managers.put(email, known.profile()));
            List<Place> places = new ArrayList<>();
            arriving.forEach((newcomer, membership) -> {
                Long manager = newcomer.manager() == null ? null : managers.get(folded(newcomer.manager()));
                if (manager != null) {
                    membership.describe(UserAttribute.MANAGER, manager.toString());
                }
                entities.persist(membership);
                people.put(folded(email(newcomer)), new Known(membership.profileId(), membership.id()));
                if (newcomer.manager() != null && manager == null) {
                    managersToCome.put(membership.id(), newcomer.manager());
                }
                newcomer.teams()
                        .forEach((team, role) -> places.add(new Place(
                                requireTeam(team),
                                membership.id(),
                                role == null ? TeamRole.usualOf(membership.role()) : role)));
            });
            place(organization.id(), places);
        }

        /** @param former the membership, if there was one once */
        private Membership join(NewPerson newcomer, Profile profile, @Nullable Membership former) {
            UserChanges details = newcomer.details();
            OrganizationRole role = details.organizationRole() == null
                    ? OrganizationRole.INTERNAL_USER
                    : role(details.organizationRole());
            // Guests have no licence until they become members.
            License license = role.isMember() ? organization.settings().defaultLicense() : License.FREE_RESTRICTED;
            Membership membership = former;
            if (membership == null) {
                membership = new Membership(null, organization.id(), profile, role, license, clock.instant());
                audit.watchNewcomer(membership);
            } else if (membership.status() == Status.REMOVED) {
                membership.join(license, clock.instant());
            } else {
                throw conflict("email", profile.email() + " is in the organisation already");
            }
            describe(organization, membership, details, newcomer.registered(), newcomer.lastActivityAt());
            return membership;
        }

        /** The managers who came after those they manage, or who are somewhere else in the universe. */
        private void introduceManagers() {
            if (managersToCome.isEmpty()) {
                return;
            }
            Map<String, Profile> others = profiles(
                    organization,
                    managersToCome.values().stream()
                            .filter(manager -> !people.containsKey(folded(manager)))
                            .toList());
            Map<Long, Long> managers = new HashMap<>();
            managersToCome.forEach((member, manager) -> {
                Known known = people.get(folded(manager));
                Profile other = others.get(folded(manager));
                if (known == null && other == null) {
                    throw new RefusedException(null, NOT_FOUND, "manager", "Nobody has the e-mail address " + manager);
                }
                managers.put(member, known == null ? other.id() : known.profile());
            });
            entities.flush();
            entities.createNativeQuery("""
                            update membership m set manager_id = p.manager
                            from unnest(:members, :managers) as p (member, manager) where m.id = p.member
                            """)
                    .setParameter("members", managers.keySet().toArray(Long[]::new))
                    .setParameter("managers", managers.values().toArray(Long[]::new))
                    .executeUpdate();
        }

        private Map<String, Long> createUserGroups() {
            Map<String, Long> ids = new LinkedHashMap<>();
            if (population.userGroups().isEmpty()) {
                return ids;
            }
            Map<String, Long> memberships = requireMembers(
                    "members",
                    population.userGroups().stream()
                            .flatMap(group -> group.members().stream())
                            .toList());
            requireNoGuests(memberships.values());
            Instant now = clock.instant();
            List<Long> groups = new ArrayList<>();
            List<Long> members = new ArrayList<>();
            for (NewUserGroup wanted : population.userGroups()) {
                String name = Names.require("name", wanted.name());
                UserGroup group = new UserGroup(
                        wanted.id(), organization.id(), name, UserGroups.described(wanted.description()), now);
                entities.persist(group);
                ids.put(name, group.id());
                wanted.teams().stream()
                        .map(team -> entities.getReference(Team.class, requireTeam(team)))
                        .forEach(team -> entities.persist(new UserGroupTeam(group, team, now)));
                wanted.members().forEach(member -> {
                    groups.add(group.id());
                    members.add(memberships.get(folded(member)));
                });
            }
            entities.flush();
            entities.createNativeQuery("""
                            insert into user_group_member (user_group_id, membership_id, joined_at)
                            select user_group, member, :now from unnest(:groups, :members) as p (user_group, member)
                            on conflict do nothing
                            """)
                    .setParameter("groups", groups.toArray(Long[]::new))
                    .setParameter("members", members.toArray(Long[]::new))
                    .setParameter("now", now)
                    .executeUpdate();
            return ids;
        }

        private void createBoards() {
            Map<String, Long> owners = requireMembers(
                    "owner", population.boards().stream().map(NewBoard::owner).toList());
            Instant now = clock.instant();
            for (NewBoard board : population.boards()) {
                Membership owner = entities.getReference(Membership.class, owners.get(folded(board.owner())));
                Team team = entities.getReference(Team.class, requireTeam(board.team()));
                entities.persist(new Board(organization.id(), team, owner, Names.require("name", board.name()), now));
            }
        }

        private void requireNoGuests(Collection<Long> memberships) {
            entities.flush();
            List<?> guests = entities.createQuery("""
                            select m.profile.email from Membership m
                            where m.id in :members and m.role in (EXTERNAL_USER, TEAM_GUEST_USER)
                            order by m.id
                            """, String.class)
                    .setParameter("members", memberships)
                    .setMaxResults(1)
                    .getResultList();
            if (!guests.isEmpty()) {
                throw USER_GROUP_MEMBERS.refusal(
                        INVALID_VALUE,
                        "members",
                        guests.getFirst() + " is a guest of the organisation, and guests are in no user group");
            }
        }

        /** The memberships, by folded address, of people who have just come or were there before. */
        private Map<String, Long> requireMembers(String attribute, Collection<String> emails) {
            Map<String, Long> found = new HashMap<>();
            Set<String> others = new HashSet<>();
            for (String email : emails) {
                Known known = people.get(folded(email));
                if (known == null) {
                    others.add(email);
                } else {
                    found.put(folded(email), known.membership());
                }
            }
            memberships(organization, profiles(organization, others).values()).forEach((profile, membership) -> {
                if (membership.status() != Status.REMOVED) {
                    found.put(folded(profile.email()), membership.id());
                }
            });
            for (String other : others) {
                if (!found.containsKey(folded(other))) {
                    throw new RefusedException(null, NOT_FOUND, attribute, other + " is not in the organisation");
                }
            }
            return found;
        }

        private long requireTeam(String name) {
            Long id = teams.get(folded(name));
            if (id == null) {
                throw new RefusedException(null, NOT_FOUND, "team", "The organisation has no team '" + name + "'");
            }
            return id;
        }
    }

    private String email(NewPerson newcomer) {
        return userNames.required(newcomer.details().text(UserAttribute.USER_NAME));
    }

    /** The people of the organisation's universe who have these addresses, by folded address. */
    private Map<String, Profile> profiles(Organization organization, Collection<String> emails) {
        Map<String, Profile> found = new HashMap<>();
        if (emails.isEmpty()) {
            return found;
        }
        List<?> profiles = entities.createNativeQuery("""
                        select * from profile where universe_id = :universe
                        and lower(email) in (select lower(e) from unnest(:emails) as e)
                        """, Profile.class)
                .setParameter("universe", organization.universeId())
                .setParameter("emails", emails.toArray(String[]::new))
                .getResultList();
        for (Object profile : profiles) {
            audit.watch(organization.id(), (Profile) profile);
            found.put(folded(((Profile) profile).email()), (Profile) profile);
        }
        return found;
    }

    /** Memberships of these people, also ended ones, held until the end of the transaction. */
    private Map<Profile, Membership> memberships(Organization organization, Collection<Profile> profiles) {
        Map<Profile, Membership> found = new HashMap<>();
        if (profiles.isEmpty()) {
            return found;
        }
        List<?> memberships = entities.createNativeQuery("""
                        select * from membership where organization_id = :organization and profile_id = any(:profiles)
                        order by id for update
                        """, Membership.class)
                .setParameter("organization", organization.id())
                .setParameter("profiles", profiles.stream().map(Profile::id).toArray(Long[]::new))
                .getResultList();
        for (Object membership : memberships) {
            audit.watch(List.of((Membership) membership));
            found.put(((Membership) membership).profile(), (Membership) membership);
        }
        return found;
    }

    private static OrganizationRole role(String name) {
        return OrganizationRole.named(name)
                .orElseThrow(() -> new RefusedException(
                        null, INVALID_VALUE, "role", "'" + name + "' is not an organisation role of Miro"));
    }

    private static License license(String name) {
        return License.named(name)
                .orElseThrow(() -> new RefusedException(
                        null, INVALID_VALUE, "license", "'" + name + "' is not a licence of Miro"));
    }

    private static RefusedException conflict(String attribute, String detail) {
        return new RefusedException(null, CONFLICT, attribute, detail);
    }

    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}

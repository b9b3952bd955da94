package dev.miroscim.directory.administration;

import static dev.miroscim.directory.MiroRule.USER_GROUP_MEMBERS;
import static dev.miroscim.directory.RefusedException.Kind.CONFLICT;
import static dev.miroscim.directory.RefusedException.Kind.INVALID_VALUE;
import static dev.miroscim.directory.RefusedException.Kind.NOT_FOUND;

import dev.miroscim.directory.LockOrder;
import dev.miroscim.directory.LockOrder.Lock;
import dev.miroscim.directory.Names;
import dev.miroscim.directory.RefusedException;
import dev.miroscim.directory.Texts;
import dev.miroscim.directory.administration.Population.NewBoard;
import dev.miroscim.directory.administration.Population.NewPerson;
import dev.miroscim.directory.administration.Population.NewTeam;
import dev.miroscim.directory.administration.Population.NewUserGroup;
import dev.miroscim.directory.groups.UserGroupTeam;
import dev.miroscim.directory.organizations.License;
import dev.miroscim.directory.organizations.Organization;
import dev.miroscim.directory.organizations.Organizations;
import dev.miroscim.directory.people.Membership;
import dev.miroscim.directory.people.Membership.Status;
import dev.miroscim.directory.people.OrganizationRole;
import dev.miroscim.directory.people.People;
import dev.miroscim.directory.people.PeopleAudit;
import dev.miroscim.directory.people.Profile;
import dev.miroscim.directory.people.UserAttribute;
import dev.miroscim.directory.people.UserChanges;
import dev.miroscim.directory.people.UserNames;
import dev.miroscim.directory.teams.AddTeamMembers;
import dev.miroscim.directory.teams.AddTeamMembers.Assignment;
import dev.miroscim.directory.teams.Board;
import dev.miroscim.directory.teams.Team;
import dev.miroscim.directory.teams.TeamAudit;
import dev.miroscim.directory.teams.TeamRole;
import dev.miroscim.directory.usergroups.UserGroup;
import dev.miroscim.directory.usergroups.UserGroups;
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
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Creates teams, people, user groups and boards in an organisation, with one set of statements for every thousand
 * people.
 */
@Component
class PopulateOrganization {

    /** How many people are kept in memory before they are written. */
    private static final int CHUNK = 1_000;

    private final EntityManager entities;
    private final UserNames userNames;
    private final People existing;
    private final PersonDetails personDetails;
    private final AddTeamMembers addTeamMembers;
    private final PeopleAudit peopleAudit;
    private final TeamAudit teamAudit;
    private final Clock clock;

    PopulateOrganization(
            EntityManager entities,
            UserNames userNames,
            People existing,
            PersonDetails personDetails,
            AddTeamMembers addTeamMembers,
            PeopleAudit peopleAudit,
            TeamAudit teamAudit,
            Clock clock) {
        this.entities = entities;
        this.userNames = userNames;
        this.existing = existing;
        this.personDetails = personDetails;
        this.addTeamMembers = addTeamMembers;
        this.peopleAudit = peopleAudit;
        this.teamAudit = teamAudit;
        this.clock = clock;
    }

    /** Creates all of {@code population} in the organisation. */
    Population.Ids populate(Organization organization, Population population) {
        return new Run(organization, population).populate();
    }

    private record Known(long profile, long membership) {}

    /** One population of one organisation. */
    private class Run {

        private final Organization organization;
        private final Population population;
        private final Map<String, Long> teams = new HashMap<>();
        private final Map<String, Known> people = new LinkedHashMap<>();
        private final Map<Long, String> managersToCome = new HashMap<>();

        Run(Organization organization, Population population) {
            this.organization = organization;
            this.population = population;
        }

        Population.Ids populate() {
            entities.createNativeQuery("select cast(" + Organizations.ADDS_PEOPLE + " as text)")
                    .setParameter("universe", organization.universeId())
                    .getResultList();
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
            PersonDetails.warnOfGuests(
                    organization,
                    newcomers.stream()
                            .filter(newcomer -> newcomer.details().organizationRole() != null
                                    && !PersonDetails.role(newcomer.details().organizationRole())
                                            .isMember())
                            .map(PopulateOrganization.this::email)
                            .toList());
            Map<String, Long> newUserGroups = createUserGroups();
            createBoards();
            Map<String, Long> ids = new LinkedHashMap<>();
            newcomers.forEach(newcomer -> ids.put(
                    email(newcomer), people.get(Texts.folded(email(newcomer))).profile()));
            return new Population.Ids(newTeams, ids, newUserGroups);
        }

        /** Holds the existing teams that the population adds to. */
        private void lockTeams() {
            Set<String> named = Stream.of(
                            population.people().stream().flatMap(person -> person.teams().keySet().stream()),
                            population.userGroups().stream().flatMap(group -> group.teams().stream()),
                            population.boards().stream().map(NewBoard::team))
                    .flatMap(names -> names)
                    .map(Texts::folded)
                    .collect(Collectors.toSet());
            population.teams().forEach(team -> named.remove(Texts.folded(team.name())));
            if (!named.isEmpty()) {
                LockOrder.take(Lock.TEAM, organization.id());
                entities.createQuery("""
                                select t from Team t where t.organizationId = :organization and lower(t.name) in :names
                                order by t.id
                                """, Team.class)
                        .setParameter("organization", organization.id())
                        .setParameter("names", named)
                        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                        .getResultList()
                        .forEach(team -> teams.putIfAbsent(Texts.folded(team.name()), team.id()));
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
                teamAudit.created(team);
                ids.put(name, team.id());
                teams.put(Texts.folded(name), team.id());
            }
            return ids;
        }

        /** Completes entities before it persists them, so that each row is written once. */
        private void addPeople(List<NewPerson> newcomers) {
            Map<String, Profile> profiles = existing.profiles(
                    organization,
                    newcomers.stream().map(PopulateOrganization.this::email).toList());
            Map<Profile, Membership> memberships = existing.hold(organization, profiles.values());
            Map<NewPerson, Membership> arriving = new LinkedHashMap<>();
            for (NewPerson newcomer : newcomers) {
                String email = email(newcomer);
                Profile profile = profiles.computeIfAbsent(
                        Texts.folded(email),
                        unknown -> new Profile(newcomer.id(), organization.universeId(), email, email, true));
                Membership membership = join(newcomer, profile, memberships.get(profile));
                memberships.put(profile, membership);
                arriving.put(newcomer, membership);
            }
            arriving.forEach((newcomer, membership) -> {
                Profile profile = membership.profile();
                entities.persist(profile);
                if (newcomer.id() != null && newcomer.id() != profile.id()) {
                    throw new RefusedException(
                            CONFLICT, "%s is known to Miro under the id %d".formatted(email(newcomer), profile.id()));
                }
            });
            Map<String, Long> managers = new HashMap<>();
            profiles.forEach((email, profile) -> managers.put(email, profile.id()));
            people.forEach((email, known) -> managers.put(email, known.profile()));
            List<Assignment> assignments = new ArrayList<>();
            arriving.forEach((newcomer, membership) -> {
                Long manager = newcomer.manager() == null ? null : managers.get(Texts.folded(newcomer.manager()));
                if (manager != null) {
                    membership.describe(UserAttribute.MANAGER, manager.toString());
                }
                entities.persist(membership);
                people.put(Texts.folded(email(newcomer)), new Known(membership.profileId(), membership.id()));
                if (newcomer.manager() != null && manager == null) {
                    managersToCome.put(membership.id(), newcomer.manager());
                }
                newcomer.teams()
                        .forEach((team, role) -> assignments.add(new Assignment(
                                requireTeam(team),
                                membership.id(),
                                role == null ? TeamRole.usualOf(membership.role()) : role)));
            });
            addTeamMembers.assign(organization.id(), assignments);
        }

        /** @param former the earlier membership, if there was one */
        private Membership join(NewPerson newcomer, Profile profile, @Nullable Membership former) {
            UserChanges details = newcomer.details();
            OrganizationRole role = details.organizationRole() == null
                    ? OrganizationRole.INTERNAL_USER
                    : PersonDetails.role(details.organizationRole());
            // Guests have no licence until they become members.
            License license = role.isMember() ? organization.settings().defaultLicense() : License.FREE_RESTRICTED;
            Membership membership = former;
            if (membership == null) {
                membership = new Membership(null, organization.id(), profile, role, license, clock.instant());
                peopleAudit.watchNew(membership);
            } else if (membership.status() == Status.REMOVED) {
                membership.join(license, clock.instant());
            } else {
                throw new RefusedException(CONFLICT, profile.email() + " is in the organisation already");
            }
            personDetails.apply(organization, membership, details, newcomer.registered(), newcomer.lastActivityAt());
            return membership;
        }

        /** Sets managers who come later in the population, or who are elsewhere in the universe. */
        private void introduceManagers() {
            if (managersToCome.isEmpty()) {
                return;
            }
            Map<String, Profile> others = existing.profiles(
                    organization,
                    managersToCome.values().stream()
                            .filter(manager -> !people.containsKey(Texts.folded(manager)))
                            .toList());
            Map<Long, Long> managers = new HashMap<>();
            managersToCome.forEach((member, manager) -> {
                Known known = people.get(Texts.folded(manager));
                Profile other = others.get(Texts.folded(manager));
                if (known == null && other == null) {
                    throw new RefusedException(NOT_FOUND, "Nobody has the e-mail address " + manager);
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
            Map<String, Long> memberships = requireMembers(population.userGroups().stream()
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
                    members.add(memberships.get(Texts.folded(member)));
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
                    population.boards().stream().map(NewBoard::owner).toList());
            Instant now = clock.instant();
            for (NewBoard board : population.boards()) {
                Membership owner = entities.getReference(Membership.class, owners.get(Texts.folded(board.owner())));
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

        /** The memberships of new and existing people, by folded address. */
        private Map<String, Long> requireMembers(Collection<String> emails) {
            Map<String, Long> found = new HashMap<>();
            Set<String> others = new HashSet<>();
            for (String email : emails) {
                Known known = people.get(Texts.folded(email));
                if (known == null) {
                    others.add(email);
                } else {
                    found.put(Texts.folded(email), known.membership());
                }
            }
            existing.hold(organization, existing.profiles(organization, others).values())
                    .forEach((profile, membership) -> {
                        if (membership.status() != Status.REMOVED) {
                            found.put(Texts.folded(profile.email()), membership.id());
                        }
                    });
            for (String other : others) {
                if (!found.containsKey(Texts.folded(other))) {
                    throw new RefusedException(NOT_FOUND, other + " is not in the organisation");
                }
            }
            return found;
        }

        private long requireTeam(String name) {
            Long id = teams.get(Texts.folded(name));
            if (id == null) {
                throw new RefusedException(NOT_FOUND, "The organisation has no team '" + name + "'");
            }
            return id;
        }
    }

    private String email(NewPerson newcomer) {
        return userNames.required(newcomer.details().text(UserAttribute.USER_NAME));
    }
}

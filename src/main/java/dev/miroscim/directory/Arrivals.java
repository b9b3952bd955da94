package dev.miroscim.directory;

import static dev.miroscim.directory.RefusedException.Kind.CONFLICT;
import static dev.miroscim.directory.RefusedException.Kind.INVALID_VALUE;
import static dev.miroscim.directory.RefusedException.Kind.NOT_FOUND;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import dev.miroscim.directory.Membership.Status;
import dev.miroscim.directory.Population.NewBoard;
import dev.miroscim.directory.Population.NewPerson;
import dev.miroscim.directory.Population.NewTeam;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
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
 * Brings teams, people and boards into an organisation, in a number of statements that grows with every thousand people
 * and not with every one.
 */
@Component
class Arrivals {

    /** How many people are kept in memory before they are written. */
    private static final int CHUNK = 1_000;

    private final EntityManager entities;
    private final UserNames userNames;
    private final Clock clock;

    Arrivals(EntityManager entities, UserNames userNames, Clock clock) {
        this.entities = entities;
        this.userNames = userNames;
        this.clock = clock;
    }

    /** A membership's place in a team, both by their own ids. */
    record Place(long team, long member, TeamRole role) {}

    private record Known(long profile, long membership) {}

    Population.Ids bring(Organization organization, Population population) {
        Map<String, Long> knownTeams = lockTeams(organization, population);
        Map<String, Long> newTeams = createTeams(organization, population.teams());
        newTeams.forEach((name, id) -> knownTeams.put(folded(name), id));
        Map<String, Known> people = new HashMap<>();
        for (int from = 0; from < population.people().size(); from += CHUNK) {
            int to = Math.min(from + CHUNK, population.people().size());
            addPeople(organization, population.people().subList(from, to), knownTeams, people);
            if (to < population.people().size()) {
                entities.flush();
                entities.clear();
            }
        }
        introduceManagers(organization, population.people(), people);
        createBoards(organization, population.boards(), knownTeams, people);
        Map<String, Long> ids = new LinkedHashMap<>();
        for (NewPerson person : population.people()) {
            String email = userNames.required(person.details().text(MemberAttribute.USER_NAME));
            ids.put(email, people.get(folded(email)).profile());
        }
        return new Population.Ids(newTeams, ids);
    }

    /** Puts memberships into teams; whoever is there already gets the role. */
    void place(Collection<Place> places) {
        if (places.isEmpty()) {
            return;
        }
        entities.flush();
        entities.createNativeQuery("""
                        insert into team_member (team_id, membership_id, role, joined_at)
                        select team, member, role, :now from unnest(:teams, :members, :roles) as p (team, member, role)
                        on conflict (team_id, membership_id) do update set role = excluded.role
                        """)
                .setParameter("teams", places.stream().map(Place::team).toArray(Long[]::new))
                .setParameter("members", places.stream().map(Place::member).toArray(Long[]::new))
                .setParameter(
                        "roles",
                        places.stream().map(place -> place.role().name()).toArray(String[]::new))
                .setParameter("now", clock.instant())
                .executeUpdate();
    }

    /** Makes of a person what {@code wanted} says, whatever the rules of provisioning say to it. */
    void describe(Organization organization, Membership person, MemberChanges wanted, @Nullable Boolean registered) {
        Members.checkLengths(wanted);
        Profile profile = person.profile();
        if (wanted.names(MemberAttribute.USER_NAME)) {
            profile.changeEmail(userNames.required(wanted.text(MemberAttribute.USER_NAME)));
        }
        profile.rename(FullName.resolve(profile.fullName(), wanted, profile.email()));
        if (registered != null) {
            profile.register(registered);
        }
        if (wanted.organizationRole() != null) {
            person.become(role(wanted.organizationRole()));
        }
        SortedSet<String> adminRoles = MemberRoles.adminRoles(organization, wanted);
        if (adminRoles != null) {
            person.replaceAdminRoles(adminRoles);
        }
        if (wanted.text(MemberAttribute.USER_TYPE) != null) {
            person.assign(license(wanted.text(MemberAttribute.USER_TYPE)), clock.instant());
        }
        if (wanted.active() != null) {
            person.become(wanted.active() ? Status.ACTIVE : Status.DEACTIVATED);
        }
        Members.describe(person, wanted);
    }

    /** The existing teams that are to be changed, by folded name, each held until the end of the transaction. */
    private Map<String, Long> lockTeams(Organization organization, Population population) {
        Set<String> named = Stream.concat(
                        population.people().stream().flatMap(person -> person.teams().keySet().stream()),
                        population.boards().stream().map(NewBoard::team))
                .map(Arrivals::folded)
                .collect(Collectors.toSet());
        population.teams().forEach(team -> named.remove(folded(team.name())));
        Map<String, Long> found = new HashMap<>();
        if (!named.isEmpty()) {
            entities.createQuery("""
                            select t from Team t where t.organizationId = :organization and lower(t.name) in :names
                            order by t.id
                            """, Team.class)
                    .setParameter("organization", organization.id())
                    .setParameter("names", named)
                    .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                    .getResultList()
                    .forEach(team -> found.putIfAbsent(folded(team.name()), team.id()));
        }
        return found;
    }

    private Map<String, Long> createTeams(Organization organization, List<NewTeam> teams) {
        Instant now = clock.instant();
        Map<String, Long> ids = new LinkedHashMap<>();
        for (NewTeam wanted : teams) {
            String name = Names.require("name", wanted.name());
            String groupName = wanted.groupName() == null ? name : Names.require("securityGroup", wanted.groupName());
            Team team = new Team(wanted.id(), organization.id(), name, groupName, wanted.defaultTeam(), now);
            entities.persist(team);
            ids.put(name, team.id());
        }
        return ids;
    }

    private void addPeople(
            Organization organization, List<NewPerson> newcomers, Map<String, Long> teams, Map<String, Known> people) {
        List<String> emails = newcomers.stream()
                .map(person -> userNames.required(person.details().text(MemberAttribute.USER_NAME)))
                .toList();
        Map<String, Profile> profiles = profiles(organization, emails);
        Map<Long, Membership> memberships = memberships(organization, profiles.values());
        Map<Membership, NewPerson> arrived = new LinkedHashMap<>();
        for (int i = 0; i < emails.size(); i++) {
            String email = emails.get(i);
            NewPerson newcomer = newcomers.get(i);
            Profile profile =
                    profiles.computeIfAbsent(folded(email), unknown -> newProfile(organization, newcomer, email));
            if (newcomer.id() != null && newcomer.id() != profile.id()) {
                throw conflict("id", "%s is known to Miro under the id %d".formatted(email, profile.id()));
            }
            Membership membership = join(organization, newcomer, profile, memberships.get(profile.id()));
            if (people.put(folded(email), new Known(profile.id(), membership.id())) != null) {
                throw conflict("email", email + " is named twice");
            }
            arrived.put(membership, newcomer);
        }
        place(arrived.entrySet().stream()
                .flatMap(person -> places(person.getKey(), person.getValue(), teams))
                .toList());
    }

    private Profile newProfile(Organization organization, NewPerson newcomer, String email) {
        Profile profile = new Profile(newcomer.id(), organization.universeId(), email, email, true);
        entities.persist(profile);
        return profile;
    }

    /** @param former the membership, if there was one once */
    private Membership join(
            Organization organization, NewPerson newcomer, Profile profile, @Nullable Membership former) {
        MemberChanges details = newcomer.details();
        OrganizationRole role =
                details.organizationRole() == null ? OrganizationRole.INTERNAL_USER : role(details.organizationRole());
        // Guests have no licence until they become members.
        License license = role.isMember() ? organization.settings().defaultLicense() : License.FREE_RESTRICTED;
        Membership membership = former;
        if (membership == null) {
            membership = new Membership(organization.id(), profile, role, license, clock.instant());
            entities.persist(membership);
        } else if (membership.status() == Status.REMOVED) {
            membership.join(license, clock.instant());
        } else {
            throw conflict("email", profile.email() + " is in the organisation already");
        }
        describe(organization, membership, details, newcomer.registered());
        return membership;
    }

    private static Stream<Place> places(Membership membership, NewPerson person, Map<String, Long> teams) {
        return person.teams().entrySet().stream()
                .map(team -> new Place(
                        requireTeam(teams, team.getKey()),
                        membership.id(),
                        team.getValue() == null ? TeamRole.usualOf(membership.role()) : team.getValue()));
    }

    /** Managers may come after the people they manage. */
    private void introduceManagers(Organization organization, List<NewPerson> newcomers, Map<String, Known> people) {
        Map<String, String> managers = newcomers.stream()
                .filter(person -> person.manager() != null)
                .collect(toMap(person -> folded(person.details().text(MemberAttribute.USER_NAME)), NewPerson::manager));
        if (managers.isEmpty()) {
            return;
        }
        List<String> strangers = managers.values().stream()
                .filter(manager -> !people.containsKey(folded(manager)))
                .toList();
        Map<String, Profile> others = profiles(organization, strangers);
        Map<Long, Long> managerOf = new HashMap<>();
        managers.forEach((email, manager) -> {
            Known known = people.get(folded(manager));
            Profile other = others.get(folded(manager));
            if (known == null && other == null) {
                throw new RefusedException(null, NOT_FOUND, "manager", "Nobody has the e-mail address " + manager);
            }
            managerOf.put(people.get(email).membership(), known == null ? other.id() : known.profile());
        });
        entities.flush();
        entities.createNativeQuery("""
                        update membership m set manager_id = p.manager
                        from unnest(:members, :managers) as p (member, manager) where m.id = p.member
                        """)
                .setParameter("members", managerOf.keySet().toArray(Long[]::new))
                .setParameter("managers", managerOf.values().toArray(Long[]::new))
                .executeUpdate();
    }

    private void createBoards(
            Organization organization, List<NewBoard> boards, Map<String, Long> teams, Map<String, Known> people) {
        Set<String> strangers = boards.stream()
                .map(NewBoard::owner)
                .filter(owner -> !people.containsKey(folded(owner)))
                .collect(Collectors.toSet());
        Map<String, Profile> others = profiles(organization, strangers);
        Map<Long, Membership> memberships = memberships(organization, others.values());
        for (NewBoard board : boards) {
            Known known = people.get(folded(board.owner()));
            Profile other = others.get(folded(board.owner()));
            Membership owner = known != null
                    ? entities.getReference(Membership.class, known.membership())
                    : other == null ? null : memberships.get(other.id());
            if (owner == null) {
                throw new RefusedException(null, NOT_FOUND, "owner", board.owner() + " is not in the organisation");
            }
            Team team = entities.getReference(Team.class, requireTeam(teams, board.team()));
            entities.persist(new Board(team, owner, Names.require("name", board.name())));
        }
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
            found.put(folded(((Profile) profile).email()), (Profile) profile);
        }
        return found;
    }

    /** Memberships of these people, also ended ones, by the ids of the people, held until the end of the transaction. */
    private Map<Long, Membership> memberships(Organization organization, Collection<Profile> profiles) {
        if (profiles.isEmpty()) {
            return Map.of();
        }
        List<?> memberships = entities.createNativeQuery("""
                        select * from membership where organization_id = :organization and profile_id = any(:profiles)
                        order by id for update
                        """, Membership.class)
                .setParameter("organization", organization.id())
                .setParameter("profiles", profiles.stream().map(Profile::id).toArray(Long[]::new))
                .getResultList();
        return memberships.stream().map(Membership.class::cast).collect(toMap(Membership::profileId, identity()));
    }

    private static long requireTeam(Map<String, Long> teams, String name) {
        Long id = teams.get(folded(name));
        if (id == null) {
            throw new RefusedException(null, NOT_FOUND, "team", "The organisation has no team '" + name + "'");
        }
        return id;
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

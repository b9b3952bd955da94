package dev.miroscim.emulator.seed;

import static dev.miroscim.directory.people.UserAttribute.DISPLAY_NAME;
import static dev.miroscim.directory.people.UserAttribute.FAMILY_NAME;
import static dev.miroscim.directory.people.UserAttribute.GIVEN_NAME;
import static dev.miroscim.directory.people.UserAttribute.MANAGER;
import static dev.miroscim.directory.people.UserAttribute.USER_NAME;
import static dev.miroscim.directory.people.UserAttribute.USER_TYPE;

import dev.miroscim.access.AccessTokens;
import dev.miroscim.access.TokenKind;
import dev.miroscim.directory.DirectoryChange;
import dev.miroscim.directory.RefusedException;
import dev.miroscim.directory.Texts;
import dev.miroscim.directory.administration.Administration;
import dev.miroscim.directory.administration.Population;
import dev.miroscim.directory.administration.Population.NewBoard;
import dev.miroscim.directory.administration.Population.NewPerson;
import dev.miroscim.directory.administration.Population.NewTeam;
import dev.miroscim.directory.administration.Population.NewUserGroup;
import dev.miroscim.directory.organizations.Organization;
import dev.miroscim.directory.organizations.Organizations;
import dev.miroscim.directory.organizations.Universes;
import dev.miroscim.directory.people.People;
import dev.miroscim.directory.people.UserAttribute;
import dev.miroscim.directory.people.UserChanges;
import dev.miroscim.directory.people.UserChanges.AdminRole;
import dev.miroscim.directory.snapshots.Snapshots;
import dev.miroscim.directory.teams.TeamRole;
import dev.miroscim.emulator.seed.SeedDocument.Person;
import dev.miroscim.emulator.seed.SeedDocument.Place;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Creates organisations from seeds. */
@Service
public class Seeds {

    private static final String UNNAMED = "Organization";

    private final Organizations organizations;
    private final Administration administration;
    private final AccessTokens tokens;
    private final Universes universes;
    private final People people;
    private final StoredSeeds kept;
    private final Snapshots snapshots;

    Seeds(
            Organizations organizations,
            Administration administration,
            AccessTokens tokens,
            Universes universes,
            People people,
            StoredSeeds kept,
            Snapshots snapshots) {
        this.organizations = organizations;
        this.administration = administration;
        this.tokens = tokens;
        this.universes = universes;
        this.people = people;
        this.kept = kept;
        this.snapshots = snapshots;
    }

    /**
     * An organisation created from a seed.
     *
     * @param ids the ids of its teams and people
     */
    public record Seeded(Organization organization, Population.Ids ids) {

        public long id() {
            return organization.id();
        }
    }

    /** Creates all organisations of the seed with their tokens, in order, or none of them. */
    @Transactional
    public List<Seeded> plant(SeedDocument seed) {
        @Nullable Long unlabelled = null;
        List<Seeded> seeded = new ArrayList<>();
        for (SeedDocument.Organization wanted : seed.organizations()) {
            Seeded planted;
            if (wanted.universe() == null) {
                planted = plant(wanted, unlabelled);
                unlabelled = planted.organization().universeId();
            } else {
                planted = plant(wanted, universes.labelled(wanted.universe()));
            }
            seeded.add(planted);
        }
        return seeded;
    }

    /**
     * Creates one organisation of a seed with its tokens.
     *
     * @param universe the universe of people to use; null for a new one
     */
    @Transactional
    public Seeded plant(SeedDocument.Organization seed, @Nullable Long universe) {
        Organization organization =
                organizations.create(seed.name() == null ? UNNAMED : seed.name(), universe, seed.settings());
        Population.Ids ids = populate(organization.id(), seed);
        kept.keep(organization.id(), pinned(seed, ids));
        issue(organization.id(), TokenKind.SCIM, seed.tokens().scim());
        issue(organization.id(), TokenKind.REST, seed.tokens().rest());
        return new Seeded(organization, ids);
    }

    /**
     * Replaces the contents of an organisation by a seed, which later resets restore. Tokens stay valid.
     *
     * @param now the time of the snapshot that is taken
     */
    @DirectoryChange
    public void replant(long organizationId, SeedDocument.Organization seed, Instant now) {
        kept.keep(organizationId, pinned(seed, replace(organizationId, seed)));
        snapshots.takeIfSmallInTransaction(organizationId, "seed", now);
        issue(organizationId, TokenKind.SCIM, seed.tokens().scim());
        issue(organizationId, TokenKind.REST, seed.tokens().rest());
    }

    /**
     * Restores the contents of an organisation's seed, including the ids of teams and people.
     *
     * @param now the time of the snapshot that is taken
     */
    @DirectoryChange
    public void reset(long organizationId, Instant now) {
        try {
            replace(organizationId, kept.of(organizationId));
            snapshots.takeIfSmallInTransaction(organizationId, "reset", now);
        } catch (RefusedException e) {
            if (e.kind() != RefusedException.Kind.CONFLICT) {
                throw e;
            }
            // These ids and addresses were in use before, so only a concurrent request can have taken them.
            throw new PessimisticLockingFailureException(
                    "a concurrent request created something that is in the seed", e);
        }
    }

    private Population.Ids replace(long organizationId, SeedDocument.Organization seed) {
        organizations.empty(organizationId);
        organizations.decide(organizationId, settings -> seed.settings());
        if (seed.name() != null) {
            organizations.rename(organizationId, seed.name());
        }
        tokens.forget(organizationId);
        return populate(organizationId, withoutLostIds(organizationId, seed));
    }

    /**
     * The seed without the ids of people who have another id in the organisation's universe by now, or whose id
     * somebody else has: they are in other organisations too, and changed since.
     */
    private SeedDocument.Organization withoutLostIds(long organizationId, SeedDocument.Organization seed) {
        Map<String, Long> ids = new HashMap<>();
        for (Person person : seed.people()) {
            if (person.id() != null) {
                ids.put(folded(person.email()), person.id());
            }
        }
        Set<Long> lost = people.lostIds(organizations.get(organizationId), ids);
        return lost.isEmpty()
                ? seed
                : seed.withPeople(seed.people().stream()
                        .map(person -> person.id() != null && lost.contains(person.id()) ? person.withId(null) : person)
                        .toList());
    }

    /** The seed with the ids that its parts were given. */
    private static SeedDocument.Organization pinned(SeedDocument.Organization seed, Population.Ids ids) {
        Map<String, Long> people = new HashMap<>();
        ids.people().forEach((email, id) -> people.put(folded(email), id));
        Map<String, Long> teams = new HashMap<>();
        ids.teams().forEach((name, id) -> teams.put(folded(name), id));
        Map<String, Long> userGroups = new HashMap<>();
        ids.userGroups().forEach((name, id) -> userGroups.put(folded(name), id));
        return new SeedDocument.Organization(
                seed.name(),
                seed.settings(),
                null,
                null,
                seed.teams().stream()
                        .map(team -> team.withId(teams.get(folded(team.name()))))
                        .toList(),
                seed.people().stream()
                        .map(person -> person.withId(people.get(folded(person.email()))))
                        .toList(),
                seed.userGroups().stream()
                        .map(group -> group.withId(userGroups.get(folded(group.name()))))
                        .toList(),
                seed.boards());
    }

    private static String folded(String name) {
        return Texts.folded(name.strip());
    }

    /**
     * Adds the teams, people, user groups and boards of a seed to an existing organisation and changes nothing else.
     */
    @DirectoryChange
    public Population.Ids fill(long organizationId, SeedDocument.Organization seed) {
        return populate(organizationId, seed);
    }

    private Population.Ids populate(long organizationId, SeedDocument.Organization seed) {
        if (seed.teams().isEmpty()
                && seed.people().isEmpty()
                && seed.userGroups().isEmpty()
                && seed.boards().isEmpty()) {
            return new Population.Ids(Map.of(), Map.of(), Map.of());
        }
        return administration.populate(
                organizationId,
                new Population(
                        seed.teams().stream()
                                .map(team -> new NewTeam(
                                        team.id(),
                                        team.name(),
                                        team.securityGroup(),
                                        Boolean.TRUE.equals(team.defaultTeam())))
                                .toList(),
                        seed.people().stream().map(Seeds::newPerson).toList(),
                        seed.userGroups().stream()
                                .map(group -> new NewUserGroup(
                                        group.id(), group.name(), group.description(), group.members(), group.teams()))
                                .toList(),
                        seed.boards().stream()
                                .map(board -> new NewBoard(board.name(), board.team(), board.owner()))
                                .toList()));
    }

    private void issue(long organizationId, TokenKind kind, @Nullable String token) {
        if (token != null) {
            tokens.issue(organizationId, kind, token);
        }
    }

    private static NewPerson newPerson(Person person) {
        UserChanges details = new UserChanges()
                .set(USER_NAME, person.email())
                .setOrganizationRole(person.organizationRole().wireName())
                .setAdminRoles(person.adminRoles().stream()
                        .map(name -> new AdminRole(name, true))
                        .toList())
                .setActive(!Boolean.FALSE.equals(person.active()));
        set(details, DISPLAY_NAME, person.name());
        set(details, GIVEN_NAME, person.givenName());
        set(details, FAMILY_NAME, person.familyName());
        set(
                details,
                USER_TYPE,
                person.license() == null ? null : person.license().wireName());
        String manager = person.detail(MANAGER);
        boolean byEmail = manager != null && manager.contains("@");
        person.details()
                .forEach((attribute, text) -> set(details, attribute, attribute == MANAGER && byEmail ? null : text));
        Map<String, @Nullable TeamRole> places = new LinkedHashMap<>();
        for (Place place : person.teams()) {
            places.put(place.name(), place.role());
        }
        return new NewPerson(
                person.id(), details, person.registered(), person.lastActivityAt(), byEmail ? manager : null, places);
    }

    private static void set(UserChanges details, UserAttribute attribute, @Nullable String value) {
        if (value != null) {
            details.set(attribute, value);
        }
    }
}

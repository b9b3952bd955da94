package dev.miroscim.emulator.organizations;

import dev.miroscim.directory.Texts;
import dev.miroscim.directory.administration.Administration;
import dev.miroscim.directory.people.Membership;
import dev.miroscim.directory.people.OrganizationMembers;
import dev.miroscim.directory.people.UserAttribute;
import dev.miroscim.directory.people.UserChanges;
import dev.miroscim.directory.people.UserChanges.AdminRole;
import dev.miroscim.directory.teams.TeamRole;
import dev.miroscim.emulator.http.EmulatorApi;
import dev.miroscim.emulator.organizations.PersonAdminController.PersonChange;
import dev.miroscim.emulator.seed.SeedDocument;
import dev.miroscim.emulator.seed.SeedDocument.Person;
import dev.miroscim.emulator.seed.SeedDocument.Place;
import dev.miroscim.emulator.seed.SeedExport;
import dev.miroscim.emulator.seed.Seeds;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Changes people as an administrator, naming people and teams as seeds do. */
@Service
class PeopleAdmin {

    private final Administration administration;
    private final Seeds seeds;
    private final SeedExport exports;
    private final OrganizationMembers members;

    PeopleAdmin(Administration administration, Seeds seeds, SeedExport exports, OrganizationMembers members) {
        this.administration = administration;
        this.seeds = seeds;
        this.exports = exports;
        this.members = members;
    }

    List<Person> list(long organization) {
        return exports.people(organization);
    }

    Person get(long organization, long id) {
        Person person = exports.person(organization, id);
        if (person == null) {
            throw EmulatorApi.notFound("person", Long.toString(id));
        }
        return person;
    }

    Person add(long organization, Person person) {
        if (person.email() == null || !Administration.isEmail(person.email())) {
            throw EmulatorApi.invalid("email", "it is required and must be an e-mail address");
        }
        Map<String, Long> teams = teams(organization);
        person.teams().forEach(place -> team(teams, place.name()));
        String manager = person.detail(UserAttribute.MANAGER);
        if (manager != null) {
            manager(organization, manager);
        }
        long id = seeds.fill(
                        organization,
                        new SeedDocument.Organization(null, null, null, null, null, List.of(person), null, null))
                .people()
                .values()
                .iterator()
                .next();
        return get(organization, id);
    }

    void change(long organization, long id, PersonChange change) {
        Map<Long, @Nullable TeamRole> teams = change.teams() == null ? null : places(organization, change.teams());
        administration.changePerson(
                organization, id, changes(organization, change), teams, change.registered(), change.lastActivityAt());
    }

    void remove(long organization, long id) {
        administration.removePerson(organization, id);
    }

    /** The id of the person with this e-mail address. */
    long idOf(long organization, String field, String email) {
        return members.withEmails(organization, List.of(email.strip())).stream()
                .findFirst()
                .map(Membership::profileId)
                .orElseThrow(() -> EmulatorApi.invalid(
                        field, "nobody in the organisation has the e-mail address '" + email + "'"));
    }

    /** The id of the team with this name. */
    long teamOf(long organization, String name) {
        return team(teams(organization), name);
    }

    private Map<Long, @Nullable TeamRole> places(long organization, List<Place> wanted) {
        Map<String, Long> teams = teams(organization);
        Map<Long, @Nullable TeamRole> places = new HashMap<>();
        wanted.forEach(place -> places.put(team(teams, place.name()), place.role()));
        return places;
    }

    private UserChanges changes(long organization, PersonChange change) {
        UserChanges changes = new UserChanges();
        set(changes, UserAttribute.USER_NAME, change.email());
        set(changes, UserAttribute.DISPLAY_NAME, change.name());
        set(changes, UserAttribute.GIVEN_NAME, change.givenName());
        set(changes, UserAttribute.FAMILY_NAME, change.familyName());
        set(
                changes,
                UserAttribute.USER_TYPE,
                change.license() == null ? null : change.license().wireName());
        change.details()
                .forEach((attribute, text) -> changes.set(
                        attribute, attribute == UserAttribute.MANAGER ? manager(organization, text) : text));
        if (change.role() != null) {
            changes.setOrganizationRole(change.role().organizationRole().wireName());
        }
        if (change.adminRoles() != null) {
            changes.setAdminRoles(change.adminRoles().stream()
                    .map(name -> new AdminRole(name, true))
                    .toList());
        }
        if (change.active() != null) {
            changes.setActive(change.active());
        }
        return changes;
    }

    private static void set(UserChanges changes, UserAttribute attribute, @Nullable String value) {
        if (value != null) {
            changes.set(attribute, value);
        }
    }

    /** The manager as a number: the id of the person with this address, or the number itself. */
    private String manager(long organization, String manager) {
        if (manager.contains("@")) {
            return Long.toString(idOf(organization, "manager", manager));
        }
        try {
            return manager.isEmpty() ? "" : Long.toString(Long.parseLong(manager));
        } catch (NumberFormatException e) {
            throw EmulatorApi.invalid("manager", "'" + manager + "' is neither an e-mail address nor a number");
        }
    }

    private Map<String, Long> teams(long organization) {
        Map<String, Long> teams = new HashMap<>();
        exports.teams(organization).forEach(team -> teams.put(folded(team.name()), team.id()));
        return teams;
    }

    private static long team(Map<String, Long> teams, @Nullable String name) {
        Long id = name == null ? null : teams.get(folded(name));
        if (id == null) {
            throw EmulatorApi.invalid("teams", "the organisation has no team '" + name + "'");
        }
        return id;
    }

    private static String folded(String name) {
        return Texts.folded(name.strip());
    }
}

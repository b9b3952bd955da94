package dev.miroscim.emulator.organizations;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import dev.miroscim.directory.organizations.License;
import dev.miroscim.directory.people.UserAttribute;
import dev.miroscim.emulator.http.EmulatorApi;
import dev.miroscim.emulator.seed.SeedDocument;
import dev.miroscim.emulator.seed.SeedDocument.Person;
import dev.miroscim.emulator.seed.SeedDocument.Place;
import dev.miroscim.emulator.seed.SeedDocument.Role;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Manages people as an administrator, including guests, deactivated and unregistered people. SCIM's rules do not apply.
 */
@RestController
@RequestMapping(
        path = EmulatorApi.BASE_PATH + "/organizations/{organization}/people",
        produces = MediaType.APPLICATION_JSON_VALUE)
class PersonAdminController {

    private final PeopleAdmin people;

    PersonAdminController(PeopleAdmin people) {
        this.people = people;
    }

    /**
     * Changes to a person. Absent fields stay; an empty text clears a text.
     *
     * @param teams all teams of the person after the change
     * @param details other attributes, as in a seed
     */
    record PersonChange(
            @Nullable String email,
            @Nullable String name,
            @Nullable String givenName,
            @Nullable String familyName,
            @Nullable Role role,
            @Nullable License license,
            @Nullable Boolean active,
            @Nullable Boolean registered,
            @Nullable Instant lastActivityAt,
            @Nullable List<String> adminRoles,
            @Nullable List<Place> teams,
            @JsonAnyGetter Map<UserAttribute, String> details) {

        PersonChange {
            details = SeedDocument.ordered(details);
        }
    }

    /** Lists everybody, by id. */
    @GetMapping
    List<Person> list(@PathVariable long organization) {
        return people.list(organization);
    }

    /** Shows a person. */
    @GetMapping("/{person}")
    Person get(@PathVariable long organization, @PathVariable long person) {
        return people.get(organization, person);
    }

    /** Adds a person, with any role and licence. */
    @PostMapping
    ResponseEntity<Person> add(@PathVariable long organization, @RequestBody Person person) {
        Person added = people.add(organization, person);
        return ResponseEntity.created(URI.create(
                        "%s/organizations/%d/people/%d".formatted(EmulatorApi.BASE_PATH, organization, added.id())))
                .body(added);
    }

    /** Changes a person's role, licence, teams and other fields. */
    @PatchMapping("/{person}")
    Person change(@PathVariable long organization, @PathVariable long person, @RequestBody PersonChange change) {
        people.change(organization, person, change);
        return people.get(organization, person);
    }

    /** Removes a person from the organisation; boards go to the oldest admin. */
    @DeleteMapping("/{person}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable long organization, @PathVariable long person) {
        people.remove(organization, person);
    }
}

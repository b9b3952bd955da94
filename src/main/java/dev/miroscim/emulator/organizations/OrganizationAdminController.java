package dev.miroscim.emulator.organizations;

import dev.miroscim.directory.organizations.Organization;
import dev.miroscim.directory.organizations.OrganizationSettings;
import dev.miroscim.emulator.http.EmulatorApi;
import dev.miroscim.emulator.seed.SeedDocument;
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
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Organisations, each with tokens of its own, so that tests do not meet. */
@RestController
@RequestMapping(path = EmulatorApi.BASE_PATH + "/organizations", produces = MediaType.APPLICATION_JSON_VALUE)
class OrganizationAdminController {

    private final OrganizationAdmin organizations;
    private final BaseUrls addresses;

    OrganizationAdminController(OrganizationAdmin organizations, BaseUrls addresses) {
        this.organizations = organizations;
        this.addresses = addresses;
    }

    /**
     * An organisation to be made.
     *
     * @param settings in place of those of the seed
     * @param universe a label, or the id of another organisation, to share e-mail addresses with; its own by default
     * @param seed what it begins with; nothing by default
     */
    record NewOrganization(
            @Nullable String name,
            @Nullable OrganizationSettings settings,
            @Nullable String universe,
            SeedDocument.@Nullable Organization seed) {}

    /** An organisation with the tokens that open it, which are told this once. */
    record CreatedOrganization(
            String id,
            String name,
            String universe,
            String scimUrl,
            String scimToken,
            String restUrl,
            String restToken,
            OrganizationSettings settings,
            Instant createdAt) {}

    /**
     * An organisation.
     *
     * @param universe the label or the number of the people it shares with others
     */
    record OrganizationView(
            String id,
            String name,
            String universe,
            String scimUrl,
            String restUrl,
            OrganizationSettings settings,
            Instant createdAt) {}

    /** Makes an organisation with a SCIM and a REST token of its own. */
    @PostMapping
    ResponseEntity<CreatedOrganization> create(@RequestBody(required = false) @Nullable NewOrganization wanted) {
        OrganizationAdmin.Created created =
                organizations.create(wanted == null ? new NewOrganization(null, null, null, null) : wanted);
        OrganizationView view = view(created.organization(), created.universe());
        return ResponseEntity.created(URI.create(EmulatorApi.BASE_PATH + "/organizations/" + view.id()))
                .body(new CreatedOrganization(
                        view.id(),
                        view.name(),
                        view.universe(),
                        view.scimUrl(),
                        created.scimToken(),
                        view.restUrl(),
                        created.restToken(),
                        view.settings(),
                        view.createdAt()));
    }

    /** All organisations, oldest first. */
    @GetMapping
    List<OrganizationView> list() {
        Map<Long, String> labels = organizations.universes();
        return organizations.list().stream()
                .map(organization -> view(organization, labels.get(organization.universeId())))
                .toList();
    }

    /** One organisation. */
    @GetMapping("/{organization}")
    OrganizationView get(@PathVariable long organization) {
        Organization found = organizations.get(organization);
        return view(found, organizations.universes().get(found.universeId()));
    }

    /** Deletes an organisation with everything in it, its tokens, faults and calls in the journal. */
    @DeleteMapping("/{organization}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable long organization) {
        organizations.delete(organization);
    }

    /** What the organisation's administrators decided, defaults included. */
    @GetMapping("/{organization}/settings")
    OrganizationSettings settings(@PathVariable long organization) {
        return organizations.get(organization).settings();
    }

    /** Changes the settings that are named; null puts one back to its default. */
    @PatchMapping("/{organization}/settings")
    OrganizationSettings decide(@PathVariable long organization, @RequestBody Map<String, @Nullable Object> changes) {
        return organizations.decide(organization, changes);
    }

    /**
     * Puts an organisation back to the seed it was made of. Tokens stay, and so do the ids of the seed's teams and
     * people.
     */
    @PostMapping("/{organization}/reset")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void reset(@PathVariable long organization) {
        organizations.reset(organization);
    }

    /**
     * What is in an organisation, as a seed.
     *
     * @param ids whether teams and people have their ids; they can be imported then only where those are free
     */
    @GetMapping("/{organization}/seed")
    JsonNode export(@PathVariable long organization, @RequestParam(defaultValue = "false") boolean ids) {
        return organizations.export(organization, ids);
    }

    /** Replaces everything in an organisation by a seed, to which it is reset from now on. Its tokens stay. */
    @PutMapping("/{organization}/seed")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void replace(@PathVariable long organization, @RequestBody SeedDocument seed) {
        organizations.replace(organization, seed);
    }

    private OrganizationView view(Organization organization, @Nullable String universe) {
        return new OrganizationView(
                Long.toString(organization.id()),
                organization.name(),
                universe == null ? Long.toString(organization.universeId()) : universe,
                addresses.scim(),
                addresses.rest(),
                organization.settings(),
                organization.createdAt());
    }
}

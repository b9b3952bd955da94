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

/** Manages organisations, each with its own tokens, so that tests do not disturb each other. */
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
     * An organisation to be created.
     *
     * @param settings override those of the seed
     * @param universe a label, or the id of another organisation with which to share e-mail addresses; its own by
     *     default
     * @param seed the initial contents; empty by default
     */
    record NewOrganization(
            @Nullable String name,
            @Nullable OrganizationSettings settings,
            @Nullable String universe,
            SeedDocument.@Nullable Organization seed) {}

    /** An organisation with its tokens, which no later answer shows. */
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
     * @param universe the label or the number of the universe whose people it shares
     */
    record OrganizationView(
            String id,
            String name,
            String universe,
            String scimUrl,
            String restUrl,
            OrganizationSettings settings,
            Instant createdAt) {}

    /** Creates an organisation with a SCIM and a REST token. */
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

    /** Lists all organisations, oldest first. */
    @GetMapping
    List<OrganizationView> list() {
        Map<Long, String> labels = organizations.universes();
        return organizations.list().stream()
                .map(organization -> view(organization, labels.get(organization.universeId())))
                .toList();
    }

    /** Shows an organisation. */
    @GetMapping("/{organization}")
    OrganizationView get(@PathVariable long organization) {
        Organization found = organizations.get(organization);
        return view(found, organizations.universes().get(found.universeId()));
    }

    /** Deletes an organisation with its contents, tokens, faults and journal entries. */
    @DeleteMapping("/{organization}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable long organization) {
        organizations.delete(organization);
    }

    /** Shows the settings, including defaults. */
    @GetMapping("/{organization}/settings")
    OrganizationSettings settings(@PathVariable long organization) {
        return organizations.get(organization).settings();
    }

    /** Changes the named settings; null restores a default. */
    @PatchMapping("/{organization}/settings")
    OrganizationSettings decide(@PathVariable long organization, @RequestBody Map<String, @Nullable Object> changes) {
        return organizations.decide(organization, changes);
    }

    /** Restores an organisation's seed, including the ids of its teams and people. Tokens stay valid. */
    @PostMapping("/{organization}/reset")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void reset(@PathVariable long organization) {
        organizations.reset(organization);
    }

    /**
     * Exports the contents of an organisation as a seed.
     *
     * @param ids whether to include ids of teams and people; such a seed can only be imported where these ids are not
     *     in use
     */
    @GetMapping("/{organization}/seed")
    JsonNode export(@PathVariable long organization, @RequestParam(defaultValue = "false") boolean ids) {
        return organizations.export(organization, ids);
    }

    /** Replaces the contents of an organisation by a seed, which later resets restore. Tokens stay valid. */
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

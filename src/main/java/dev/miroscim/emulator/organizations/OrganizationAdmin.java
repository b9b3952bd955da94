package dev.miroscim.emulator.organizations;

import dev.miroscim.access.AccessTokens;
import dev.miroscim.access.TokenKind;
import dev.miroscim.directory.Names;
import dev.miroscim.directory.RefusedException;
import dev.miroscim.directory.Texts;
import dev.miroscim.directory.organizations.Organization;
import dev.miroscim.directory.organizations.OrganizationSettings;
import dev.miroscim.directory.organizations.Organizations;
import dev.miroscim.directory.organizations.Universes;
import dev.miroscim.emulator.clock.SystemTime;
import dev.miroscim.emulator.http.EmulatorApi;
import dev.miroscim.emulator.organizations.OrganizationAdminController.NewOrganization;
import dev.miroscim.emulator.seed.SeedDocument;
import dev.miroscim.emulator.seed.SeedExport;
import dev.miroscim.emulator.seed.SeedReader;
import dev.miroscim.emulator.seed.Seeds;
import dev.miroscim.http.ApiError;
import dev.miroscim.http.ApiErrorException;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Creates, deletes, resets and exports organisations. */
@Service
class OrganizationAdmin {

    private static final Pattern ID = Pattern.compile("[0-9]+");

    private final Organizations organizations;
    private final AccessTokens tokens;
    private final Seeds seeds;
    private final SeedExport exports;
    private final Universes universes;
    private final ApplicationEventPublisher events;
    private final JsonMapper json;

    OrganizationAdmin(
            Organizations organizations,
            AccessTokens tokens,
            Seeds seeds,
            SeedExport exports,
            Universes universes,
            ApplicationEventPublisher events,
            JsonMapper json) {
        this.organizations = organizations;
        this.tokens = tokens;
        this.seeds = seeds;
        this.exports = exports;
        this.universes = universes;
        this.events = events;
        this.json = json;
    }

    record Created(Organization organization, @Nullable String universe, String scimToken, String restToken) {}

    @Transactional
    public Created create(NewOrganization wanted) {
        SeedDocument.Organization seed = seed(wanted);
        String universe = wanted.universe() != null ? wanted.universe() : seed.universe();
        Organization organization =
                requireFreeTokens(() -> seeds.plant(seed, universe == null ? null : universeId(universe.strip()))
                        .organization());
        return new Created(
                organization,
                universe == null ? null : universes.labels().get(organization.universeId()),
                token(organization, TokenKind.SCIM, seed.tokens().scim()),
                token(organization, TokenKind.REST, seed.tokens().rest()));
    }

    List<Organization> list() {
        return organizations.list();
    }

    /** The labels of universes, by the universe's id. */
    Map<Long, String> universes() {
        return universes.labels();
    }

    Organization get(long id) {
        return organizations.get(id);
    }

    public void delete(long id) {
        organizations.delete(id);
        tokens.forget(id);
        events.publishEvent(new OrganizationDeleted(id));
    }

    /** Merges the changes into the settings (RFC 7396). */
    @Transactional
    public OrganizationSettings decide(long id, Map<String, @Nullable Object> changes) {
        OrganizationSettings settings = organizations
                .decide(id, current -> {
                    JsonNode merged = merge(json.valueToTree(current), json.valueToTree(changes));
                    String text = json.writeValueAsString(merged);
                    return SeedReader.read("the settings", () -> new StringReader(text), OrganizationSettings.class);
                })
                .settings();
        tokens.forget(id);
        return settings;
    }

    void reset(long id) {
        organizations.get(id);
        seeds.reset(id, SystemTime.now());
    }

    /** The seed as JSON, without settings that have their default. */
    JsonNode export(long id, boolean withIds) {
        SeedDocument.Organization seed;
        try {
            seed = exports.export(id, withIds);
        } catch (IllegalStateException e) {
            throw new ApiErrorException(ApiError.of(HttpStatus.CONFLICT, e.getMessage()));
        }
        ObjectNode tree = json.valueToTree(seed);
        ObjectNode settings = json.valueToTree(seed.settings());
        JsonNode defaults = json.valueToTree(OrganizationSettings.DEFAULTS);
        defaults.propertyStream()
                .filter(setting -> setting.getValue().equals(settings.get(setting.getKey())))
                .forEach(setting -> settings.remove(setting.getKey()));
        if (settings.isEmpty()) {
            tree.remove("settings");
        } else {
            tree.set("settings", settings);
        }
        return tree;
    }

    void replace(long id, SeedDocument document) {
        if (document.organizations().size() != 1) {
            throw EmulatorApi.invalid(
                    "organizations",
                    "the seed must have exactly one organisation, not "
                            + document.organizations().size());
        }
        organizations.get(id);
        SeedDocument.Organization seed = document.organizations().getFirst();
        requireFreeTokens(() -> {
            seeds.replant(id, seed, SystemTime.now());
            return id;
        });
    }

    private static SeedDocument.Organization seed(NewOrganization wanted) {
        SeedDocument.Organization seed = wanted.seed() != null ? wanted.seed() : SeedDocument.Organization.EMPTY;
        String name = wanted.name() == null ? seed.name() : wanted.name();
        if (name != null && (name.isBlank() || Texts.length(name) > Names.LONGEST)) {
            throw EmulatorApi.invalid("name", "it must have 1 to " + Names.LONGEST + " characters");
        }
        return new SeedDocument.Organization(
                name,
                wanted.settings() == null ? seed.settings() : wanted.settings(),
                seed.tokens(),
                seed.universe(),
                seed.teams(),
                seed.people(),
                seed.userGroups(),
                seed.boards());
    }

    private long universeId(String universe) {
        if (universe.isEmpty() || Texts.length(universe) > Names.LONGEST) {
            throw EmulatorApi.invalid("universe", "a label must have 1 to " + Names.LONGEST + " characters");
        }
        if (!ID.matcher(universe).matches()) {
            return universes.labelled(universe);
        }
        try {
            return organizations.get(Long.parseLong(universe)).universeId();
        } catch (NumberFormatException | RefusedException e) {
            throw EmulatorApi.invalid("universe", "there is no organisation " + universe);
        }
    }

    private String token(Organization organization, TokenKind kind, @Nullable String seeded) {
        return seeded == null ? tokens.generate(organization.id(), kind) : seeded;
    }

    private static <T> T requireFreeTokens(Supplier<T> work) {
        try {
            return work.get();
        } catch (IllegalArgumentException e) {
            throw new ApiErrorException(ApiError.of(HttpStatus.CONFLICT, "tokens: " + e.getMessage()));
        }
    }

    private static JsonNode merge(JsonNode target, JsonNode patch) {
        if (!(patch instanceof ObjectNode changes)) {
            return patch;
        }
        ObjectNode merged = target instanceof ObjectNode object ? object : changes.objectNode();
        changes.propertyStream().forEach(change -> {
            if (change.getValue().isNull()) {
                merged.remove(change.getKey());
            } else {
                merged.set(change.getKey(), merge(merged.path(change.getKey()), change.getValue()));
            }
        });
        return merged;
    }
}

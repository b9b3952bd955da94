package dev.miroscim.testkit;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An organisation to be created; null fields have defaults.
 *
 * @param universe a label, or the id of another organisation with which to share e-mail addresses; its own by default
 * @param seed the initial teams, people and boards, in the format of seeds
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record NewOrganization(
        @Nullable String name,
        @Nullable Map<String, ?> settings,
        @Nullable String universe,
        @Nullable Map<String, ?> seed) {

    public static NewOrganization named(String name) {
        return new NewOrganization(name, null, null, null);
    }

    /** Adds a setting, such as {@code seats}. */
    public NewOrganization setting(String setting, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(settings == null ? Map.of() : settings);
        more.put(setting, value);
        return new NewOrganization(name, more, universe, seed);
    }

    public NewOrganization universe(String universe) {
        return new NewOrganization(name, settings, universe, seed);
    }

    public NewOrganization seed(Map<String, ?> seed) {
        return new NewOrganization(name, settings, universe, seed);
    }
}

package dev.miroscim.testkit;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An organisation to be made; what is null has a default.
 *
 * @param universe a label, or the id of another organisation, to share e-mail addresses; an own universe by default
 * @param seed the teams, people and boards that it begins with, as a seed has them
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

    /** With this setting, such as {@code seats}. */
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

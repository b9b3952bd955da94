package dev.miroscim.testkit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * A team: an existing one, one to be created, or changes to one.
 *
 * @param id assigned by the server, unless a new team needs a certain id
 * @param securityGroup the name of its group in SCIM; the team's name by default
 * @param defaultTeam whether new users join it automatically
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Team(
        @Nullable String id,
        @Nullable String name,
        @Nullable String securityGroup,
        @JsonProperty("default") @Nullable Boolean defaultTeam) {

    public static Team named(String name) {
        return new Team(null, name, null, null);
    }
}

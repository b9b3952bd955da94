package dev.miroscim.testkit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * A team: one that is there, one to be made, or what is to be changed of one.
 *
 * @param id given by the server, unless a new one shall have a certain id
 * @param securityGroup the name of its group in SCIM; the team's name by default
 * @param defaultTeam whether new users join it by themselves
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

package dev.miroscim.scim.groups;

import dev.miroscim.directory.GroupChange.MemberReference;
import dev.miroscim.scim.ScimException;
import dev.miroscim.scim.patch.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A whole group, as POST and PUT send it.
 *
 * @param members null where the request does not speak of members
 */
record NewGroup(@Nullable String displayName, @Nullable List<MemberReference> members) {

    static NewGroup of(JsonNode body) {
        if (!body.isObject()) {
            throw ScimException.invalidSyntax("The body is not a Group resource");
        }
        JsonNode members = Json.member(body, "members");
        return new NewGroup(
                Json.text("displayName", Json.member(body, "displayName")),
                members.isMissingNode() ? null : GroupPatch.references(members));
    }
}

package dev.miroscim.scim.groups;

import dev.miroscim.directory.MiroRule;
import dev.miroscim.directory.Texts;
import dev.miroscim.directory.people.MemberReference;
import dev.miroscim.scim.ScimException;
import dev.miroscim.scim.patch.Json;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A group as POST sends it.
 *
 * @param members null if the request does not mention members
 */
record NewGroup(@Nullable String displayName, @Nullable List<MemberReference> members) {

    private static final Set<String> KNOWN = Set.of("schemas", "id", "meta", "displayname", "members");

    static NewGroup of(JsonNode body) {
        if (!body.isObject()) {
            throw ScimException.invalidSyntax("The body is not a Group resource");
        }
        body.propertyNames().stream()
                .filter(name -> !KNOWN.contains(Texts.folded(name)))
                .forEach(name -> MiroRule.UNSUPPORTED_ATTRIBUTE_IGNORED.note(Texts.shortened(name)));
        JsonNode members = Json.member(body, "members");
        List<MemberReference> named = members.isMissingNode() ? null : GroupPatch.references(members);
        if (named != null) {
            GroupPatch.requireFew(named.size());
        }
        return new NewGroup(Json.text("displayName", Json.member(body, "displayName")), named);
    }
}

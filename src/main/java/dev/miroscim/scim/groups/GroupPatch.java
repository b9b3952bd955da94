package dev.miroscim.scim.groups;

import dev.miroscim.directory.MiroRule;
import dev.miroscim.directory.Texts;
import dev.miroscim.directory.groups.GroupChange;
import dev.miroscim.directory.people.MemberReference;
import dev.miroscim.scim.ScimException;
import dev.miroscim.scim.filter.AttributePath;
import dev.miroscim.scim.filter.Filter;
import dev.miroscim.scim.filter.Literal;
import dev.miroscim.scim.filter.Operator;
import dev.miroscim.scim.patch.Json;
import dev.miroscim.scim.patch.Operation;
import dev.miroscim.scim.patch.Operation.Kind;
import dev.miroscim.scim.schema.Schemas;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** Reads the PATCH of a group. */
final class GroupPatch {

    private static final int MOST_MEMBERS = 8_000;

    private final long id;
    private final List<GroupChange> changes = new ArrayList<>();
    private int members;

    private GroupPatch(long id) {
        this.id = id;
    }

    /** @param id the group's own id, which clients may repeat in the body */
    static List<GroupChange> changes(long id, List<Operation> operations) {
        GroupPatch patch = new GroupPatch(id);
        operations.forEach(patch::apply);
        return patch.changes;
    }

    private void apply(Operation operation) {
        AttributePath attribute = operation.target().whole().attribute();
        switch (attribute.key()) {
            case "displayname" ->
                changes.add(new GroupChange.Rename(
                        operation.kind() == Kind.REMOVE ? null : Json.text("displayName", operation.value())));
            case "members" -> applyToMembers(operation);
            // Okta repeats the group's id beside its name.
            case "id" -> noteUnless(operation, Long.toString(id)::equals);
            case "schemas" -> noteUnless(operation, urn -> Schemas.byUrn(urn).isPresent());
            case "meta" -> MiroRule.READ_ONLY_ATTRIBUTE_IGNORED.note("meta");
            // Entra writes its own object id to externalId of every group that it has matched.
            case "externalid" -> MiroRule.UNSUPPORTED_ATTRIBUTE_IGNORED.note("externalId");
            default ->
                throw ScimException.invalidPath("A group has no attribute '" + Texts.shortened(attribute.toString())
                        + "'; use displayName or members");
        }
    }

    private static void noteUnless(Operation operation, Predicate<String> present) {
        JsonNode value = Json.single(operation.value());
        List<JsonNode> values = value.isArray() ? value.valueStream().toList() : List.of(value);
        if (operation.kind() == Kind.REMOVE
                || !values.stream().allMatch(item -> item.isValueNode() && present.test(item.asString()))) {
            MiroRule.READ_ONLY_ATTRIBUTE_IGNORED.note(
                    operation.target().attribute().name());
        }
    }

    private void applyToMembers(Operation operation) {
        Filter filter = operation.target().elements();
        String part = operation.target().attribute().subAttribute();
        if (part != null && !part.equalsIgnoreCase("value")) {
            MiroRule.UNSUPPORTED_ATTRIBUTE_IGNORED.note("members." + Texts.shortened(part));
            return;
        }
        if (filter != null && operation.kind() != Kind.REMOVE) {
            throw ScimException.invalidPath("Members selected by a filter can only be removed");
        }
        List<MemberReference> named = filter != null ? chosen(filter) : references(operation.value());
        members += named.size();
        requireFew(members);
        changes.add(
                switch (operation.kind()) {
                    case ADD -> new GroupChange.AddMembers(named);
                    case REPLACE -> new GroupChange.ReplaceMembers(named);
                    // Entra names the members to remove in the value; without a value, all are removed.
                    case REMOVE ->
                        filter == null && isAbsent(operation.value())
                                ? new GroupChange.RemoveAllMembers()
                                : new GroupChange.RemoveMembers(named);
                });
    }

    /** Miro documents the limit for PATCH; POST is assumed to have the same. */
    static void requireFew(int members) {
        if (members > MOST_MEMBERS) {
            String detail = "A request can name at most " + MOST_MEMBERS + " members";
            MiroRule.PAYLOAD_LIMIT.noteRefusal("members", detail);
            throw ScimException.payloadTooLarge(detail);
        }
    }

    private static boolean isAbsent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    /** Clients send members as objects or bare ids, one or many. */
    static List<MemberReference> references(JsonNode value) {
        List<MemberReference> references = new ArrayList<>();
        if (value.isArray()) {
            value.forEach(member -> references.add(reference(member)));
        } else if (value.isObject() || !Json.isNothing(value)) {
            references.add(reference(value));
        }
        return references;
    }

    private static MemberReference reference(JsonNode member) {
        JsonNode id = member.isObject() ? Json.member(member, "value") : member;
        JsonNode display = member.isObject() ? Json.member(member, "display") : id.path("");
        String text = id.isValueNode() ? Json.text("members.value", id) : null;
        if (text == null) {
            throw ScimException.invalidValue("A member must be an object with the id of a user in value, not "
                    + Texts.shortened(member.toString()));
        }
        return new MemberReference(
                Texts.shortened(text), display.isString() ? Texts.shortened(display.stringValue()) : null);
    }

    private static boolean isTypeOfAll(Filter filter) {
        return filter instanceof Filter.Comparison(AttributePath attribute, Operator operator, Literal literal)
                && attribute.is("type")
                && operator == Operator.EQ
                && literal.text().equalsIgnoreCase("User");
    }

    /** The ids that a filter such as {@code value eq "1" or value eq "2"} selects; Miro's own example has no quotes. */
    private static List<MemberReference> chosen(Filter filter) {
        return switch (filter) {
            case Filter.Comparison(AttributePath attribute, Operator operator, Literal literal)
            when attribute.is("value") && operator == Operator.EQ ->
                List.of(new MemberReference(Texts.shortened(literal.text()), null));
            case Filter.Or(Filter left, Filter right) -> {
                List<MemberReference> both = new ArrayList<>(chosen(left));
                both.addAll(chosen(right));
                yield both;
            }
            case Filter.And(Filter left, Filter right) when isTypeOfAll(right) -> chosen(left);
            case Filter.And(Filter left, Filter right) when isTypeOfAll(left) -> chosen(right);
            default ->
                throw ScimException.invalidFilter("Members can be selected by 'value eq' with an id, not by " + filter);
        };
    }
}

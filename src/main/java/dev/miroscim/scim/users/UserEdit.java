package dev.miroscim.scim.users;

import dev.miroscim.directory.Member;
import dev.miroscim.directory.MemberAttribute;
import dev.miroscim.directory.MemberChanges;
import dev.miroscim.directory.MemberChanges.Emails;
import dev.miroscim.directory.MiroRule;
import dev.miroscim.directory.Texts;
import dev.miroscim.scim.ScimException;
import dev.miroscim.scim.filter.AttributePath;
import dev.miroscim.scim.filter.Filter;
import dev.miroscim.scim.filter.FilterException;
import dev.miroscim.scim.filter.Path;
import dev.miroscim.scim.patch.Element;
import dev.miroscim.scim.patch.Json;
import dev.miroscim.scim.patch.Operation;
import dev.miroscim.scim.patch.Operation.Kind;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/** What a request says about a user, turned into what it asks of the directory. */
final class UserEdit {

    private static final Set<String> META = Set.of("resourceType", "location");

    private final MemberChanges changes = new MemberChanges();
    private final Map<MemberAttribute, @Nullable String> texts = new EnumMap<>(MemberAttribute.class);
    private final @Nullable Member current;
    private final boolean whole;
    private final RoleEdit roles;

    /** @param whole whether the request says all of a user, or only what is to change */
    private UserEdit(@Nullable Member current, boolean whole) {
        this.current = current;
        this.whole = whole;
        this.roles = new RoleEdit(current == null ? null : current.membership());
    }

    /** Reads a whole resource, as POST sends it. */
    static MemberChanges creation(JsonNode resource) {
        return new UserEdit(null, true).resource(resource);
    }

    /** Reads a whole resource, as PUT sends it. */
    static MemberChanges replacement(JsonNode resource, Member current) {
        return new UserEdit(current, true).resource(resource);
    }

    /** Reads a PATCH of {@code current}. */
    static MemberChanges patch(List<Operation> operations, Member current) {
        UserEdit edit = new UserEdit(current, false);
        operations.forEach(edit::apply);
        return edit.changes();
    }

    private MemberChanges resource(JsonNode body) {
        for (Map.Entry<String, JsonNode> attribute : body.properties()) {
            setNamed(attribute.getKey(), attribute.getValue());
        }
        return changes();
    }

    private MemberChanges changes() {
        roles.writeTo(changes);
        return changes;
    }

    private void setNamed(String name, JsonNode value) {
        Path path;
        try {
            path = Path.parse(name);
        } catch (FilterException e) {
            MiroRule.UNSUPPORTED_ATTRIBUTE_IGNORED.note(Texts.shortened(name));
            return;
        }
        AttributePath attribute = path.attribute();
        if (attribute.isWholeSchema() && value.isObject()) {
            for (Map.Entry<String, JsonNode> member : value.properties()) {
                setNamed(attribute.urn() + ":" + member.getKey(), member.getValue());
            }
            return;
        }
        apply(new Operation(Kind.REPLACE, path, value));
    }

    private void apply(Operation operation) {
        Path path = operation.path();
        Filter filter = path.filter();
        AttributePath target = path.target();
        String name = UserAttributes.name(filter == null ? target : path.attribute());
        if (name.equals("roles")) {
            roles.apply(operation);
        } else if (filter != null && name.equals("emails")) {
            writeEmails(Emails.FILTERED, target, operation.value());
        } else if (filter != null && name.equals("photos")) {
            applyToPhoto(operation, filter);
        } else if (operation.kind() == Kind.REMOVE) {
            remove(target, operation.value());
        } else {
            set(operation.kind(), target, operation.value());
        }
    }

    private void remove(AttributePath target, JsonNode value) {
        MemberAttribute attribute = switch (UserAttributes.name(target)) {
            case "manager" -> MemberAttribute.MANAGER;
            case "photos" -> MemberAttribute.PHOTO;
            default -> UserAttributes.text(target);
        };
        // Microsoft's reference client means: remove it if it still is this.
        if (attribute != null && !Json.isNothing(value)) {
            String expected = Json.text(attribute.wireName(), value);
            if (expected != null && !expected.equals(present(attribute))) {
                return;
            }
        }
        if (attribute == MemberAttribute.USER_NAME) {
            throw ScimException.invalidValue("userName is required and cannot be removed");
        }
        set(Kind.REMOVE, target, NullNode.getInstance());
    }

    /** What the attribute is after the operations so far. */
    private @Nullable String present(MemberAttribute attribute) {
        if (texts.containsKey(attribute) || current == null) {
            return texts.get(attribute);
        }
        return current.membership().text(attribute);
    }

    private void setText(MemberAttribute attribute, @Nullable String text) {
        texts.put(attribute, text);
        changes.set(attribute, text);
    }

    private void set(Kind kind, AttributePath path, JsonNode value) {
        MemberAttribute attribute = UserAttributes.text(path);
        if (attribute != null) {
            setText(attribute, Json.text(attribute.wireName(), value));
            return;
        }
        switch (UserAttributes.name(path)) {
            case "name" -> setName(value);
            case "active" -> setActive(value);
            case "emails" -> writeEmails(Emails.WRITTEN, path, value);
            case "photos" -> setPhoto(value);
            case "roles" -> roles.apply(new Operation(kind, new Path(path, null, null), value));
            case "manager" -> setManager(value);
            case "enterprise" -> clearEnterprise(value);
            case "groups" -> noteGroups(value);
            case "id" -> noteId(value);
            case "meta" -> noteMeta(value);
            case "schemas" -> {
                // Clients leave out, add and misspell them; what counts is what is there.
            }
            default -> MiroRule.UNSUPPORTED_ATTRIBUTE_IGNORED.note(Texts.shortened(path.toString()));
        }
    }

    private void setName(JsonNode value) {
        JsonNode name = Json.single(value);
        if (Json.isNothing(name)) {
            setText(MemberAttribute.NAME_FORMATTED, null);
            return;
        }
        if (!name.isObject()) {
            throw ScimException.invalidValue("name is an object with formatted, givenName and familyName");
        }
        for (Map.Entry<String, JsonNode> part : name.properties()) {
            setNamed("name." + part.getKey(), part.getValue());
        }
    }

    private void setActive(JsonNode value) {
        Boolean active = Json.bool("active", value);
        changes.setActive(active);
        if (active == null && current != null) {
            MiroRule.ACTIVE_KEPT.note("active");
        }
    }

    private void writeEmails(Emails how, AttributePath path, JsonNode value) {
        if (whole && Json.isNothing(value)) {
            return;
        }
        String part = path.subAttribute();
        changes.writeEmails(how, part == null || part.equalsIgnoreCase("value") ? values("emails", value) : List.of());
    }

    /** The values of the elements of a list, however the client packs them. */
    private static List<String> values(String attribute, JsonNode list) {
        List<JsonNode> elements = list.isArray() ? list.valueStream().toList() : List.of(list);
        return elements.stream()
                .map(element -> element.isObject() ? Json.member(element, "value") : element)
                .filter(value -> value.isValueNode() && !Json.isNothing(value))
                .map(value -> Objects.requireNonNull(Json.text(attribute, value)))
                .toList();
    }

    /** Miro keeps one photo, and no thumbnail. */
    private void setPhoto(JsonNode value) {
        List<JsonNode> photos = value.isArray() ? value.valueStream().toList() : List.of(value);
        if (photos.isEmpty()) {
            setText(MemberAttribute.PHOTO, null);
            return;
        }
        List<JsonNode> usable = photos.stream()
                .filter(photo -> isPhotoType(Json.text("photos.type", Json.member(photo, "type"))))
                .toList();
        if (photos.size() > 1 || usable.isEmpty()) {
            MiroRule.UNSUPPORTED_ATTRIBUTE_IGNORED.note("photos", "Miro keeps one photo, of type photo.");
        }
        if (!usable.isEmpty()) {
            setText(MemberAttribute.PHOTO, Json.text("photos.value", usable.getFirst()));
        }
    }

    private void applyToPhoto(Operation operation, Filter filter) {
        String url = present(MemberAttribute.PHOTO);
        Element photo = Element.of("type", url == null ? null : UserResource.PHOTO_TYPE, "value", url);
        boolean chosen = photo.matches(filter);
        String part = operation.path().subAttribute();
        boolean whole = part == null || part.equalsIgnoreCase("value");
        if (!whole) {
            MiroRule.UNSUPPORTED_ATTRIBUTE_IGNORED.note("photos." + part);
        } else if (operation.kind() == Kind.REMOVE) {
            if (chosen) {
                setText(MemberAttribute.PHOTO, null);
            }
        } else if (chosen || isPhotoType(Element.seededBy(filter).get("type"))) {
            setPhoto(operation.value());
        } else {
            MiroRule.UNSUPPORTED_ATTRIBUTE_IGNORED.note(
                    Texts.shortened(operation.path().toString()));
        }
    }

    private static boolean isPhotoType(@Nullable String type) {
        return type == null || type.equalsIgnoreCase(UserResource.PHOTO_TYPE);
    }

    /**
     * Entra sends a manager as an id, an object or a list of one; empty, or with an empty value, it removes the
     * manager.
     */
    private void setManager(JsonNode value) {
        JsonNode manager = Json.single(value);
        if (!manager.isObject()) {
            setText(MemberAttribute.MANAGER, Json.text("manager", manager));
            return;
        }
        for (Map.Entry<String, JsonNode> part : manager.properties()) {
            if (!part.getKey().equalsIgnoreCase("$ref")) {
                setNamed("manager." + part.getKey(), part.getValue());
            }
        }
    }

    private void clearEnterprise(JsonNode value) {
        if (!Json.isNothing(value)) {
            throw ScimException.invalidValue(UserResource.ENTERPRISE + " is an object of attributes");
        }
        UserAttributes.enterprise().forEach(attribute -> setText(attribute, null));
    }

    // Okta and ConductorOne send back what they were given, which asks for nothing.

    private void noteGroups(JsonNode value) {
        Set<String> present = current == null
                ? Set.of()
                : current.groups().stream()
                        .map(group -> Long.toString(group.id()))
                        .collect(Collectors.toSet());
        if (!(whole && Json.isNothing(value)) && !present.equals(Set.copyOf(values("groups", value)))) {
            MiroRule.READ_ONLY_ATTRIBUTE_IGNORED.note("groups");
        }
    }

    private void noteId(JsonNode value) {
        if (!Json.isNothing(value)
                && (current == null || !values("id", value).equals(List.of(Long.toString(current.id()))))) {
            MiroRule.READ_ONLY_ATTRIBUTE_IGNORED.note("id");
        }
    }

    private void noteMeta(JsonNode value) {
        if (!whole || !META.containsAll(value.propertyNames())) {
            MiroRule.READ_ONLY_ATTRIBUTE_IGNORED.note("meta");
        }
    }
}

package dev.miroscim.scim.users;

import dev.miroscim.directory.MiroRule;
import dev.miroscim.directory.Texts;
import dev.miroscim.directory.people.UserAttribute;
import dev.miroscim.directory.people.UserChanges;
import dev.miroscim.directory.people.UserChanges.Emails;
import dev.miroscim.directory.users.ChangeUser.Current;
import dev.miroscim.scim.ScimException;
import dev.miroscim.scim.filter.AttributePath;
import dev.miroscim.scim.filter.Filter;
import dev.miroscim.scim.patch.Element;
import dev.miroscim.scim.patch.Json;
import dev.miroscim.scim.patch.Operation;
import dev.miroscim.scim.patch.Operation.Kind;
import dev.miroscim.scim.patch.Target;
import dev.miroscim.scim.schema.ResourceType;
import dev.miroscim.scim.schema.Schemas;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/** Translates a request about a user into changes for the directory. */
final class UserEdit {

    private static final Set<String> READ_ONLY = Set.of("id", "schemas", "meta", "groups");
    private static final List<UserAttribute> NAMES =
            List.of(UserAttribute.NAME_FORMATTED, UserAttribute.GIVEN_NAME, UserAttribute.FAMILY_NAME);
    private static final Set<String> META = Set.of("resourceType", "location");

    private final UserChanges changes = new UserChanges();
    private final Map<UserAttribute, @Nullable String> texts = new EnumMap<>(UserAttribute.class);
    private final @Nullable Current current;
    private final boolean whole;
    private final RoleEdit roles;

    /** @param whole whether the request contains the whole user or only changes */
    private UserEdit(@Nullable Current current, boolean whole) {
        this.current = current;
        this.whole = whole;
        this.roles = new RoleEdit(current == null ? null : current.state());
    }

    /** Reads a whole resource, as POST sends it. */
    static UserChanges creation(JsonNode resource) {
        return new UserEdit(null, true).resource(resource);
    }

    /** Reads a whole resource, as PUT sends it. */
    static UserChanges replacement(JsonNode resource, Current current) {
        return new UserEdit(current, true).resource(resource);
    }

    /** Reads a PATCH of {@code current}. */
    static UserChanges patch(List<Operation> operations, Current current) {
        UserEdit edit = new UserEdit(current, false);
        operations.forEach(edit::apply);
        return edit.changes();
    }

    private UserChanges resource(JsonNode body) {
        for (Map.Entry<String, JsonNode> attribute : body.properties()) {
            setNamed(attribute.getKey(), attribute.getValue());
        }
        return changes();
    }

    private UserChanges changes() {
        roles.writeTo(changes);
        return changes;
    }

    private void setNamed(String name, JsonNode value) {
        Target target = Target.named(name, ResourceType.USER).orElse(null);
        if (target != null && target.attribute().isWholeSchema() && value.isObject()) {
            for (Map.Entry<String, JsonNode> member : value.properties()) {
                setNamed(target.attribute().urn() + ":" + member.getKey(), member.getValue());
            }
        } else if (target != null) {
            apply(new Operation(Kind.REPLACE, target, value));
        }
    }

    private void apply(Operation operation) {
        AttributePath attribute = operation.target().attribute();
        Filter elements = operation.target().elements();
        String name = UserPaths.name(operation.target().whole().attribute());
        if (!operation.target().known()) {
            MiroRule.UNSUPPORTED_ATTRIBUTE_IGNORED.note(Texts.shortened(attribute.toString()));
        } else if (name.equals("roles")) {
            roles.apply(operation);
        } else if (elements != null && name.equals("emails")) {
            writeEmails(Emails.FILTERED, attribute, operation.value());
        } else if (elements != null && name.equals("photos")) {
            applyToPhoto(operation, elements);
        } else if (operation.kind() == Kind.REMOVE) {
            remove(attribute, operation.value());
        } else {
            set(operation.kind(), attribute, operation.value());
        }
    }

    /**
     * Ignores a value beside the path (RFC 7644, section 3.5.2.2), unless the same request set the attribute before:
     * Entra adds the new value of a reference and then removes the old one by its value.
     */
    private void remove(AttributePath target, JsonNode value) {
        if (READ_ONLY.contains(UserPaths.name(target))) {
            MiroRule.READ_ONLY_ATTRIBUTE_IGNORED.note(target.toString());
            return;
        }
        List<UserAttribute> attributes = switch (UserPaths.name(target)) {
            case "manager" -> List.of(UserAttribute.MANAGER, UserAttribute.MANAGER_NAME);
            case "photos" -> List.of(UserAttribute.PHOTO);
            case "enterprise" -> List.copyOf(UserAttribute.enterprise());
            default -> Stream.ofNullable(UserPaths.text(target)).toList();
        };
        if (attributes.contains(UserAttribute.USER_NAME)) {
            throw ScimException.invalidValue("userName is required and cannot be removed");
        }
        if (!attributes.isEmpty() && attributes.stream().allMatch(attribute -> present(attribute) == null)) {
            MiroRule.NOTHING_TO_REMOVE.note(target.toString());
            return;
        }
        if (!attributes.isEmpty() && texts.containsKey(attributes.getFirst()) && !Json.isNothing(value)) {
            UserAttribute attribute = attributes.getFirst();
            String named = Json.text(attribute.wireName(), value);
            if (!Objects.equals(named, present(attribute))) {
                if (current == null || !Objects.equals(named, current.text(attribute))) {
                    MiroRule.NOTHING_TO_REMOVE.note(target.toString());
                }
                return;
            }
        }
        set(Kind.REMOVE, target, NullNode.getInstance());
    }

    /** The value of the attribute after the operations so far. */
    private @Nullable String present(UserAttribute attribute) {
        if (texts.containsKey(attribute) || current == null) {
            return texts.get(attribute);
        }
        return current.text(attribute);
    }

    private void setText(UserAttribute attribute, @Nullable String text) {
        texts.put(attribute, text);
        changes.set(attribute, text);
    }

    private void set(Kind kind, AttributePath path, JsonNode value) {
        UserAttribute attribute = UserPaths.text(path);
        if (attribute != null) {
            setText(attribute, Json.text(attribute.wireName(), value));
            return;
        }
        switch (UserPaths.name(path)) {
            case "name" -> setName(value);
            case "active" -> setActive(value);
            case "emails" -> writeEmails(Emails.WRITTEN, path, value);
            case "photos" -> setPhoto(kind == Kind.ADD ? kind : Kind.REPLACE, value);
            case "roles" -> roles.apply(new Operation(kind, new Target(path, null, true), value));
            case "manager" -> setManager(value);
            case "enterprise" -> clearEnterprise(value);
            case "groups" -> noteGroups(value);
            case "id" -> noteId(value);
            case "meta" -> noteMeta(value);
            case "schemas" -> noteSchemas(value);
            default -> MiroRule.UNSUPPORTED_ATTRIBUTE_IGNORED.note(Texts.shortened(path.toString()));
        }
    }

    private void setName(JsonNode value) {
        JsonNode name = Json.single(value);
        if (Json.isNothing(name)) {
            NAMES.forEach(part -> setText(part, null));
            return;
        }
        if (!name.isObject()) {
            throw ScimException.invalidValue("name must be an object with formatted, givenName and familyName");
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
        changes.writeEmails(how, part == null || part.equalsIgnoreCase("value") ? addresses(value) : List.of());
    }

    /** The addresses in emails; an empty one represents an element that differs from what Miro would show. */
    private static List<String> addresses(JsonNode emails) {
        if (elements(emails).stream().allMatch(UserEdit::isWorkAddress)) {
            return values("emails", emails);
        }
        return List.of();
    }

    private static boolean isWorkAddress(JsonNode email) {
        return !email.isObject()
                || says(email, "type", UserResource.EMAIL_TYPE)
                        && says(email, "primary", "true")
                        && says(email, "display", Json.member(email, "value").asString(""));
    }

    /** Whether the element has the wanted value for the part, or lacks the part. */
    private static boolean says(JsonNode element, String part, String wanted) {
        JsonNode value = Json.member(element, part);
        return Json.isNothing(value) || value.isValueNode() && wanted.equalsIgnoreCase(value.asString());
    }

    /** The values of a list's elements, in whatever form the client sends them. */
    private static List<String> values(String attribute, JsonNode list) {
        return elements(list).stream()
                .map(element -> element.isObject() ? Json.member(element, "value") : element)
                .filter(value -> value.isValueNode() && !Json.isNothing(value))
                .map(value -> Objects.requireNonNull(Json.text(attribute, value)))
                .toList();
    }

    private static boolean saysOnlyValues(JsonNode list) {
        return values("value", list).size() == elements(list).size();
    }

    private static List<JsonNode> elements(JsonNode list) {
        return list.isArray() ? list.valueStream().toList() : List.of(list);
    }

    /**
     * Miro stores one photo and no thumbnail. For a user without a picture it shows {@code {"type":"photo"}}, which
     * clients send back.
     */
    private void setPhoto(Kind kind, JsonNode value) {
        List<JsonNode> photos = elements(value);
        List<JsonNode> usable = photos.stream()
                .filter(photo -> isPhotoType(Json.text("photos.type", Json.member(photo, "type"))))
                .toList();
        if (photos.size() > 1 || usable.isEmpty() && !photos.isEmpty()) {
            MiroRule.UNSUPPORTED_ATTRIBUTE_IGNORED.note("photos", "Miro keeps one photo, of type photo.");
        }
        Optional<String> url = usable.stream()
                .map(photo -> photo.isObject() ? Json.member(photo, "value") : photo)
                .map(picture -> Json.text("photos.value", picture))
                .filter(picture -> picture != null && !picture.isEmpty())
                .findFirst();
        if (url.isEmpty() && kind == Kind.ADD && !Json.isNothing(value)) {
            MiroRule.UNSUPPORTED_ATTRIBUTE_IGNORED.note("photos", "A photo without value adds no picture.");
        }
        boolean wantsNone = photos.isEmpty() || !usable.isEmpty() && kind == Kind.REPLACE;
        if (url.isPresent() || wantsNone) {
            setText(UserAttribute.PHOTO, url.orElse(null));
        }
    }

    private void applyToPhoto(Operation operation, Filter filter) {
        String url = present(UserAttribute.PHOTO);
        Element photo = Element.of("type", url == null ? null : UserResource.PHOTO_TYPE, "value", url);
        boolean chosen = photo.matches(filter);
        String part = operation.target().attribute().subAttribute();
        boolean whole = part == null || part.equalsIgnoreCase("value");
        if (!whole) {
            MiroRule.UNSUPPORTED_ATTRIBUTE_IGNORED.note("photos." + part);
        } else if (operation.kind() == Kind.REMOVE) {
            if (chosen) {
                setText(UserAttribute.PHOTO, null);
            } else {
                MiroRule.NOTHING_TO_REMOVE.note("photos");
            }
        } else if (chosen || isPhotoType(Element.seededBy(filter).get("type"))) {
            setPhoto(operation.kind(), operation.value());
        } else {
            MiroRule.UNSUPPORTED_ATTRIBUTE_IGNORED.note("photos", "Miro keeps one photo, of type photo.");
        }
    }

    private static boolean isPhotoType(@Nullable String type) {
        return type == null || type.equalsIgnoreCase(UserResource.PHOTO_TYPE);
    }

    /**
     * Entra sends a manager as an id, as an object or as a list of one. An empty one, or one with an empty value,
     * removes the manager.
     */
    private void setManager(JsonNode value) {
        JsonNode manager = Json.single(value);
        if (!manager.isObject()) {
            setText(UserAttribute.MANAGER, Json.text("manager", manager));
            return;
        }
        boolean named = !Json.member(manager, "value").isMissingNode();
        for (Map.Entry<String, JsonNode> part : manager.properties()) {
            // A reference adds nothing to the id.
            if (!(named && part.getKey().equalsIgnoreCase("$ref"))) {
                setNamed("manager." + part.getKey(), part.getValue());
            }
        }
    }

    private void clearEnterprise(JsonNode value) {
        if (!Json.isNothing(value)) {
            throw ScimException.invalidValue(UserResource.ENTERPRISE + " must be an object of attributes");
        }
        UserAttribute.enterprise().forEach(attribute -> setText(attribute, null));
    }

    // Okta and ConductorOne send back what they received, which changes nothing.

    private void noteGroups(JsonNode value) {
        Set<String> present = current == null
                ? Set.of()
                : current.groups().get().stream()
                        .map(group -> Long.toString(group.id()))
                        .collect(Collectors.toSet());
        if (!(whole && Json.isNothing(value))
                && !(saysOnlyValues(value) && present.equals(Set.copyOf(values("groups", value))))) {
            MiroRule.READ_ONLY_ATTRIBUTE_IGNORED.note("groups");
        }
    }

    private void noteId(JsonNode value) {
        if (!(whole && Json.isNothing(value))
                && (current == null || !values("id", value).equals(List.of(Long.toString(current.id()))))) {
            MiroRule.READ_ONLY_ATTRIBUTE_IGNORED.note("id");
        }
    }

    private void noteMeta(JsonNode value) {
        String location = Json.member(value, "location").asString("");
        boolean own = says(value, "resourceType", "User")
                && (current == null || location.isEmpty() || location.endsWith("/Users/" + current.id()));
        if (!(whole && own && META.containsAll(value.propertyNames()))) {
            MiroRule.READ_ONLY_ATTRIBUTE_IGNORED.note("meta");
        }
    }

    /** Clients omit, add and misspell schemas in whole resources; only the attributes that are there count. */
    private void noteSchemas(JsonNode value) {
        List<String> urns = values("schemas", value);
        boolean known = !urns.isEmpty()
                && saysOnlyValues(value)
                && urns.stream().allMatch(urn -> Schemas.byUrn(urn).isPresent());
        if (!whole && !known) {
            MiroRule.READ_ONLY_ATTRIBUTE_IGNORED.note("schemas");
        }
    }
}

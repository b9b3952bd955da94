package dev.miroscim.scim.users;

import static dev.miroscim.scim.users.UserResource.ADMIN_ROLE;
import static dev.miroscim.scim.users.UserResource.ORGANIZATION_ROLE;

import dev.miroscim.directory.MiroRule;
import dev.miroscim.directory.RefusedException;
import dev.miroscim.directory.Texts;
import dev.miroscim.directory.people.Membership;
import dev.miroscim.directory.people.OrganizationRole;
import dev.miroscim.directory.people.UserChanges;
import dev.miroscim.directory.people.UserChanges.AdminRole;
import dev.miroscim.scim.filter.Filter;
import dev.miroscim.scim.patch.Element;
import dev.miroscim.scim.patch.Json;
import dev.miroscim.scim.patch.Operation;
import dev.miroscim.scim.patch.Operation.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The roles of a user while a request is read: one organisation role, which is primary, and any number of admin roles.
 */
final class RoleEdit {

    private static final JsonMapper JSON = JsonMapper.shared();

    private @Nullable String organizationRole;
    private final Map<String, AdminRole> adminRoles = new LinkedHashMap<>();
    private boolean organizationRoleSet;
    private boolean adminRolesSet;

    RoleEdit(Membership.@Nullable State current) {
        if (current != null) {
            organizationRole = current.role().wireName();
            current.adminRoles().forEach(name -> addAdminRole(name, true));
        }
    }

    void writeTo(UserChanges changes) {
        if (organizationRoleSet && organizationRole != null) {
            changes.setOrganizationRole(organizationRole);
        }
        if (adminRolesSet) {
            changes.setAdminRoles(List.copyOf(adminRoles.values()));
        }
    }

    void apply(Operation operation) {
        Filter filter = operation.target().elements();
        String part = operation.target().attribute().subAttribute();
        JsonNode value = operation.value();
        if (part != null && !part.equalsIgnoreCase("value")) {
            // display, type and primary are derived from the value.
            MiroRule.ONE_PRIMARY_ROLE.note(
                    "roles." + part, "roles." + part + " is derived from the role and was ignored.");
        } else if (filter != null) {
            applyToChosen(operation.kind(), filter, value);
        } else if (part != null) {
            // ConductorOne replaces roles.value to change the organisation role.
            setOrganizationRole(operation.kind() == Kind.REMOVE ? null : Json.text("roles.value", value));
        } else if (operation.kind() == Kind.REMOVE) {
            remove(value);
        } else {
            set(operation.kind(), value);
        }
    }

    private void set(Kind kind, JsonNode value) {
        List<Element> roles = elements(value);
        List<String> organizationRoles = roles.stream()
                .filter(RoleEdit::isOrganizationRole)
                .map(role -> key(role.get("value")))
                .distinct()
                .toList();
        if (organizationRoles.size() > 1
                || roles.stream()
                                .filter(RoleEdit::isPrimary)
                                .filter(RoleEdit::isMiros)
                                .count()
                        > 1) {
            throw refusedPrimary();
        }
        if (kind == Kind.REPLACE) {
            adminRoles.clear();
            adminRolesSet = true;
            if (organizationRole != null && organizationRoles.isEmpty()) {
                MiroRule.ORGANIZATION_ROLE_KEPT.note("roles");
            }
        }
        roles.forEach(this::add);
    }

    private void remove(JsonNode value) {
        List<Element> named = elements(value);
        adminRolesSet = true;
        if (named.isEmpty()) {
            adminRoles.clear();
            MiroRule.ORGANIZATION_ROLE_KEPT.note("roles");
        }
        for (Element role : named) {
            String name = role.get("value");
            if (name == null || name.isEmpty()) {
                throw refusedWithoutValue();
            }
            if (adminRoles.remove(key(name)) == null) {
                (name.equalsIgnoreCase(organizationRole) ? MiroRule.ORGANIZATION_ROLE_KEPT : MiroRule.NOTHING_TO_REMOVE)
                        .note("roles");
            }
        }
    }

    private void applyToChosen(Kind kind, Filter filter, JsonNode value) {
        boolean organization = organizationElement().matches(filter);
        List<AdminRole> chosen = adminRoles.values().stream()
                .filter(role -> adminElement(role).matches(filter))
                .toList();
        String name = kind == Kind.REMOVE ? null : valueOf(value);
        if (name == null && kind != Kind.REMOVE && !Json.isNothing(value)) {
            throw refusedWithoutValue();
        }
        if (name == null) {
            if (organization) {
                MiroRule.ORGANIZATION_ROLE_KEPT.note("roles");
            } else if (chosen.isEmpty()) {
                MiroRule.NOTHING_TO_REMOVE.note("roles");
            }
            chosen.forEach(role -> adminRoles.remove(key(role.name())));
            adminRolesSet |= !chosen.isEmpty();
        } else if (organization) {
            setOrganizationRole(name);
        } else if (chosen.isEmpty()) {
            // There is no such role yet, so it is created from the filter.
            Map<String, String> seeded =
                    new LinkedHashMap<>(Element.seededBy(filter).values());
            seeded.put("value", name);
            if ("false".equalsIgnoreCase(seeded.get("primary")) && !seeded.containsKey("type")) {
                seeded.put("type", ADMIN_ROLE);
            }
            add(new Element(seeded));
        } else {
            chosen.forEach(role -> adminRoles.remove(key(role.name())));
            addAdminRole(name, true);
            adminRolesSet = true;
        }
    }

    private void add(Element role) {
        String value = role.get("value");
        String type = role.get("type");
        if (value == null || value.isEmpty()) {
            throw refusedWithoutValue();
        }
        if (isOrganizationRole(role) || ADMIN_ROLE.equalsIgnoreCase(type)) {
            noteDerivedParts(role, value);
        }
        if (isOrganizationRole(role)) {
            setOrganizationRole(value);
        } else if (type == null || ADMIN_ROLE.equalsIgnoreCase(type)) {
            if (isPrimary(role)) {
                throw refusedPrimary();
            }
            addAdminRole(value, type != null);
            adminRolesSet = true;
        } else {
            MiroRule.OTHER_ROLES_IGNORED.note(
                    "roles", "Miro has no roles of type '" + Texts.shortened(type) + "'; it was ignored.");
        }
    }

    /** A role is defined by its value alone; display and primary are derived from it. */
    private static void noteDerivedParts(Element role, String value) {
        String display = role.get("display");
        String shown =
                OrganizationRole.named(value).map(OrganizationRole::display).orElse(value);
        boolean otherDisplay = display != null
                && !display.isEmpty()
                && !display.equalsIgnoreCase(shown)
                && !display.equalsIgnoreCase(value);
        if (otherDisplay || isOrganizationRole(role) && "false".equalsIgnoreCase(role.get("primary"))) {
            MiroRule.ONE_PRIMARY_ROLE.note("roles", "display and primary are derived from the role and were ignored.");
        }
    }

    private static RefusedException refusedWithoutValue() {
        return MiroRule.ORGANIZATION_ROLE_VALUES.refusal(
                RefusedException.Kind.INVALID_VALUE,
                "roles",
                "A role must have a value, but one that was sent has none");
    }

    private void setOrganizationRole(@Nullable String role) {
        if (role == null || role.isEmpty()) {
            MiroRule.ORGANIZATION_ROLE_KEPT.note("roles");
            return;
        }
        organizationRole = role;
        organizationRoleSet = true;
    }

    private void addAdminRole(String name, boolean typed) {
        adminRoles.putIfAbsent(key(name), new AdminRole(name, typed));
    }

    private static List<Element> elements(JsonNode value) {
        List<Element> elements = new ArrayList<>();
        if (value.isArray()) {
            value.forEach(element -> elements.add(element(element)));
        } else if (!value.isNull()
                && !value.isMissingNode()
                && !value.asString("-").isEmpty()) {
            elements.add(element(value));
        }
        return elements;
    }

    private static Element element(JsonNode node) {
        JsonNode role = unpacked(node);
        if (!role.isObject()) {
            return Element.of("value", Json.text("roles", role));
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> member : role.properties()) {
            if (member.getValue().isValueNode() && !member.getValue().isNull()) {
                String text = Json.text("roles." + Texts.shortened(member.getKey()), member.getValue());
                values.put(Texts.folded(member.getKey()), text == null ? "" : text);
            }
        }
        return new Element(values);
    }

    /** Entra's AppRoleAssignmentsComplex sends the whole role as JSON text in its value. */
    private static JsonNode unpacked(JsonNode role) {
        JsonNode value = role.isString() ? role : Json.member(role, "value");
        if (!value.isString() || !value.stringValue().stripLeading().startsWith("{")) {
            return role;
        }
        try {
            JsonNode unpacked = JSON.readTree(value.stringValue());
            return unpacked.isObject() ? unpacked : role;
        } catch (JacksonException e) {
            return role;
        }
    }

    private static @Nullable String valueOf(JsonNode value) {
        List<Element> elements = elements(value);
        String name = elements.isEmpty() ? null : elements.getFirst().get("value");
        return name == null || name.isEmpty() ? null : name;
    }

    private Element organizationElement() {
        return Element.of("type", ORGANIZATION_ROLE, "value", organizationRole, "primary", "true");
    }

    private static Element adminElement(AdminRole role) {
        return Element.of("type", ADMIN_ROLE, "value", role.name(), "display", role.name(), "primary", "false");
    }

    private static boolean isPrimary(Element role) {
        return "true".equalsIgnoreCase(role.get("primary"));
    }

    private static boolean isMiros(Element role) {
        String type = role.get("type");
        return type == null || ORGANIZATION_ROLE.equalsIgnoreCase(type) || ADMIN_ROLE.equalsIgnoreCase(type);
    }

    /** Whether this is the organisation role, by its type or, without a type, by its value. */
    private static boolean isOrganizationRole(Element role) {
        String value = role.get("value");
        String type = role.get("type");
        return value != null
                && (ORGANIZATION_ROLE.equalsIgnoreCase(type)
                        || type == null
                                && (isPrimary(role)
                                        || value.regionMatches(true, 0, "ORGANIZATION_", 0, "ORGANIZATION_".length())));
    }

    private static RefusedException refusedPrimary() {
        return MiroRule.ONE_PRIMARY_ROLE.refusal(
                RefusedException.Kind.INVALID_VALUE,
                "roles",
                "A user has one organisation role, and only that can be primary");
    }

    private static String key(String name) {
        return Texts.folded(name);
    }
}

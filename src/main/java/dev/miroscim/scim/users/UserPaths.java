package dev.miroscim.scim.users;

import static dev.miroscim.directory.people.UserAttribute.COST_CENTER;
import static dev.miroscim.directory.people.UserAttribute.DEPARTMENT;
import static dev.miroscim.directory.people.UserAttribute.DISPLAY_NAME;
import static dev.miroscim.directory.people.UserAttribute.DIVISION;
import static dev.miroscim.directory.people.UserAttribute.EMPLOYEE_NUMBER;
import static dev.miroscim.directory.people.UserAttribute.FAMILY_NAME;
import static dev.miroscim.directory.people.UserAttribute.GIVEN_NAME;
import static dev.miroscim.directory.people.UserAttribute.MANAGER;
import static dev.miroscim.directory.people.UserAttribute.MANAGER_NAME;
import static dev.miroscim.directory.people.UserAttribute.NAME_FORMATTED;
import static dev.miroscim.directory.people.UserAttribute.ORGANIZATION;
import static dev.miroscim.directory.people.UserAttribute.PHOTO;
import static dev.miroscim.directory.people.UserAttribute.PREFERRED_LANGUAGE;
import static dev.miroscim.directory.people.UserAttribute.USER_NAME;
import static dev.miroscim.directory.people.UserAttribute.USER_TYPE;

import dev.miroscim.directory.people.UserAttribute;
import dev.miroscim.scim.filter.AttributePath;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Maps SCIM paths to attributes of users. */
final class UserPaths {

    private static final Map<String, UserAttribute> CORE = byWireName(
            USER_NAME,
            DISPLAY_NAME,
            NAME_FORMATTED,
            GIVEN_NAME,
            FAMILY_NAME,
            USER_TYPE,
            PREFERRED_LANGUAGE,
            PHOTO,
            // Entra's reference checks and some mappings name the manager without its schema.
            MANAGER,
            MANAGER_NAME);

    private static final Map<String, UserAttribute> ENTERPRISE =
            byWireName(EMPLOYEE_NUMBER, COST_CENTER, ORGANIZATION, DIVISION, DEPARTMENT, MANAGER, MANAGER_NAME);

    /** Attributes whose sub-attributes are all read-only or derived. */
    private static final Set<String> WHOLES = Set.of("emails", "groups", "meta", "roles");

    private UserPaths() {}

    /** The attribute of a simple path; null for complex and unknown attributes. */
    static @Nullable UserAttribute text(AttributePath path) {
        Map<String, UserAttribute> attributes =
                path.isCore() ? CORE : isEnterprise(path) ? ENTERPRISE : Map.<String, UserAttribute>of();
        return attributes.get(dotted(path));
    }

    /**
     * The name, in lower case, of an attribute that is not a simple text: emails, groups, meta and roles for any of
     * their sub-attributes, another complex attribute as a whole, {@code enterprise} for the whole extension, or an
     * unknown name.
     */
    static String name(AttributePath path) {
        String name = path.name().toLowerCase(Locale.ROOT);
        if (path.isCore()) {
            return WHOLES.contains(name) ? name : dotted(path);
        }
        if (isEnterprise(path)) {
            return path.isWholeSchema() ? "enterprise" : name.equals("manager") ? dotted(path) : path.key();
        }
        return path.key();
    }

    static List<UserAttribute> enterprise() {
        return List.copyOf(ENTERPRISE.values());
    }

    private static boolean isEnterprise(AttributePath path) {
        return UserResource.ENTERPRISE.equalsIgnoreCase(path.urn());
    }

    private static String dotted(AttributePath path) {
        String name = path.subAttribute() == null ? path.name() : path.name() + "." + path.subAttribute();
        return name.toLowerCase(Locale.ROOT);
    }

    private static Map<String, UserAttribute> byWireName(UserAttribute... attributes) {
        return Stream.of(attributes)
                .collect(Collectors.toUnmodifiableMap(
                        attribute -> attribute.wireName().toLowerCase(Locale.ROOT), attribute -> attribute));
    }
}

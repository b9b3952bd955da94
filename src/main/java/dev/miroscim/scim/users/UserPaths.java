package dev.miroscim.scim.users;

import dev.miroscim.directory.Texts;
import dev.miroscim.directory.people.UserAttribute;
import dev.miroscim.scim.filter.AttributePath;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Maps SCIM paths to attributes of users. */
final class UserPaths {

    private static final Map<String, UserAttribute> CORE = byWireName(Arrays.stream(UserAttribute.values())
            // Entra's reference checks and some mappings name the manager without its schema.
            .filter(attribute -> !attribute.isEnterprise() || "manager".equals(attribute.parent())));

    private static final Map<String, UserAttribute> ENTERPRISE = byWireName(UserAttribute.enterprise().stream());

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
        String name = Texts.folded(path.name());
        if (path.isCore()) {
            return WHOLES.contains(name) ? name : dotted(path);
        }
        if (isEnterprise(path)) {
            return path.isWholeSchema() ? "enterprise" : name.equals("manager") ? dotted(path) : path.key();
        }
        return path.key();
    }

    private static boolean isEnterprise(AttributePath path) {
        return UserResource.ENTERPRISE.equalsIgnoreCase(path.urn());
    }

    private static String dotted(AttributePath path) {
        String name = path.subAttribute() == null ? path.name() : path.name() + "." + path.subAttribute();
        return Texts.folded(name);
    }

    private static Map<String, UserAttribute> byWireName(Stream<UserAttribute> attributes) {
        return attributes.collect(
                Collectors.toUnmodifiableMap(attribute -> Texts.folded(attribute.wireName()), attribute -> attribute));
    }
}

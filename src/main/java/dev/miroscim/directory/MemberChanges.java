package dev.miroscim.directory;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a caller asks of a member: for a new one everything it brings, for an existing one only what is to change. An
 * attribute that is not named stays; one that is set to nothing is cleared.
 */
public final class MemberChanges {

    private final Map<MemberAttribute, @Nullable String> texts = new EnumMap<>(MemberAttribute.class);
    private @Nullable Boolean active;
    private @Nullable String organizationRole;
    private @Nullable SortedSet<String> adminRoles;

    /** Sets a text; null or an empty one clears the attribute. */
    public MemberChanges set(MemberAttribute attribute, @Nullable String value) {
        texts.put(attribute, value == null || value.isEmpty() ? null : value);
        return this;
    }

    public MemberChanges setActive(boolean active) {
        this.active = active;
        return this;
    }

    /** Sets the primary role, as the caller spells it. */
    public MemberChanges setOrganizationRole(String role) {
        this.organizationRole = role;
        return this;
    }

    /** Sets all admin roles at once, as the caller spells them. */
    public MemberChanges setAdminRoles(Set<String> names) {
        this.adminRoles = new TreeSet<>(names);
        return this;
    }

    boolean names(MemberAttribute attribute) {
        return texts.containsKey(attribute);
    }

    /** The value asked for; null if the attribute is cleared or not named. */
    @Nullable String text(MemberAttribute attribute) {
        return texts.get(attribute);
    }

    Set<MemberAttribute> attributes() {
        return texts.keySet();
    }

    @Nullable Boolean active() {
        return active;
    }

    @Nullable String organizationRole() {
        return organizationRole;
    }

    @Nullable SortedSet<String> adminRoles() {
        return adminRoles;
    }
}

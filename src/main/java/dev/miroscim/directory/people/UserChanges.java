package dev.miroscim.directory.people;

import static dev.miroscim.directory.MiroRule.MANAGER_VALUE_NUMERIC;
import static dev.miroscim.directory.people.UserAttribute.MANAGER;
import static dev.miroscim.directory.people.UserAttribute.MANAGER_NAME;

import dev.miroscim.directory.Names;
import dev.miroscim.directory.Texts;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a request asks of a user: all attributes of a new one, or the changes of an existing one. An attribute that is
 * not named stays; one that is set to nothing is cleared.
 */
public final class UserChanges {

    private final Map<UserAttribute, @Nullable String> texts = new EnumMap<>(UserAttribute.class);
    private @Nullable Boolean active;
    private boolean activeNamed;
    private @Nullable String organizationRole;
    private @Nullable List<AdminRole> adminRoles;
    private Emails emails = Emails.UNTOUCHED;
    private final List<String> addresses = new ArrayList<>();

    /**
     * An admin role that is asked for.
     *
     * @param typed whether the request marks it as an admin role of Miro; without the mark, an unknown name may be a
     *     role of the identity provider
     */
    public record AdminRole(String name, boolean typed) {}

    /** How the caller writes to emails, which are derived. */
    public enum Emails {
        UNTOUCHED,
        WRITTEN,
        /** Written by a path with a filter. */
        FILTERED
    }

    /** Sets a text; null or an empty one clears the attribute. Names are trimmed. */
    public UserChanges set(UserAttribute attribute, @Nullable String value) {
        String text = value == null ? "" : attribute.isName() ? Names.trimmed(attribute.wireName(), value) : value;
        texts.put(attribute, text.isEmpty() ? null : Texts.composed(text));
        return this;
    }

    /** Null leaves the state as it is. */
    public UserChanges setActive(@Nullable Boolean active) {
        this.active = active == null ? this.active : active;
        activeNamed = true;
        return this;
    }

    /** Sets the organisation role, as the request spells it. */
    public UserChanges setOrganizationRole(String role) {
        this.organizationRole = role;
        return this;
    }

    /** Sets all admin roles, as the request spells them. */
    public UserChanges setAdminRoles(List<AdminRole> adminRoles) {
        this.adminRoles = List.copyOf(adminRoles);
        return this;
    }

    /** Records a write to emails; {@code addresses} is empty if it wrote anything but addresses. */
    public UserChanges writeEmails(Emails how, List<String> addresses) {
        this.emails = emails == Emails.FILTERED ? emails : how;
        this.addresses.addAll(addresses.isEmpty() ? List.of("") : addresses);
        return this;
    }

    public boolean names(UserAttribute attribute) {
        return texts.containsKey(attribute);
    }

    /** The value asked for; null if the attribute is cleared or not named. */
    @Nullable
    public String text(UserAttribute attribute) {
        return texts.get(attribute);
    }

    public Set<UserAttribute> attributes() {
        return texts.keySet();
    }

    @Nullable
    public Boolean active() {
        return active;
    }

    public boolean namesActive() {
        return activeNamed;
    }

    @Nullable
    public String organizationRole() {
        return organizationRole;
    }

    @Nullable
    public List<AdminRole> adminRoles() {
        return adminRoles;
    }

    public Emails emails() {
        return emails;
    }

    /** Whether the request writes other addresses to emails than {@code userName}. */
    public boolean asksOtherEmailsThan(String userName) {
        return !addresses.stream().allMatch(userName::equalsIgnoreCase);
    }

    /**
     * Refuses values that are longer than Miro keeps them.
     *
     * @param current the person so far, whose values may be sent again: a name that is an address may be longer
     */
    public void checkLengths(@Nullable Membership current) {
        for (UserAttribute attribute : attributes()) {
            String value = text(attribute);
            if (value != null && (current == null || !value.equals(current.text(attribute)))) {
                Texts.check(attribute.wireName(), value, attribute.maxLength());
            }
        }
    }

    /** Writes the {@linkplain UserAttribute#details() details} asked for. */
    public void applyTo(Membership membership) {
        Long manager = membership.managerId();
        for (UserAttribute attribute : UserAttribute.details()) {
            if (names(attribute) && accepts(attribute, text(attribute))) {
                membership.describe(attribute, text(attribute));
            }
        }
        // The stored name is the former manager's.
        if (!names(MANAGER_NAME) && !Objects.equals(manager, membership.managerId())) {
            membership.describe(MANAGER_NAME, null);
        }
    }

    private static boolean accepts(UserAttribute attribute, @Nullable String value) {
        if (attribute != MANAGER || value == null) {
            return true;
        }
        try {
            if (!value.equals(Long.toString(Long.parseLong(value)))) {
                MANAGER_VALUE_NUMERIC.note(MANAGER.wireName());
            }
            return true;
        } catch (NumberFormatException e) {
            MANAGER_VALUE_NUMERIC.note(MANAGER.wireName());
            return false;
        }
    }
}

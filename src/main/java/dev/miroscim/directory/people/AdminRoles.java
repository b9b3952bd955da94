package dev.miroscim.directory.people;

import static dev.miroscim.directory.MiroRule.ADMIN_ROLE_VALUES;
import static dev.miroscim.directory.MiroRule.OTHER_ROLES_IGNORED;
import static dev.miroscim.directory.RefusedException.Kind.INVALID_VALUE;

import dev.miroscim.directory.Texts;
import dev.miroscim.directory.organizations.Organization;
import dev.miroscim.directory.people.UserChanges.AdminRole;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The admin roles that a request names. */
public final class AdminRoles {

    private AdminRoles() {}

    /**
     * The admin roles asked for, as the organisation spells them; null if none are asked for.
     *
     * @param held the member's admin roles, which stay valid for the member when the organisation no longer has them
     */
    public static @Nullable SortedSet<String> named(Organization organization, UserChanges wanted, Set<String> held) {
        List<AdminRole> asked = wanted.adminRoles();
        if (asked == null) {
            return null;
        }
        SortedSet<String> known = new TreeSet<>();
        for (AdminRole role : asked) {
            organization
                    .settings()
                    .adminRole(role.name())
                    .or(() ->
                            held.stream().filter(role.name()::equalsIgnoreCase).findFirst())
                    .ifPresentOrElse(known::add, () -> unknown(role));
        }
        return known;
    }

    private static void unknown(AdminRole role) {
        String name = Texts.shortened(role.name());
        if (role.typed()) {
            throw ADMIN_ROLE_VALUES.refusal(
                    INVALID_VALUE, "roles", "roles value '" + name + "' is not an admin role of the organisation");
        }
        OTHER_ROLES_IGNORED.note("roles", "The role '" + name + "' is not known to Miro and was ignored.");
    }
}

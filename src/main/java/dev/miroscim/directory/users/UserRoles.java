package dev.miroscim.directory.users;

import static dev.miroscim.directory.MiroRule.ADMIN_ROLE_VALUES;
import static dev.miroscim.directory.MiroRule.ORGANIZATION_ROLE_VALUES;
import static dev.miroscim.directory.MiroRule.OTHER_ROLES_IGNORED;
import static dev.miroscim.directory.RefusedException.Kind.INVALID_VALUE;

import dev.miroscim.directory.Texts;
import dev.miroscim.directory.organizations.Organization;
import dev.miroscim.directory.people.Membership;
import dev.miroscim.directory.people.OrganizationRole;
import dev.miroscim.directory.people.UserChanges;
import dev.miroscim.directory.people.UserChanges.AdminRole;
import dev.miroscim.directory.teams.LastAdminRule;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The organisation role and the admin roles of a member. */
@Component
public class UserRoles {

    private final LastAdminRule admins;

    UserRoles(LastAdminRule admins) {
        this.admins = admins;
    }

    /** The roles that a caller asks for, as Miro spells them; null where none are asked for. */
    record Asked(
            @Nullable OrganizationRole organizationRole,
            @Nullable SortedSet<String> adminRoles) {

        /** Whether they are other roles than {@code membership} has. */
        boolean differFrom(Membership membership) {
            return organizationRole != null && organizationRole != membership.role()
                    || adminRoles != null && !adminRoles.equals(membership.adminRoles());
        }
    }

    Asked read(Organization organization, Membership membership, UserChanges wanted) {
        return new Asked(organizationRole(wanted), adminRoles(organization, wanted, membership.adminRoles()));
    }

    /** Gives a new member the roles asked for. */
    void assign(Membership membership, Asked roles) {
        if (roles.organizationRole() != null) {
            membership.become(roles.organizationRole());
        }
        if (roles.adminRoles() != null) {
            membership.replaceAdminRoles(roles.adminRoles());
        }
    }

    /** Gives an existing member the roles asked for, but never takes the last company admin's. */
    void change(Membership membership, Asked roles) {
        if (roles.organizationRole() == OrganizationRole.INTERNAL_USER) {
            admins.keepLastCompanyAdmin(List.of(membership), "roles");
        }
        assign(membership, roles);
    }

    private static @Nullable OrganizationRole organizationRole(UserChanges wanted) {
        String name = wanted.organizationRole();
        if (name == null) {
            return null;
        }
        return OrganizationRole.named(name)
                .filter(OrganizationRole::isMember)
                .orElseThrow(() -> ORGANIZATION_ROLE_VALUES.refusal(
                        INVALID_VALUE,
                        "roles",
                        "roles value '%s' is not one of ORGANIZATION_INTERNAL_ADMIN, ORGANIZATION_INTERNAL_USER"
                                .formatted(Texts.shortened(name))));
    }

    /**
     * The admin roles asked for, as the organisation spells them; null if none are asked for.
     *
     * @param held those that the member has, which stay known to it when the organisation gives them to nobody else any
     *     more
     */
    public static @Nullable SortedSet<String> adminRoles(
            Organization organization, UserChanges wanted, Set<String> held) {
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

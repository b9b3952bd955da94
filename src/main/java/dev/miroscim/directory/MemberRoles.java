package dev.miroscim.directory;

import static dev.miroscim.directory.MiroRule.ADMIN_ROLE_VALUES;
import static dev.miroscim.directory.MiroRule.ORGANIZATION_ROLE_VALUES;
import static dev.miroscim.directory.MiroRule.OTHER_ROLES_IGNORED;
import static dev.miroscim.directory.RefusedException.Kind.INVALID_VALUE;

import dev.miroscim.directory.MemberChanges.AdminRole;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The organisation role and the admin roles of a member. */
@Component
class MemberRoles {

    private final Admins admins;

    MemberRoles(Admins admins) {
        this.admins = admins;
    }

    /** Gives a new member the roles asked for. */
    void assign(Organization organization, Membership membership, MemberChanges wanted) {
        OrganizationRole role = organizationRole(wanted);
        if (role != null) {
            membership.become(role);
        }
        SortedSet<String> adminRoles = adminRoles(organization, wanted);
        if (adminRoles != null) {
            membership.replaceAdminRoles(adminRoles);
        }
    }

    /** Whether {@code wanted} asks for other roles than {@code membership} has. */
    boolean differ(Organization organization, Membership membership, MemberChanges wanted) {
        OrganizationRole role = organizationRole(wanted);
        SortedSet<String> adminRoles = adminRoles(organization, wanted);
        return role != null && role != membership.role()
                || adminRoles != null && !adminRoles.equals(membership.adminRoles());
    }

    /** Gives an existing member the roles asked for, but never takes the last company admin's. */
    void change(Organization organization, Membership membership, MemberChanges wanted) {
        if (organizationRole(wanted) == OrganizationRole.INTERNAL_USER) {
            admins.keepLastCompanyAdmin(membership, "roles");
        }
        assign(organization, membership, wanted);
    }

    private static @Nullable OrganizationRole organizationRole(MemberChanges wanted) {
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
                                .formatted(name)));
    }

    /** The admin roles asked for, as the organisation spells them; null if none are asked for. */
    static @Nullable SortedSet<String> adminRoles(Organization organization, MemberChanges wanted) {
        List<AdminRole> asked = wanted.adminRoles();
        if (asked == null) {
            return null;
        }
        SortedSet<String> known = new TreeSet<>();
        for (AdminRole role : asked) {
            named(organization, role).ifPresent(known::add);
        }
        return known;
    }

    private static Optional<String> named(Organization organization, AdminRole role) {
        Optional<String> name = organization.settings().adminRole(role.name());
        if (name.isEmpty() && role.typed()) {
            throw ADMIN_ROLE_VALUES.refusal(
                    INVALID_VALUE, "roles", "roles value '" + role.name() + "' is not an admin role of the organisation");
        }
        if (name.isEmpty()) {
            OTHER_ROLES_IGNORED.note("roles", "The role '" + role.name() + "' is not known to Miro and was ignored.");
        }
        return name;
    }
}

package dev.miroscim.directory.users;

import static dev.miroscim.directory.MiroRule.ORGANIZATION_ROLE_VALUES;
import static dev.miroscim.directory.RefusedException.Kind.INVALID_VALUE;

import dev.miroscim.directory.Texts;
import dev.miroscim.directory.organizations.Organization;
import dev.miroscim.directory.people.AdminRoles;
import dev.miroscim.directory.people.Membership;
import dev.miroscim.directory.people.OrganizationRole;
import dev.miroscim.directory.people.UserChanges;
import dev.miroscim.directory.teams.LastAdminRule;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The organisation role and the admin roles of a member. */
@Component
class UserRoles {

    private final LastAdminRule admins;

    UserRoles(LastAdminRule admins) {
        this.admins = admins;
    }

    /** The roles that a request asks for, as Miro spells them; null where it names none. */
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
        return new Asked(organizationRole(wanted), AdminRoles.named(organization, wanted, membership.adminRoles()));
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

    /** Gives an existing member the roles asked for. The last company admin stays one. */
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
}

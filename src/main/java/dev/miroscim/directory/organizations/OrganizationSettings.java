package dev.miroscim.directory.organizations;

import static java.util.Objects.requireNonNullElse;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The settings of an organisation: what its administrators decide in Miro, and what Miro's documentation leaves open.
 * Every part is optional and has a default. A {@link Policy} refuses a request or lets it through.
 *
 * @param scimEnabled whether SCIM is switched on; default true
 * @param groupModel what SCIM's groups are; default {@code TEAMS}
 * @param userSchemas the {@code schemas} of a user: {@code CORE}, as Miro answers, or {@code WITH_EXTENSION}, as the
 *     RFC requires, which adds the enterprise extension where it has values; default {@code CORE}
 * @param flexibleLicensing whether the organisation is on the Flexible Licensing Program; default false
 * @param flexibleDefaultLicense the licence of new users under Flexible Licensing, {@code Free} or
 *     {@code Free Restricted}; default {@code Free}
 * @param licenses the licences that the organisation can give; default all
 * @param seats the number of seats of each licence; a licence without a number has no limit; default none
 * @param allowedDomains e-mail domains whose people can be created; {@code *} means every domain; default {@code *}
 * @param claimedDomains e-mail domains that the organisation has claimed; {@code *} means every domain that no other
 *     organisation has claimed; default {@code *}
 * @param customAdminRoles names of its custom admin roles; default none
 * @param emailWrites whether a filtered write to emails is ignored or refused; default {@code LENIENT}, which ignores
 *     it
 * @param unknownUserType policy for a userType that is not a licence; {@code ALLOW} ignores it; default {@code REFUSE}
 * @param exhaustedLicense policy for an explicit userType without a free seat, which {@code ALLOW} turns into Free
 *     Restricted; Advanced is always refused; default {@code REFUSE}
 * @param createDeactivated policy for creating a user who exists but is deactivated; {@code ALLOW} reactivates the
 *     user; default {@code REFUSE}
 * @param createGuest policy for creating a user who is a guest; {@code ALLOW} makes the guest a member; default
 *     {@code ALLOW}
 * @param unclaimedTargetDomain policy for changing a userName to a domain that no organisation has claimed; default
 *     {@code ALLOW}
 * @param userNameChangeInSeveralOrganizations policy for changing the userName of a person in several organisations;
 *     default {@code ALLOW}
 * @param frozenAttributes policy for changing userName, userType or roles of a deactivated user; {@code ALLOW} ignores
 *     the change; default {@code REFUSE}
 * @param deactivateCompanyAdmin policy for deactivating a company admin; default {@code REFUSE}
 * @param leaveDefaultTeam policy for removing a user from the default team; default {@code ALLOW}
 * @param inviteTeamMember policy for inviting a team member over REST again, with another role; {@code ALLOW} changes
 *     the role; default {@code REFUSE}
 * @param newUsersRegistered whether users created over SCIM count as fully registered immediately; default false
 */
public record OrganizationSettings(
        Boolean scimEnabled,
        GroupModel groupModel,
        UserSchemas userSchemas,
        Boolean flexibleLicensing,
        License flexibleDefaultLicense,
        Set<License> licenses,
        Map<License, Integer> seats,
        List<String> allowedDomains,
        List<String> claimedDomains,
        List<String> customAdminRoles,
        EmailWrites emailWrites,
        Policy unknownUserType,
        Policy exhaustedLicense,
        Policy createDeactivated,
        Policy createGuest,
        Policy unclaimedTargetDomain,
        Policy userNameChangeInSeveralOrganizations,
        Policy frozenAttributes,
        Policy deactivateCompanyAdmin,
        Policy leaveDefaultTeam,
        Policy inviteTeamMember,
        Boolean newUsersRegistered) {

    private static final List<String> EVERY_DOMAIN = List.of("*");

    /** The admin roles that every organisation has. */
    public static final List<String> PREBUILT_ADMIN_ROLES = List.of("Content Admin", "User Admin", "Security Admin");

    /** The defaults of all settings. */
    public static final OrganizationSettings DEFAULTS = new OrganizationSettings(
            null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
            null, null, null, null);

    public OrganizationSettings {
        scimEnabled = requireNonNullElse(scimEnabled, true);
        groupModel = requireNonNullElse(groupModel, GroupModel.TEAMS);
        userSchemas = requireNonNullElse(userSchemas, UserSchemas.CORE);
        flexibleLicensing = requireNonNullElse(flexibleLicensing, false);
        flexibleDefaultLicense = requireNonNullElse(flexibleDefaultLicense, License.FREE);
        // In the order of Miro's licences, so that the same settings always read the same.
        licenses = licenses == null ? EnumSet.allOf(License.class) : ordered(licenses);
        seats = seats == null ? Map.of() : ordered(seats);
        allowedDomains = requireNonNullElse(allowedDomains, EVERY_DOMAIN);
        claimedDomains = requireNonNullElse(claimedDomains, EVERY_DOMAIN);
        customAdminRoles = requireNonNullElse(customAdminRoles, List.of());
        emailWrites = requireNonNullElse(emailWrites, EmailWrites.LENIENT);
        unknownUserType = requireNonNullElse(unknownUserType, Policy.REFUSE);
        exhaustedLicense = requireNonNullElse(exhaustedLicense, Policy.REFUSE);
        createDeactivated = requireNonNullElse(createDeactivated, Policy.REFUSE);
        createGuest = requireNonNullElse(createGuest, Policy.ALLOW);
        unclaimedTargetDomain = requireNonNullElse(unclaimedTargetDomain, Policy.ALLOW);
        userNameChangeInSeveralOrganizations = requireNonNullElse(userNameChangeInSeveralOrganizations, Policy.ALLOW);
        frozenAttributes = requireNonNullElse(frozenAttributes, Policy.REFUSE);
        deactivateCompanyAdmin = requireNonNullElse(deactivateCompanyAdmin, Policy.REFUSE);
        leaveDefaultTeam = requireNonNullElse(leaveDefaultTeam, Policy.ALLOW);
        inviteTeamMember = requireNonNullElse(inviteTeamMember, Policy.REFUSE);
        newUsersRegistered = requireNonNullElse(newUsersRegistered, false);
    }

    /** Drops nulls, which stand for names in a seed that are no licences. */
    private static Set<License> ordered(Set<License> licenses) {
        Set<License> ordered = EnumSet.noneOf(License.class);
        licenses.stream().filter(Objects::nonNull).forEach(ordered::add);
        return ordered;
    }

    private static Map<License, Integer> ordered(Map<License, Integer> seats) {
        Map<License, Integer> ordered = new EnumMap<>(License.class);
        ordered.putAll(seats);
        return ordered;
    }

    /** The admin role of this name, in any case, if the organisation has it. */
    public Optional<String> adminRole(String name) {
        return Stream.concat(PREBUILT_ADMIN_ROLES.stream(), customAdminRoles.stream())
                .filter(name::equalsIgnoreCase)
                .findFirst();
    }

    /** Whether an admin role comes with Miro, and is not the organisation's own. */
    public static boolean isPrebuilt(String adminRole) {
        return PREBUILT_ADMIN_ROLES.contains(adminRole);
    }

    /** The licence of a new user if the request names none. */
    public License defaultLicense() {
        return flexibleLicensing ? flexibleDefaultLicense : License.FULL;
    }

    public boolean allows(String domain) {
        return names(allowedDomains, domain) || allowedDomains.contains("*");
    }

    public boolean claims(String domain) {
        return claimsByName(domain) || claimedDomains.contains("*");
    }

    /** Whether the domain itself is on the list of claimed domains, and not only {@code *}. */
    public boolean claimsByName(String domain) {
        return names(claimedDomains, domain);
    }

    private static boolean names(List<String> domains, String domain) {
        return domains.stream().anyMatch(domain::equalsIgnoreCase);
    }

    /** What SCIM's groups are. */
    public enum GroupModel {
        TEAMS,
        USER_GROUPS
    }

    /** The {@code schemas} of a user: only the core schema, or also the extension if it has values. */
    public enum UserSchemas {
        CORE,
        WITH_EXTENSION
    }

    /** Whether writes to emails are always ignored, or refused if the path has a filter. */
    public enum EmailWrites {
        LENIENT,
        STRICT
    }

    /** How a request ends that Miro's documentation does not cover: refused, or let through as the rule says. */
    public enum Policy {
        REFUSE,
        ALLOW
    }
}

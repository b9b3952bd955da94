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
 * What an administrator of an organisation decides, and what Miro's documentation leaves open. Every setting has a
 * default.
 * @param scimEnabled whether SCIM is switched on; default true
 * @param groupModel what SCIM's groups are; default {@code TEAMS}
 * @param userSchemas which schemas a user lists: {@code CORE}, Miro's way, or {@code WITH_EXTENSION}, the RFC's,
 *     which adds the enterprise extension where it has values; default {@code CORE}
 * @param flexibleLicensing whether the organisation is on the Flexible Licensing Program; default false
 * @param flexibleDefaultLicense the licence of new users under Flexible Licensing, {@code Free} or {@code Free
 *     Restricted}; default {@code Free}
 * @param licenses the licences the organisation can give; default all
 * @param seats how many seats it has of a licence; a licence that is not named has no limit; default none
 * @param allowedDomains e-mail domains whose people can be created; {@code *} is every domain; default {@code *}
 * @param claimedDomains e-mail domains the organisation has claimed; {@code *} is every domain that no other
 *     organisation has claimed; default {@code *}
 * @param customAdminRoles names of its custom admin roles; default none
 * @param emailWrites whether a filtered write to emails is ignored or refused; default {@code LENIENT}
 * @param unknownUserType whether a userType that is no licence is refused; default {@code REFUSE}
 * @param exhaustedLicense whether an explicit userType without a free seat is refused (Advanced always is); default
 *     {@code REFUSE}
 * @param createDeactivated whether creating a user who exists and is deactivated is refused; default {@code REFUSE}
 * @param createGuest whether creating a user who is a guest is refused; default {@code ALLOW}
 * @param unclaimedTargetDomain whether changing a userName to an unclaimed domain is refused; default {@code ALLOW}
 * @param userNameChangeInSeveralOrganizations whether changing the userName of a person in several organisations is
 *     refused; default {@code ALLOW}
 * @param frozenAttributes whether changing userName, userType or roles of a deactivated user is refused; default
 *     {@code REFUSE}
 * @param deactivateCompanyAdmin whether deactivating a company admin is refused; default {@code REFUSE}
 * @param leaveDefaultTeam whether removing a user from the default team is refused; default {@code ALLOW}
 * @param inviteTeamMember whether inviting a member of the team over REST with another role is refused; default
 *     {@code REFUSE}; {@code ALLOW} changes the role
 * @param newUsersRegistered whether users created over SCIM count as fully registered at once; default false
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

    /** What a group of SCIM is. */
    public enum GroupModel {
        TEAMS,
        USER_GROUPS
    }

    /** Which schemas a user lists: the core schema alone, or also the extension whose values it has. */
    public enum UserSchemas {
        CORE,
        WITH_EXTENSION
    }

    /** What becomes of writes to emails: all are ignored, or those whose path has a filter are refused. */
    public enum EmailWrites {
        LENIENT,
        STRICT
    }

    /**
     * What becomes of a request where Miro's documentation is silent: it is refused, or allowed as the rule
     * describes.
     */
    public enum Policy {
        REFUSE,
        ALLOW
    }
}

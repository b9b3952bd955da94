package dev.miroscim.platform;

import static dev.miroscim.access.Scope.ORGANIZATIONS_READ;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.miroscim.directory.Slice;
import dev.miroscim.directory.organizations.License;
import dev.miroscim.directory.organizations.OrganizationSettings;
import dev.miroscim.directory.people.Membership;
import dev.miroscim.directory.people.OrganizationMembers;
import dev.miroscim.directory.people.OrganizationRole;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Lists everybody in the organisation: active, deactivated, and guests. */
@RestController
@RequestMapping(path = "/v2/orgs/{org_id}/members", produces = RestPlane.MEDIA_TYPE)
class OrganizationMemberController {

    private static final int MOST_EMAILS = 10;

    /** Roles in Miro's reference that nobody here has. */
    private static final Set<String> NOBODYS_ROLES = Set.of("unknown");

    private static final Set<String> NOBODYS_LICENSES = Set.of("unknown", "occasional");

    private final OrganizationMembers people;

    OrganizationMemberController(OrganizationMembers people) {
        this.people = people;
    }

    /** @param lastActivityAt absent if the person never logged in, because an empty text is not a valid time */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonPropertyOrder({
        "id",
        "active",
        "email",
        "lastActivityAt",
        "license",
        "licenseAssignedAt",
        "role",
        "type",
        "adminRoles"
    })
    record OrganizationMemberResource(
            String id,
            boolean active,
            String email,
            @Nullable Instant lastActivityAt,
            String license,
            @Nullable Instant licenseAssignedAt,
            String role,
            String type,
            List<AdminRole> adminRoles)
            implements Page.Item {

        static OrganizationMemberResource of(Membership member) {
            return new OrganizationMemberResource(
                    Long.toString(member.profileId()),
                    member.active(),
                    member.profile().email(),
                    RestFormat.time(member.lastActivityAt()),
                    RestFormat.name(member.license()),
                    RestFormat.time(member.licenseAssignedAt()),
                    name(member.role()),
                    "organization-member",
                    member.adminRoles().stream().map(AdminRole::of).toList());
        }
    }

    @JsonPropertyOrder({"type", "name"})
    record AdminRole(String type, String name) {
        static AdminRole of(String name) {
            return new AdminRole(OrganizationSettings.isPrebuilt(name) ? "prebuilt" : "custom", name);
        }
    }

    /** Finds people by e-mail address: other filters are ignored, and the answer is a plain list without pages. */
    @GetMapping(params = "emails")
    @RestCall(level = RateLimitLevel.THREE, scopes = ORGANIZATIONS_READ)
    List<OrganizationMemberResource> withEmails(
            @PathVariable("org_id") long organizationId, @RequestParam("emails") String[] lists) {
        List<String> emails = Arrays.stream(lists)
                .flatMap(list -> Arrays.stream(list.split(",")))
                .map(String::strip)
                .filter(email -> !email.isEmpty())
                .toList();
        if (emails.size() > MOST_EMAILS) {
            throw RestFormat.invalid(
                    "emails has " + emails.size() + " addresses; at most " + MOST_EMAILS + " are allowed");
        }
        return people.withEmails(organizationId, emails).stream()
                .map(OrganizationMemberResource::of)
                .toList();
    }

    @GetMapping(params = "!emails")
    @RestCall(level = RateLimitLevel.THREE, scopes = ORGANIZATIONS_READ)
    Page<OrganizationMemberResource> list(
            @PathVariable("org_id") long organizationId,
            @RequestParam(defaultValue = Limit.DEFAULT) Limit limit,
            @RequestParam(defaultValue = Cursor.START) Cursor cursor,
            @RequestParam(required = false) @Nullable String role,
            @RequestParam(required = false) @Nullable String license,
            @RequestParam(required = false) @Nullable Boolean active) {
        OrganizationMembers.Filter filter = new OrganizationMembers.Filter(
                role == null || NOBODYS_ROLES.contains(role) ? null : role(role),
                license == null || NOBODYS_LICENSES.contains(license) ? null : license(license),
                active);
        boolean nobody =
                role != null && NOBODYS_ROLES.contains(role) || license != null && NOBODYS_LICENSES.contains(license);
        return Page.of(
                limit,
                nobody
                        ? new Slice<>(List.<Membership>of(), false)
                        : people.list(organizationId, filter, cursor.after(), limit.value()),
                OrganizationMemberResource::of);
    }

    @GetMapping("/{member_id}")
    @RestCall(level = RateLimitLevel.THREE, scopes = ORGANIZATIONS_READ)
    OrganizationMemberResource get(
            @PathVariable("org_id") long organizationId, @PathVariable("member_id") long memberId) {
        return OrganizationMemberResource.of(people.find(organizationId, memberId));
    }

    private static String name(OrganizationRole role) {
        return role.wireName().toLowerCase(Locale.ROOT);
    }

    private static OrganizationRole role(String name) {
        return OrganizationRole.named(name)
                .orElseThrow(() -> RestFormat.invalid("role '" + name + "' is not a role in an organization"));
    }

    private static License license(String name) {
        return Arrays.stream(License.values())
                .filter(license -> RestFormat.name(license).equals(name))
                .findFirst()
                .orElseThrow(() -> RestFormat.invalid("license '" + name + "' is not a license"));
    }
}

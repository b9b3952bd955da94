package dev.miroscim.platform;

import static dev.miroscim.access.Scope.ORGANIZATIONS_READ;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.miroscim.directory.organizations.License;
import dev.miroscim.directory.organizations.Organizations;
import dev.miroscim.directory.people.OrganizationMembers;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Shows the organisation. */
@RestController
@RequestMapping(path = "/v2/orgs/{org_id}", produces = RestPlane.MEDIA_TYPE)
class OrganizationController {

    /** Miro's name for the Enterprise plan, which SCIM and this API require. */
    private static final String ENTERPRISE_PLAN = "company";

    private final Organizations organizations;
    private final OrganizationMembers people;

    OrganizationController(Organizations organizations, OrganizationMembers people) {
        this.organizations = organizations;
        this.people = people;
    }

    @JsonPropertyOrder({"id", "fullLicensesPurchased", "name", "plan", "type"})
    record OrganizationResource(String id, int fullLicensesPurchased, String name, String plan, String type) {}

    @GetMapping
    @RestCall(level = RateLimitLevel.THREE, scopes = ORGANIZATIONS_READ)
    OrganizationResource get(@PathVariable("org_id") long organizationId) {
        return new OrganizationResource(
                Long.toString(organizationId),
                Math.toIntExact(people.seats(organizationId, License.FULL)),
                organizations.get(organizationId).name(),
                ENTERPRISE_PLAN,
                "organization");
    }
}

package dev.miroscim.scim.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.miroscim.ScimClient;
import dev.miroscim.ScimClient.Answer;
import dev.miroscim.TestOrganization;
import dev.miroscim.directory.organizations.License;
import dev.miroscim.directory.people.OrganizationRole;
import dev.miroscim.directory.people.UserAttribute;
import dev.miroscim.directory.people.UserChanges.AdminRole;
import java.net.URLEncoder;
import java.util.List;
import java.util.Locale;
import org.springframework.context.ApplicationContext;

/** A few people and groups who differ in everything that can be asked for, and nobody else. */
final class QueryOrganization {

    private final TestOrganization organization;

    QueryOrganization(ApplicationContext context) {
        this(context, "{}");
    }

    QueryOrganization(ApplicationContext context, String settings) {
        organization = TestOrganization.in(context)
                .settings(settings)
                .team("Design")
                .team("Ops 100%")
                .team("Empty", "Nobody_yet")
                .person(
                        "Ada@example.com",
                        ada -> ada.set(UserAttribute.DISPLAY_NAME, "Ada King Lovelace")
                                .set(UserAttribute.USER_TYPE, License.FULL.wireName())
                                .set(UserAttribute.PREFERRED_LANGUAGE, "en_US")
                                .set(UserAttribute.PHOTO, "https://pictures.example/ada.png")
                                .set(UserAttribute.EMPLOYEE_NUMBER, "701984")
                                .set(UserAttribute.COST_CENTER, "CC_1")
                                .set(UserAttribute.ORGANIZATION, "100% Org")
                                .set(UserAttribute.DIVISION, "Back\\slash")
                                .set(UserAttribute.DEPARTMENT, "R&D")
                                .set(UserAttribute.MANAGER, "3458764577585056871")
                                .set(UserAttribute.MANAGER_NAME, "The Boss")
                                .setOrganizationRole(OrganizationRole.INTERNAL_ADMIN.wireName())
                                .setAdminRoles(List.of(
                                        new AdminRole("Content Admin", true), new AdminRole("User Admin", true))),
                        "Design",
                        "Ops 100%")
                .person(
                        "bob@example.com",
                        bob -> bob.set(UserAttribute.DISPLAY_NAME, "Bob").setActive(false),
                        "Design")
                .person(
                        "ÄNNE@example.com",
                        anne -> anne.set(UserAttribute.DISPLAY_NAME, "Änne Öz")
                                .set(UserAttribute.USER_TYPE, License.FREE_RESTRICTED.wireName())
                                .set(UserAttribute.DEPARTMENT, "r&d lab")
                                .set(UserAttribute.EMPLOYEE_NUMBER, "0701984")
                                .set(UserAttribute.MANAGER, "-7"))
                .person(
                        "50%_of\\f@example.com",
                        odd -> odd.set(UserAttribute.DISPLAY_NAME, "100% \\_sure")
                                .set(UserAttribute.USER_TYPE, License.BASIC.wireName())
                                .set(UserAttribute.COST_CENTER, "CCx1")
                                .set(UserAttribute.MANAGER_NAME, "Somebody"),
                        "Ops 100%")
                .guest("guest@example.com", "Design")
                .teamGuest("teamguest@example.com", "Design")
                .create();
    }

    ScimClient scim() {
        return organization.scim();
    }

    /** The answer to a filter, in which {@code {name}} is the id of the person or group. */
    Answer filter(String resources, String filter) {
        return scim().get("/" + resources + "?filter=" + URLEncoder.encode(withIds(filter), UTF_8));
    }

    String withIds(String text) {
        return text.replace("{ada}", organization.user("Ada@example.com"))
                .replace("{bob}", organization.user("bob@example.com"))
                .replace("{guest}", organization.user("guest@example.com"))
                .replace("{design}", organization.group("Design"))
                .replace("{ops}", organization.group("Ops 100%"));
    }

    /** Whom an answer shows: the first word of each name, in lower case. */
    static String names(Answer answer) {
        return String.join(
                " ",
                answer.resources().stream()
                        .map(resource -> resource.path("displayName")
                                .asString()
                                .split(" ")[0]
                                .toLowerCase(Locale.ROOT))
                        .toList());
    }
}

package dev.miroscim.platform;

import static dev.miroscim.platform.Answers.each;
import static dev.miroscim.platform.Answers.error;
import static dev.miroscim.platform.Answers.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.miroscim.Control;
import dev.miroscim.MiroScimTest;
import dev.miroscim.RestClient;
import dev.miroscim.ScimClient;
import dev.miroscim.ScimClient.Answer;
import dev.miroscim.Statements;
import dev.miroscim.Statements.Sent;
import dev.miroscim.TestOrganization;
import dev.miroscim.directory.Slice;
import dev.miroscim.directory.audit.AuditEvent;
import dev.miroscim.directory.audit.AuditEvent.Position;
import dev.miroscim.directory.audit.AuditLog;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

@MiroScimTest
class AuditLogTest {

    private static final String YEARS = "createdAfter=2020-01-01T00:00:00.000Z&createdBefore=2120-01-01T00:00:00.000Z";

    @Autowired
    private ApplicationContext context;

    @Autowired
    private AuditLog log;

    @Autowired
    private Clock clock;

    private int seen;

    @Test
    void aPage_isAsMiroHasIt() {
        TestOrganization acme = TestOrganization.in(context)
                .team("Design")
                .member("ada@example.com")
                .create();
        String ada = acme.user("ada@example.com");
        patchGroup(acme, "Design", add(ada));

        JsonNode page = ok(acme.rest("auditlogs:read").get("/v2/audit/logs?" + YEARS), 200);

        assertThat(page.propertyNames()).containsExactlyInAnyOrder("type", "limit", "size", "data");
        assertThat(page.path("type").asString()).isEqualTo("cursor-list");
        assertThat(page.path("limit").asInt()).isEqualTo(100);
        assertThat(page.path("size").asInt()).isEqualTo(1);
        JsonNode event = page.path("data").path(0);
        assertThat(event.path("id").asString()).matches("[0-9]+");
        assertThat(event.path("event").asString()).isEqualTo("team_member_added");
        assertThat(event.path("category").asString()).isEqualTo("teams");
        assertThat(Instant.parse(event.path("createdAt").asString()))
                .isBetween(clock.instant().minusSeconds(60), clock.instant());
        assertThat(event.path("context").path("ip").asString()).isNotBlank();
        assertThat(event.path("context").path("team").path("id").asString()).isEqualTo(acme.group("Design"));
        assertThat(event.path("context").path("team").path("name").asString()).isEqualTo("Design");
        assertThat(event.path("context").path("organization").path("id").asString())
                .isEqualTo(Long.toString(acme.id()));
        assertThat(event.path("context").path("organization").path("name").asString())
                .isEqualTo("Test");
        assertThat(event.path("object").path("id").asString()).isEqualTo(ada);
        assertThat(event.path("object").path("name").asString()).isEqualTo("ada@example.com");
        assertThat(event.path("createdBy").path("type").asString()).isEqualTo("scim_provisioner");
        assertThat(event.path("createdBy").path("id").asString()).matches("[0-9]+");
        assertThat(event.path("details").path("email").asString()).isEqualTo("ada@example.com");
        assertThat(event.path("details").path("newValue").asString()).isEqualTo("member");
    }

    @Test
    void users_overScim() {
        TestOrganization acme = TestOrganization.in(context)
                .settings("{\"claimedDomains\": [\"example.com\"]}")
                .defaultTeam("All")
                .companyAdmin("root@example.com")
                .create();
        ScimClient scim = acme.scim();

        String ada = scim.post("/Users", "{\"userName\": \"ada@example.com\", \"displayName\": \"Ada Byron\"}")
                .body()
                .path("id")
                .asString();
        assertThat(news(acme))
                .containsExactly("user_created Ada Byron", "team_member_added Ada Byron in All: - > member");

        String path = "/Users/" + ada;
        done(scim.patchWith(path, replace("displayName", "\"Ada Lovelace\"")));
        assertThat(news(acme)).containsExactly("user_renamed Ada Lovelace: Ada Byron > Ada Lovelace");
        done(scim.patchWith(path, replace("userName", "\"countess@example.com\"")));
        assertThat(news(acme))
                .containsExactly("user_email_changed Ada Lovelace: ada@example.com > countess@example.com");
        done(scim.patchWith(path, replace("userType", "\"Advanced\"")));
        assertThat(news(acme)).containsExactly("user_license_changed Ada Lovelace: full > advanced");
        done(scim.patchWith(path, replace("roles[primary eq true].value", "\"ORGANIZATION_INTERNAL_ADMIN\"")));
        assertThat(news(acme))
                .containsExactly(
                        "user_role_changed Ada Lovelace: organization_internal_user > organization_internal_admin");
        done(
                scim.patchWith(
                        path,
                        "{\"op\": \"add\", \"path\": \"roles\", \"value\": [{\"value\": \"User Admin\", \"type\": \"organization_admin_role\"}]}"));
        assertThat(news(acme)).containsExactly("user_admin_roles_changed Ada Lovelace: - > User Admin");
        done(scim.patchWith(path, replace("roles[primary eq true].value", "\"ORGANIZATION_INTERNAL_USER\"")));
        news(acme);
        done(scim.patchWith(path, replace("active", "false")));
        assertThat(news(acme)).containsExactly("user_deactivated Ada Lovelace");
        done(scim.patchWith(path, replace("active", "true")));
        assertThat(news(acme)).containsExactly("user_reactivated Ada Lovelace");

        assertThat(scim.delete(path).status()).isEqualTo(204);
        assertThat(news(acme))
                .containsExactly("team_member_removed Ada Lovelace in All: member > -", "user_deleted Ada Lovelace");
        scim.post("/Users", "{\"userName\": \"countess@example.com\"}");
        assertThat(news(acme)).first().isEqualTo("user_created Ada Lovelace");
    }

    /** As when Okta pushes a profile: one request, one transaction, one statement for all that happens. */
    @Test
    void oneRequest_writesAllItsEventsByOneStatement() {
        TestOrganization acme = TestOrganization.in(context)
                .settings("{\"claimedDomains\": [\"example.com\"]}")
                .member("ada@example.com")
                .create();
        String path = "/Users/" + acme.user("ada@example.com");
        String all = Stream.of(
                        replace("userName", "\"eva@example.com\""),
                        replace("displayName", "\"Eva Green\""),
                        replace("userType", "\"Advanced\""),
                        replace("roles[primary eq true].value", "\"ORGANIZATION_INTERNAL_ADMIN\""))
                .reduce((one, other) -> one + ", " + other)
                .orElseThrow();

        assertThat(inserts(() -> done(acme.scim().patchWith(path, all)))).isEqualTo(1);
        assertThat(news(acme))
                .containsExactly(
                        "user_role_changed Eva Green: organization_internal_user > organization_internal_admin",
                        "user_license_changed Eva Green: full > advanced",
                        "user_email_changed Eva Green: ada@example.com > eva@example.com",
                        "user_renamed Eva Green: ada@example.com > Eva Green");

        assertThat(inserts(() -> done(acme.scim().patchWith(path, all)))).isZero();
        assertThat(news(acme)).isEmpty();
    }

    @Test
    void whatIsRefusedOrChangesNothing_isNoEvent() {
        TestOrganization acme = TestOrganization.in(context)
                .settings("{\"deactivateCompanyAdmin\": \"REFUSE\"}")
                .team("Design")
                .team("Sales")
                .companyAdmin("root@example.com", "Design")
                .member("bob@example.com")
                .create();
        String root = acme.user("root@example.com");
        ScimClient scim = acme.scim();
        RestClient rest = acme.rest();

        List<Integer> statuses = new ArrayList<>();
        int inserts = inserts(() -> {
            statuses.add(
                    scim.post("/Users", "{\"userName\": \"root@example.com\"}").status());
            statuses.add(scim.patchWith(
                            "/Users/" + root, replace("displayName", "\"New\"") + ", " + replace("active", "false"))
                    .status());
            statuses.add(scim.patchWith("/Groups/" + acme.group("Sales"), replace("displayName", "\"design\""))
                    .status());
            statuses.add(
                    rest.post(acme.path("/teams"), "{\"name\": \"Design\"}").status());
            patchGroup(acme, "Design", add(root));
            patchGroup(
                    acme,
                    "Design",
                    "{\"op\": \"remove\", \"path\": \"members[value eq \\\"%s\\\"]\"}"
                            .formatted(acme.user("bob@example.com")));
            done(scim.patchWith("/Users/" + root, replace("active", "true")));
            done(rest.patch(acme.path("/teams/" + acme.group("Design")), "{\"name\": \"Design\"}"));
        });

        assertThat(statuses).containsOnly(409);
        assertThat(inserts).isZero();
        assertThat(events(acme, "")).isEmpty();
    }

    @Test
    void membersOfTeams_overScim() {
        TestOrganization acme = TestOrganization.in(context)
                .team("Design")
                .team("Sales")
                .companyAdmin("root@example.com")
                .member("ada@example.com")
                .deactivated("off@example.com")
                .guest("guest@example.com", "Sales")
                .unregistered("new@example.com", "Design")
                .create();

        patchGroup(
                acme,
                "Design",
                add(
                        acme.user("ada@example.com"),
                        acme.user("off@example.com"),
                        acme.user("guest@example.com"),
                        acme.user("new@example.com")));
        assertThat(news(acme))
                .containsExactly(
                        "user_reactivated off@example.com",
                        "user_role_changed guest@example.com: organization_external_user > organization_internal_user",
                        "user_license_changed guest@example.com: free_restricted > full",
                        "team_member_added ada@example.com in Design: - > member",
                        "team_member_added off@example.com in Design: - > member",
                        "team_member_added guest@example.com in Design: - > member",
                        "team_member_role_changed guest@example.com in Sales: non_team > member");

        assertThat(inserts(() -> patchGroup(
                        acme,
                        "Design",
                        "{\"op\": \"replace\", \"path\": \"members\", \"value\": [{\"value\": \"%s\"}]}"
                                .formatted(acme.user("ada@example.com")))))
                .isEqualTo(1);
        assertThat(news(acme))
                .containsExactly(
                        "team_member_removed off@example.com in Design: member > -",
                        "team_member_removed guest@example.com in Design: member > -",
                        "team_member_removed new@example.com in Design: member > -",
                        "user_deleted new@example.com");

        patchGroup(acme, "Design", add(acme.user("new@example.com")));
        assertThat(news(acme))
                .containsExactly(
                        "user_created new@example.com", "team_member_added new@example.com in Design: - > member");
        patchGroup(acme, "Design", replace("displayName", "\"design-sync\""));
        assertThat(news(acme)).containsExactly("team_security_group_renamed Design in Design: Design > design-sync");
    }

    @Test
    void teams_overRest() {
        TestOrganization acme = TestOrganization.in(context)
                .companyAdmin("root@example.com")
                .member("ada@example.com")
                .guest("guest@example.com")
                .create();
        RestClient rest = acme.rest();

        String team = ok(rest.post(acme.path("/teams"), "{\"name\": \"Design\"}"), 201)
                .path("id")
                .asString();
        String path = acme.path("/teams/" + team);
        assertThat(news(acme)).containsExactly("team_created Design in Design");
        assertThat(events(acme, "").getLast().path("createdBy").path("type").asString())
                .isEqualTo("application");
        ok(rest.patch(path, "{\"name\": \"Designers\"}"), 200);
        assertThat(news(acme)).containsExactly("team_renamed Designers in Designers: Design > Designers");
        ok(rest.post(path + "/members", "{\"email\": \"ada@example.com\", \"role\": \"admin\"}"), 201);
        assertThat(news(acme)).containsExactly("team_member_added ada@example.com in Designers: - > admin");
        ok(rest.post(path + "/members", "{\"email\": \"root@example.com\", \"role\": \"admin\"}"), 201);
        news(acme);
        String member = path + "/members/" + acme.user("ada@example.com");
        ok(rest.patch(member, "{\"role\": \"member\"}"), 200);
        assertThat(news(acme)).containsExactly("team_member_role_changed ada@example.com in Designers: admin > member");
        ok(rest.patch(member, "{\"role\": \"member\"}"), 200);
        assertThat(news(acme)).isEmpty();
        ok(rest.delete(member), 204);
        assertThat(news(acme)).containsExactly("team_member_removed ada@example.com in Designers: member > -");

        Control.of(context)
                .put(
                        "/organizations/%d/teams/%s/people/%s"
                                .formatted(acme.id(), team, acme.user("guest@example.com")),
                        "{}");
        news(acme);
        ok(rest.patch(path + "/members/" + acme.user("guest@example.com"), "{\"role\": \"member\"}"), 200);
        assertThat(news(acme))
                .containsExactly(
                        "user_role_changed guest@example.com: organization_external_user > organization_internal_user",
                        "user_license_changed guest@example.com: free_restricted > full",
                        "team_member_role_changed guest@example.com in Designers: non_team > member");

        ok(rest.delete(path), 204);
        assertThat(news(acme))
                .containsExactly(
                        "team_member_removed root@example.com in Designers",
                        "team_member_removed guest@example.com in Designers",
                        "team_deleted Designers in Designers");
    }

    @Test
    void userGroups_overRestAndScim() {
        TestOrganization acme = TestOrganization.in(context)
                .settings("{\"groupModel\": \"USER_GROUPS\"}")
                .companyAdmin("root@example.com")
                .member("ada@example.com")
                .member("bob@example.com")
                .create();
        RestClient rest = acme.rest();

        String group = ok(rest.post(acme.path("/groups"), "{\"name\": \"Writers\"}"), 201)
                .path("id")
                .asString();
        String path = acme.path("/groups/" + group);
        assertThat(news(acme)).containsExactly("user_group_created Writers in Writers");
        ok(rest.patch(path, "{\"description\": \"Who writes\"}"), 200);
        assertThat(news(acme)).isEmpty();
        ok(rest.patch(path, "{\"name\": \"Authors\"}"), 200);
        assertThat(news(acme)).containsExactly("user_group_renamed Authors in Authors: Writers > Authors");
        ok(rest.post(path + "/members", "{\"email\": \"ada@example.com\"}"), 201);
        assertThat(news(acme)).containsExactly("user_group_member_added ada@example.com in Authors");
        ok(rest.patch(path + "/members", """
                {"membersToAdd": ["ada@example.com", "bob@example.com"], "membersToRemove": ["root@example.com"]}
                """), 207);
        assertThat(news(acme)).containsExactly("user_group_member_added bob@example.com in Authors");
        ok(rest.delete(path + "/members/" + acme.user("ada@example.com")), 204);
        assertThat(news(acme)).containsExactly("user_group_member_removed ada@example.com in Authors");

        String scimGroup = "/Groups/" + group;
        done(acme.scim().patchWith(scimGroup, add(acme.user("ada@example.com"))));
        assertThat(news(acme)).containsExactly("user_group_member_added ada@example.com in Authors");
        done(acme.scim().patchWith(scimGroup, "{\"op\": \"replace\", \"path\": \"members\", \"value\": []}"));
        assertThat(news(acme))
                .containsExactlyInAnyOrder(
                        "user_group_member_removed ada@example.com in Authors",
                        "user_group_member_removed bob@example.com in Authors");
        done(acme.scim().patchWith(scimGroup, add(acme.user("ada@example.com"), acme.user("bob@example.com"))));
        news(acme);
        assertThat(acme.scim().delete("/Users/" + acme.user("bob@example.com")).status())
                .isEqualTo(204);
        assertThat(news(acme))
                .containsExactly(
                        "user_group_member_removed bob@example.com in Authors", "user_deleted bob@example.com");
        assertThat(acme.scim().delete(scimGroup).status()).isEqualTo(204);
        assertThat(news(acme))
                .containsExactly(
                        "user_group_member_removed ada@example.com in Authors",
                        "user_group_deleted Authors in Authors");
        assertThat(acme.scim().get(scimGroup).status()).isEqualTo(404);
    }

    @Test
    void administrators_overTheControlApi() {
        TestOrganization acme = TestOrganization.in(context)
                .team("Design")
                .companyAdmin("root@example.com")
                .create();
        Control control = Control.of(context);
        String path = "/organizations/" + acme.id();

        String ada = control.post(path + "/people", "{\"email\": \"ada@example.com\", \"teams\": [\"Design\"]}")
                .body()
                .path("id")
                .asString();
        assertThat(news(acme))
                .containsExactly(
                        "user_created ada@example.com", "team_member_added ada@example.com in Design: - > member");
        JsonNode createdBy = events(acme, "").getLast().path("createdBy");
        assertThat(createdBy.path("type").asString()).isEqualTo("user");
        assertThat(createdBy.path("name").asString()).isEqualTo("admin");

        String person = path + "/people/" + ada;
        assertThat(inserts(() -> control.patch(person, """
                {"email": "eva@example.com", "name": "Eva", "license": "Basic", "active": false,
                 "adminRoles": ["User Admin"], "teams": [{"name": "Design", "role": "ADMIN"}]}
                """))).isEqualTo(1);
        assertThat(news(acme))
                .containsExactly(
                        "user_admin_roles_changed Eva: - > User Admin",
                        "user_license_changed Eva: full > basic",
                        "user_deactivated Eva",
                        "user_email_changed Eva: ada@example.com > eva@example.com",
                        "user_renamed Eva: ada@example.com > Eva",
                        "team_member_role_changed Eva in Design: member > admin");
        control.patch(person, "{\"photo\": \"https://example.com/eva.png\"}");
        assertThat(news(acme)).isEmpty();
        control.patch(person, "{\"teams\": []}");
        assertThat(news(acme)).containsExactly("team_member_removed Eva in Design: admin > -");
        control.patch(path + "/teams/" + acme.group("Design"), "{\"name\": \"D\", \"securityGroup\": \"S\"}");
        assertThat(news(acme))
                .containsExactly("team_renamed D in D: Design > D", "team_security_group_renamed D in D: Design > S");
        control.post(path + "/teams", "{\"name\": \"Sales\"}");
        assertThat(news(acme)).containsExactly("team_created Sales in Sales");
        control.delete(person);
        assertThat(news(acme)).containsExactly("user_deleted Eva");

        control.patch(path + "/settings", "{\"scimEnabled\": false}");
        control.patch(path + "/settings", "{\"scimEnabled\": false, \"seats\": {\"Full\": 7}}");
        control.patch(path + "/settings", "{\"scimEnabled\": true}");
        control.post(path + "/tokens", "{\"kind\": \"scim\"}");
        control.post(path + "/tokens", "{\"kind\": \"rest\"}");
        assertThat(news(acme)).containsExactly("scim_disabled Test", "scim_enabled Test", "scim_token_generated Test");
    }

    /** How an organisation begins is no change, and a reset is a new beginning. */
    @Test
    void seedsMakeNoEvents_andAResetForgetsThem() {
        Control control = Control.of(context);
        JsonNode made = control.post("/organizations", """
                {"name": "Acme", "seed": {"teams": [{"name": "Design"}],
                  "people": [{"email": "ada@example.com", "role": "companyAdmin", "teams": ["Design"]}],
                  "userGroups": [{"name": "Writers", "members": ["ada@example.com"]}]}}
                """).body();
        RestClient rest = new RestClient(control.port(), made.path("restToken").asString());
        assertThat(events(rest, "")).isEmpty();

        String path = "/organizations/" + made.path("id").asString();
        control.post(path + "/people", "{\"email\": \"bob@example.com\"}");
        assertThat(events(rest, "")).hasSize(1);
        assertThat(control.get(path + "/seed").text()).doesNotContain("user_created");

        control.post(path + "/reset", "");
        assertThat(events(rest, "")).isEmpty();
        control.post(path + "/people", "{\"email\": \"bob@example.com\"}");
        assertThat(events(rest, "")).hasSize(1);
        assertThat(control.put(path + "/seed", "{\"organizations\": [{\"settings\": {\"scimEnabled\": false}}]}")
                        .status())
                .isEqualTo(204);
        assertThat(events(rest, "")).isEmpty();
    }

    @Test
    void otherOrganizations_areNotSeen_butThoseOfThePersonKnowTheNewName() {
        TestOrganization acme = TestOrganization.in(context)
                .settings("{\"claimedDomains\": [\"example.com\"]}")
                .member("ada@example.com")
                .create();
        TestOrganization other = TestOrganization.in(context)
                .inUniverseOf(acme)
                .member("ada@example.com")
                .create();
        TestOrganization third = TestOrganization.in(context)
                .inUniverseOf(acme)
                .member("bob@example.com")
                .create();
        String path = "/Users/" + acme.user("ada@example.com");

        done(acme.scim().patchWith(path, replace("userType", "\"Advanced\"")));
        assertThat(events(other, "")).isEmpty();
        done(acme.scim().patchWith(path, replace("userName", "\"eva@example.com\"")));

        assertThat(events(acme, "")).hasSize(2);
        assertThat(news(other))
                .containsExactly("user_email_changed eva@example.com: ada@example.com > eva@example.com");
        assertThat(events(third, "")).isEmpty();
    }

    @Test
    void pages_followEachOther_inBothOrders_andWhateverComes() {
        TestOrganization acme = TestOrganization.create(context, "{}");
        IntStream.range(0, 7).forEach(i -> createTeam(acme, "Team " + i));
        List<String> all = events(acme, "").stream().map(AuditLogTest::id).toList();
        assertThat(all).hasSize(7);

        for (String sorting : List.of("ASC", "DESC")) {
            List<String> read = new ArrayList<>();
            String cursor = "";
            while (cursor != null) {
                JsonNode page = ok(
                        acme.rest()
                                .get("/v2/audit/logs?%s&limit=3&sorting=%s&cursor=%s"
                                        .formatted(YEARS, sorting, cursor)),
                        200);
                assertThat(page.path("limit").asInt()).isEqualTo(3);
                assertThat(page.path("size").asInt())
                        .isEqualTo(page.path("data").size());
                read.addAll(each(page, "id"));
                cursor = page.has("cursor") ? page.path("cursor").asString() : null;
                if (sorting.equals("DESC")) {
                    createTeam(acme, "Late " + read.size());
                }
            }
            assertThat(read).isEqualTo(sorting.equals("ASC") ? all : all.reversed());
        }
    }

    @Test
    void aRange_beginsWithItsFirstMoment_andEndsBeforeItsLast() {
        TestOrganization acme = TestOrganization.create(context, "{}");
        createTeam(acme, "Design");
        String time = events(acme, "").getFirst().path("createdAt").asString();
        Instant next = Instant.parse(time).plusMillis(1);

        assertThat(range(acme, time, next.toString())).hasSize(1);
        assertThat(range(acme, next.toString(), "2120-01-01T00:00:00Z")).isEmpty();
        assertThat(range(acme, "2020-01-01T00:00:00Z", time)).isEmpty();
        assertThat(range(acme, time, time)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            createdBefore=2026-03-30T17:26:50.000Z                                        | The parameter createdAfter is missing
            createdAfter=2026-03-30T17:26:50.000Z                                         | The parameter createdBefore is missing
            createdAfter=yesterday&createdBefore=2026-03-30T17:26:50.000Z                 | createdAfter 'yesterday' is not a time
            createdAfter=2026-03-30&createdBefore=2026-03-31T00:00:00Z                    | createdAfter '2026-03-30' is not a time
            createdAfter=2026-03-30T00:00:00Z&createdBefore=                              | createdBefore '' is not a time
            createdAfter=2026-03-30T00:00:00Z&createdBefore=+1000000-01-01T00:00:00Z      | is not a time
            createdAfter=2026-03-31T00:00:00Z&createdBefore=2026-03-30T00:00:00Z          | is later than createdBefore
            YEARS&limit=0                                                                 | limit '0' is not a number from 1 to 500
            YEARS&limit=501                                                               | limit '501' is not a number from 1 to 500
            YEARS&limit=many                                                              | limit 'many' is not a number from 1 to 500
            YEARS&cursor=next                                                             | cursor does not come from a page
            YEARS&cursor=1-2-3                                                            | cursor does not come from a page
            YEARS&cursor=-1-5                                                             | cursor does not come from a page
            YEARS&sorting=desc                                                            | sorting 'desc' is neither ASC nor DESC
            """)
    void wrongParameters_areSaidSo(String query, String message) {
        TestOrganization acme = TestOrganization.create(context, "{}");

        JsonNode error =
                error(acme.rest().get("/v2/audit/logs?" + query.replace("YEARS", YEARS)), 400, "invalidParameters");

        assertThat(error.path("message").asString()).contains(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=1", "limit=500", "sorting=ASC", "sorting=DESC", "cursor="})
    void rightParameters(String query) {
        TestOrganization acme = TestOrganization.create(context, "{}");

        ok(acme.rest().get("/v2/audit/logs?" + YEARS + "&" + query), 200);
        ok(
                acme.rest()
                        .get("/v2/audit/logs?createdAfter=2026-03-30T17:26:50.00Z&createdBefore=2026-03-30T17:26:50Z"),
                200);
    }

    @Test
    void theHistoryOfAPerson_isReadByPages_newestFirst() {
        TestOrganization acme = TestOrganization.in(context)
                .team("Design")
                .member("ada@example.com")
                .member("bob@example.com")
                .create();
        String ada = acme.user("ada@example.com");
        patchGroup(acme, "Design", add(ada, acme.user("bob@example.com")));
        done(acme.scim().patchWith("/Users/" + ada, replace("displayName", "\"Ada\"")));
        done(acme.scim().patchWith("/Users/" + ada, replace("active", "false")));

        List<String> history = new ArrayList<>();
        Slice<AuditEvent> slice = log.ofPerson(acme.id(), Long.parseLong(ada), null, 2);
        assertThat(slice.more()).isTrue();
        slice.items().forEach(event -> history.add(event.type().name()));
        AuditEvent last = slice.items().getLast();
        slice = log.ofPerson(acme.id(), Long.parseLong(ada), new Position(last.createdAt(), last.id()), 2);
        assertThat(slice.more()).isFalse();
        slice.items().forEach(event -> history.add(event.type().name()));

        assertThat(history).containsExactly("USER_DEACTIVATED", "USER_RENAMED", "TEAM_MEMBER_ADDED");
        TestOrganization other = TestOrganization.create(context, "{}");
        assertThat(log.ofPerson(other.id(), Long.parseLong(ada), null, 2).items())
                .isEmpty();
    }

    /** What has happened since this was asked last, each in one line. */
    private List<String> news(TestOrganization acme) {
        List<String> all = events(acme, "").stream().map(AuditLogTest::line).toList();
        List<String> news = all.subList(seen, all.size());
        seen = all.size();
        return news;
    }

    private static String line(JsonNode event) {
        JsonNode details = event.path("details");
        String place = event.path("context").has("team")
                ? event.path("context").path("team").path("name").asString()
                : details.path("userGroupName").asString("");
        String values = details.has("oldValue") || details.has("newValue")
                ? ": %s > %s"
                        .formatted(
                                details.path("oldValue").asString("-"),
                                details.path("newValue").asString("-"))
                : "";
        return event.path("event").asString() + " "
                + event.path("object").path("name").asString() + (place.isEmpty() ? "" : " in " + place) + values;
    }

    private static String id(JsonNode event) {
        return event.path("id").asString();
    }

    private List<JsonNode> range(TestOrganization acme, String from, String to) {
        return ok(acme.rest().get("/v2/audit/logs?createdAfter=%s&createdBefore=%s".formatted(from, to)), 200)
                .path("data")
                .valueStream()
                .toList();
    }

    private List<JsonNode> events(TestOrganization acme, String query) {
        return events(acme.rest("auditlogs:read"), query);
    }

    private static List<JsonNode> events(RestClient rest, String query) {
        return ok(rest.get("/v2/audit/logs?" + YEARS + "&limit=500" + query), 200)
                .path("data")
                .valueStream()
                .toList();
    }

    /** How many statements write to the log while {@code work} is done. */
    private static int inserts(Runnable work) {
        return (int) Statements.of(work).stream()
                .map(Sent::sql)
                .filter(sql -> sql.contains("insert into audit_event"))
                .count();
    }

    private static void createTeam(TestOrganization acme, String name) {
        ok(acme.rest().post(acme.path("/teams"), "{\"name\": \"%s\"}".formatted(name)), 201);
    }

    private static void patchGroup(TestOrganization acme, String group, String operation) {
        done(acme.scim().patchWith("/Groups/" + acme.group(group), operation));
    }

    private static void done(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    private static String replace(String path, String value) {
        return "{\"op\": \"replace\", \"path\": \"%s\", \"value\": %s}".formatted(path, value);
    }

    private static String add(String... users) {
        return "{\"op\": \"add\", \"path\": \"members\", \"value\": [%s]}"
                .formatted(Stream.of(users)
                        .map("{\"value\": \"%s\"}"::formatted)
                        .reduce((one, other) -> one + ", " + other)
                        .orElseThrow());
    }
}

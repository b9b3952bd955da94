package dev.miroscim.platform;

import static dev.miroscim.platform.Answers.each;
import static dev.miroscim.platform.Answers.error;
import static dev.miroscim.platform.Answers.json;
import static dev.miroscim.platform.Answers.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.miroscim.Control;
import dev.miroscim.MiroScimTest;
import dev.miroscim.RestClient;
import dev.miroscim.ScimClient.Answer;
import dev.miroscim.Statements;
import dev.miroscim.TestOrganization;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

@MiroScimTest
class BoardListTest {

    @Autowired
    private ApplicationContext context;

    private TestOrganization organization() {
        return TestOrganization.in(context)
                .team("Design")
                .team("Sales")
                .companyAdmin("ada@example.com", "Design")
                .member("bob@example.com", "Design", "Sales")
                .board("plan", "Design", "ada@example.com")
                .board("Budget 100%", "Sales", "bob@example.com")
                .board("Another plan", "Design", "bob@example.com")
                .create();
    }

    @Test
    void aBoard_isInMirosForm() {
        TestOrganization acme = organization();
        RestClient rest = acme.rest();

        JsonNode page = ok(rest.get("/v2/boards?query=Budget"), 200);

        JsonNode board = page.path("data").path(0);
        String id = board.path("id").stringValue();
        String base = board.path("links").path("self").stringValue().replaceFirst("/v2/boards/.*", "");
        String made = board.path("createdAt").stringValue();
        assertThat(made).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
        assertThat(board)
                .isEqualTo(json("""
                {"id": "%1$s", "type": "board", "name": "Budget 100%%", "description": "",
                 "links": {"self": "%2$s/v2/boards/%1$s"}, "createdAt": "%3$s", "modifiedAt": "%3$s",
                 "owner": {"id": "%4$s", "type": "user", "name": "bob@example.com"},
                 "policy": {
                     "permissionsPolicy": {"collaborationToolsStartAccess": "all_editors", "copyAccess": "anyone",
                         "sharingAccess": "team_members_with_editing_rights"},
                     "sharingPolicy": {"access": "private", "inviteToAccountAndBoardLinkAccess": "no_access",
                         "organizationAccess": "private", "teamAccess": "private"}},
                 "team": {"id": "%5$s", "type": "team", "name": "Sales"}, "viewLink": "%2$s/app/board/%1$s"}
                """.formatted(id, base, made, acme.user("bob@example.com"), acme.group("Sales"))));
        assertThat(ok(rest.get("/v2/boards/" + id), 200)).isEqualTo(board);
        assertThat(page.path("total").intValue()).isOne();
        assertThat(page.path("size").intValue()).isOne();
        assertThat(page.path("offset").intValue()).isZero();
        assertThat(page.path("limit").intValue()).isEqualTo(20);
        assertThat(page.path("type").stringValue()).isEqualTo("list");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sort=alphabetically                 | Another plan, Budget 100%, plan
            sort=last_created                   | Another plan, Budget 100%, plan
            query=&owner=&sort=alphabetically   | Another plan, Budget 100%, plan
            query=PLAN&sort=alphabetically      | Another plan, plan
            query=0%25                          | Budget 100%
            query=_                             |
            owner=BOB&sort=alphabetically       | Another plan, Budget 100%
            team_id=DESIGN&sort=alphabetically  | Another plan, plan
            team_id=DESIGN                      | Another plan, plan
            team_id=DESIGN&owner=BOB&query=plan | Another plan
            team_id=1                           |
            owner=1                             |
            project_id=1                        |
            """)
    void boards_areFilteredAndSorted(String query, String names) {
        TestOrganization acme = organization();

        Answer answer = acme.rest()
                .get("/v2/boards?"
                        + query.replace("BOB", acme.user("bob@example.com")).replace("DESIGN", acme.group("Design")));

        assertThat(each(ok(answer, 200), "name")).isEqualTo(names == null ? List.of() : List.of(names.split(", ")));
        assertThat(answer.rules()).isEmpty();
        assertThat(answer.body().path("total").intValue())
                .isEqualTo(answer.body().path("size").intValue());
    }

    @Test
    void whatWasRenamedLast_isModifiedLast() {
        TestOrganization acme = organization();
        RestClient rest = acme.rest();
        String plan = ok(rest.get("/v2/boards?sort=last_created"), 200)
                .path("data")
                .path(2)
                .path("id")
                .stringValue();

        Control.of(context).patch("/organizations/%d/boards/%s".formatted(acme.id(), plan), "{\"name\": \"Old plan\"}");

        assertThat(each(ok(rest.get("/v2/boards"), 200), "name").getFirst()).isEqualTo("Old plan");
        assertThat(each(ok(rest.get("/v2/boards?sort=last_modified"), 200), "name")
                        .getFirst())
                .isEqualTo("Old plan");
        assertThat(each(ok(rest.get("/v2/boards?sort=last_created"), 200), "name")
                        .getLast())
                .isEqualTo("Old plan");
        Answer opened = rest.get("/v2/boards?sort=last_opened");
        assertThat(each(ok(opened, 200), "name").getFirst()).isEqualTo("Old plan");
        assertThat(opened.rules()).containsExactly("boards-never-opened");
    }

    @Test
    void pages_followTheirLinks() {
        TestOrganization.Builder builder =
                TestOrganization.in(context).team("Design").companyAdmin("ada@example.com", "Design");
        for (int i = 0; i < 7; i++) {
            builder.board("Board " + i, "Design", "ada@example.com");
        }
        TestOrganization acme = builder.create();
        RestClient rest = acme.rest();
        List<String> names = new ArrayList<>();

        String next = "/v2/boards?sort=alphabetically&limit=3&query=board%20";
        while (next != null) {
            JsonNode page = ok(rest.get(next), 200);
            assertThat(page.path("total").intValue()).isEqualTo(7);
            names.addAll(each(page, "name"));
            JsonNode links = page.path("links");
            assertThat(links.path("first").stringValue()).contains("offset=0").contains("query=board%20");
            assertThat(links.path("last").stringValue()).contains("offset=6");
            assertThat(links.has("prev")).isEqualTo(page.path("offset").intValue() > 0);
            next = links.has("next") ? pathOf(links.path("next").stringValue()) : null;
        }

        assertThat(names).hasSize(7).isSorted();
        assertThat(ok(rest.get("/v2/boards?offset=50"), 200).path("total").intValue())
                .isEqualTo(7);
        assertThat(Statements.of(() -> rest.get("/v2/boards?limit=3&offset=3"))).hasSizeLessThanOrEqualTo(2);
    }

    private static String pathOf(String link) {
        URI uri = URI.create(link);
        return uri.getRawPath() + "?" + uri.getRawQuery();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=51",
                "limit=x",
                "offset=-1",
                "offset=9999999999",
                "sort=name",
                "owner=Bob",
                "team_id=Design"
            })
    void wrongParameters(String query) {
        error(organization().rest().get("/v2/boards?" + query), 400, "invalidParameters");
    }

    @Test
    void boardsOfOtherOrganizations_areNotThere() {
        TestOrganization acme = organization();
        TestOrganization other = organization();
        String theirs = ok(other.rest().get("/v2/boards"), 200)
                .path("data")
                .path(0)
                .path("id")
                .stringValue();

        assertThat(each(ok(acme.rest().get("/v2/boards"), 200), "id"))
                .hasSize(3)
                .doesNotContain(theirs);
        error(acme.rest().get("/v2/boards/" + theirs), 404, "notFound");
        error(acme.rest().get("/v2/boards/uXjVOfjkmAk="), 404, "notFound");
        assertThat(each(ok(acme.rest().get("/v2/boards?team_id=" + other.group("Design")), 200), "id"))
                .isEmpty();
    }

    @Test
    void whoGetsTheBoardsOfALeaver_isTheirOwner() {
        TestOrganization acme = organization();

        acme.scim().delete("/Users/" + acme.user("bob@example.com"));

        assertThat(ok(acme.rest().get("/v2/boards?owner=" + acme.user("ada@example.com")), 200)
                        .path("total")
                        .intValue())
                .isEqualTo(3);
    }

    @Test
    void theFirstPage_isReadFromAnIndex_howeverManyBoardsThereAre() {
        TestOrganization acme = organization();
        JdbcClient database = context.getBean(JdbcClient.class);
        TransactionTemplate transaction = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
        transaction.executeWithoutResult(_ -> database.sql("""
                        insert into board (id, organization_id, team_id, owner_id, name, created_at, modified_at)
                        select nextval('miro_id'), b.organization_id, b.team_id, b.owner_id, 'Board ' || n,
                            now() - n * interval '1 minute', now() - n * interval '1 minute'
                        from (select * from board where organization_id = ? limit 1) b, generate_series(1, 20000) n
                        """).param(acme.id()).update());
        transaction.executeWithoutResult(_ -> database.sql("analyze board").update());

        for (String order : List.of("modified_at desc, id desc", "created_at desc, id desc", "lower(name), id")) {
            assertThat(database.sql("explain select * from board where organization_id = %d order by %s limit 50"
                                    .formatted(acme.id(), order))
                            .query(String.class)
                            .list())
                    .as(order)
                    .anyMatch(line -> line.contains("Index Scan"))
                    .noneMatch(line -> line.contains("Sort"));
        }
        assertThat(ok(acme.rest().get("/v2/boards?limit=50&sort=alphabetically"), 200)
                        .path("total")
                        .intValue())
                .isEqualTo(20_003);
    }
}

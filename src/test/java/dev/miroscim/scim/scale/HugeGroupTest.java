package dev.miroscim.scim.scale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miroscim.Campaign;
import dev.miroscim.OwnDatabase;
import dev.miroscim.ScimClient.Answer;
import dev.miroscim.TestOrganization;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Okta's <em>Push Now</em> replaces all members, also of a team that everybody is in: more people than a statement has
 * parameters. They have a database to themselves, so that nobody else's plans change.
 */
@Campaign
class HugeGroupTest {

    private static final int PEOPLE = 70_000;

    private static OwnDatabase database;
    private static ConfigurableApplicationContext program;

    @BeforeAll
    static void start() throws SQLException {
        database = OwnDatabase.create("huge_group");
        program = database.start();
    }

    @AfterAll
    static void stop() throws SQLException {
        program.close();
        database.drop();
    }

    @Test
    void replace_takesEverybodyElseOut() throws SQLException {
        TestOrganization acme = company(true);

        Answer answer =
                acme.scim().patchWith("/Groups/" + acme.group("Design"), """
                {"op": "replace", "path": "members", "value": [{"value": "%s"}]}
                """.formatted(acme.user("ada@example.com")));

        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.body().path("members")).hasSize(1);
        assertThat(users(acme)).isEqualTo(PEOPLE + 1);
    }

    @Test
    void remove_letsEverybodyGoWhoNeverRegistered() throws SQLException {
        TestOrganization acme = company(false);

        Answer answer = acme.scim().patchWith("/Groups/" + acme.group("Design"), """
                {"op": "remove", "path": "members"}
                """);

        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.rules()).containsExactly("unregistered-user-leaves");
        assertThat(answer.body().path("members")).isEmpty();
        assertThat(users(acme)).isOne();
    }

    private static int users(TestOrganization acme) {
        return acme.scim().get("/Users?count=0").body().path("totalResults").asInt();
    }

    /** One with a team of {@value #PEOPLE}, whom Ada is not in yet. */
    private static TestOrganization company(boolean registered) throws SQLException {
        TestOrganization acme = TestOrganization.in(program)
                .team("Design")
                .companyAdmin("ada@example.com")
                .create();
        database.execute("""
                with person as (
                  insert into profile (id, universe_id, email, full_name, registered)
                  select nextval('miro_id'), o.universe_id, n || '@crowd.example', 'Number ' || n, %3$s
                  from organization o, generate_series(1, %2$d) as n where o.id = %1$d
                  returning id),
                member as (
                  insert into membership (id, organization_id, profile_id, role, admin_roles, status, license, created_at,
                    modified_at)
                  select nextval('miro_id'), %1$d, id, 'INTERNAL_USER', '{}', 'ACTIVE', 'FULL', now(), now() from person
                  returning id)
                insert into team_member (team_id, membership_id, role, joined_at)
                select %4$s, id, 'MEMBER', now() from member
                """.formatted(acme.id(), PEOPLE, registered, acme.group("Design")));
        return acme;
    }
}

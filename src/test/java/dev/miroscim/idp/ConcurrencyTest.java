package dev.miroscim.idp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.miroscim.Campaign;
import dev.miroscim.Control;
import dev.miroscim.Invariants;
import dev.miroscim.MiroScimTest;
import dev.miroscim.OwnDatabase;
import dev.miroscim.RestClient;
import dev.miroscim.ScimClient;
import dev.miroscim.TestOrganization;
import dev.miroscim.testkit.NewOrganization;
import dev.miroscim.testkit.Organization;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Many clients at once, at two instances of the program over one database. The database is one of this test's own, so
 * that the deadlocks that PostgreSQL counts in it are those of this test.
 */
@Campaign
@MiroScimTest
@Isolated("lets 32 clients call at once")
class ConcurrencyTest {

    private static final int CLIENTS = 32;

    private static OwnDatabase database;
    private static List<ConfigurableApplicationContext> instances;

    @BeforeAll
    static void startTwoInstances() throws SQLException {
        database = OwnDatabase.create("concurrency");
        String patience = "--spring.datasource.hikari.connection-timeout=20000";
        instances = List.of(database.start(patience), database.start(patience));
    }

    /** Whoever leaves a database behind tells it all that it had still to tell; that is when the count is complete. */
    @AfterAll
    static void noDeadlocks() throws SQLException {
        instances.forEach(ConfigurableApplicationContext::close);
        await().until(() -> database.numberFromOutside("select count(*) from pg_stat_activity where datname = ?") == 0);
        assertThat(database.numberFromOutside("select deadlocks from pg_stat_database where datname = ?"))
                .isZero();
        database.drop();
    }

    /**
     * Each client has one member and, the first of them, one attribute of Jane to itself; what it did last must be
     * there.
     */
    @Test
    void membersOfOneTeam_attributesOfOneUser() throws Exception {
        TestOrganization.Builder company = company();
        for (int i = 0; i < CLIENTS; i++) {
            company.member("member" + i + "@example.com", "Everyone");
        }
        TestOrganization miro = company.create();
        List<String> attributes = List.of(
                "displayName",
                "preferredLanguage",
                "photos.value",
                "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber",
                "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:costCenter",
                "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:organization",
                "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:division",
                "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department");
        String design = "/Groups/" + miro.group("Design");
        String jane = "/Users/" + miro.user("jane@example.com");

        List<Integer> statuses = atOnce(client -> {
            ScimClient scim = at(client, miro);
            String member = miro.user("member" + client + "@example.com");
            List<Integer> seen = new ArrayList<>();
            for (int round = 0; round < 6; round++) {
                boolean in = (client + round) % 2 == 0;
                seen.add(scim.patchWith(design, in ? adding(member) : removing(member))
                        .status());
                if (client < attributes.size()) {
                    seen.add(scim.patchWith(jane, """
                            {"op": "replace", "path": "%s", "value": "value %d"}
                            """.formatted(attributes.get(client), round))
                            .status());
                }
            }
            return seen;
        });

        assertThat(statuses).containsOnly(200);
        Set<String> expected =
                new HashSet<>(Set.of(miro.user("admin@example.com"), miro.user("other.admin@example.com")));
        for (int client = 1; client < CLIENTS; client += 2) {
            expected.add(miro.user("member" + client + "@example.com"));
        }
        assertThat(members(miro, design)).containsExactlyInAnyOrderElementsOf(expected);
        String shown = miro.scim().get(jane).text();
        assertThat(shown.split("value 5", -1)).as(shown).hasSizeGreaterThan(attributes.size());
        assertThat(shown).doesNotContain("value 4");
    }

    /** Entra sends the first members of a group in parallel, and to several instances behind a load balancer. */
    @Test
    void membersOfOneTeam_addedByAll() throws Exception {
        TestOrganization.Builder company = company();
        for (int i = 0; i < CLIENTS * 4; i++) {
            company.member("member" + i + "@example.com", "Everyone");
        }
        TestOrganization miro = company.create();
        String design = "/Groups/" + miro.group("Design");

        List<Integer> statuses = atOnce(client -> {
            List<Integer> seen = new ArrayList<>();
            // Half of them are also added by the next client.
            for (int i = client * 4; i < client * 4 + 6; i++) {
                String member = miro.user("member" + i % (CLIENTS * 4) + "@example.com");
                seen.add(at(client, miro).patchWith(design, adding(member)).status());
            }
            return seen;
        });

        assertThat(statuses).containsOnly(200);
        assertThat(members(miro, design)).hasSize(CLIENTS * 4 + 2);
    }

    /** One address, wanted by all: one gets it, the others are told so. */
    @Test
    void oneAddress() throws Exception {
        TestOrganization miro = company().create();

        List<Integer> statuses = atOnce(client -> List.of(at(client, miro)
                .post("/Users", "{\"userName\": \"Wanted@example.com\"}")
                .status()));

        assertThat(statuses).containsOnlyOnce(201).contains(409).hasSize(CLIENTS);
        assertThat(statuses.stream().filter(status -> status == 409)).hasSize(CLIENTS - 1);
    }

    /** One name, wanted by all on both planes: one gets it, the others are told so. */
    @Test
    void oneUserGroup() throws Exception {
        TestOrganization miro = companyOfUserGroups();
        String token = miro.rest().token();

        List<Integer> statuses = atOnce(client -> List.of(
                client % 4 < 2
                        ? at(client, miro)
                                .post("/Groups", "{\"displayName\": \"Wanted\"}")
                                .status()
                        : restAt(client, token)
                                .post(miro.path("/groups"), "{\"name\": \"WANTED\"}")
                                .status()));

        assertThat(statuses).containsOnlyOnce(201).containsOnly(201, 409);
        assertThat(miro.scim().get("/Groups").resources()).hasSize(1);
    }

    @Test
    void membersOfOneUserGroup() throws Exception {
        TestOrganization miro = companyOfUserGroups();
        String id = miro.scim()
                .post("/Groups", "{\"displayName\": \"Writers\"}")
                .body()
                .get("id")
                .stringValue();
        String token = miro.rest().token();
        String jane = "{\"email\": \"jane@example.com\"}";

        List<Integer> ofJane = atOnce(client -> List.of(restAt(client, token)
                .post(miro.path("/groups/" + id + "/members"), jane)
                .status()));
        List<Integer> ofAll = atOnce(client -> List.of(
                at(client, miro)
                        .patchWith("/Groups/" + id, adding(miro.user("member" + client + "@example.com")))
                        .status(),
                at(client, miro)
                        .patchWith("/Groups/" + id, adding(miro.user("jane@example.com")))
                        .status()));

        assertThat(ofJane).containsOnlyOnce(201).containsOnly(201, 409);
        assertThat(ofAll).containsOnly(200);
        assertThat(members(miro, "/Groups/" + id)).hasSize(CLIENTS + 1).doesNotHaveDuplicates();
    }

    /** Groups are deleted while people come, go and are deleted. */
    @Test
    void userGroupsAtOnce() throws Exception {
        TestOrganization miro = companyOfUserGroups();
        List<String> groups = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            groups.add(miro.scim()
                    .post("/Groups", "{\"displayName\": \"Group %d\"}".formatted(i))
                    .body()
                    .get("id")
                    .stringValue());
        }
        Invariants invariants = Invariants.of(instances.getFirst().getBean(JdbcClient.class), miro);

        String token = miro.rest().token();
        List<Integer> statuses = atOnce(client -> {
            Random random = new Random(client);
            List<Integer> seen = new ArrayList<>();
            for (int i = 0; i < 15; i++) {
                seen.add(anythingWithUserGroups(client, token, random, miro, groups));
            }
            return seen;
        });

        assertThat(statuses).isSubsetOf(200, 201, 204, 207, 400, 404, 409).contains(200, 204, 207);
        invariants.check();
    }

    private static int anythingWithUserGroups(
            int client, String token, Random random, TestOrganization miro, List<String> groups) {
        ScimClient scim = at(client, miro);
        RestClient rest = restAt(client, token);
        String group = groups.get(random.nextInt(groups.size()));
        String one = "member%d@example.com".formatted(random.nextInt(CLIENTS));
        String other = "member%d@example.com".formatted(random.nextInt(CLIENTS));
        String places = miro.path("/teams/" + miro.group("Design") + "/groups");
        return switch (random.nextInt(20)) {
            case 0 -> scim.delete("/Groups/" + group).status();
            case 1, 2 -> scim.delete("/Users/" + miro.user(one)).status();
            case 3, 4 ->
                scim.post("/Users", "{\"userName\": \"%s\"}".formatted(one)).status();
            case 5, 6, 7 ->
                rest.patch(miro.path("/groups/" + group + "/members"), """
                                {"membersToAdd": ["%s", "%s"], "membersToRemove": ["%s"]}
                                """.formatted(other, one, one))
                        .status();
            case 8, 9 ->
                rest.post(places, "{\"userGroupId\": \"%s\", \"role\": \"member\"}".formatted(group))
                        .status();
            case 10 -> rest.delete(places + "/" + group).status();
            case 11, 12 ->
                scim.patchWith("/Groups/" + group, """
                                {"op": "replace", "path": "displayName", "value": "Group of %d"},
                                {"op": "replace", "path": "members", "value": [{"value": "%s"}]}
                                """.formatted(client, miro.user(one)))
                        .status();
            default ->
                scim.patchWith("/Groups/" + group, adding(miro.user(one)) + "," + removing(miro.user(other)))
                        .status();
        };
    }

    private static TestOrganization companyOfUserGroups() {
        TestOrganization.Builder company = company().settings("{\"groupModel\": \"USER_GROUPS\"}");
        for (int i = 0; i < CLIENTS; i++) {
            company.member("member" + i + "@example.com", "Everyone");
        }
        return company.create();
    }

    /** Whatever happens to people while they come and go, rules hold and nobody waits for ever. */
    @Test
    void everythingAtOnce() throws Exception {
        TestOrganization.Builder company = company().settings("""
                        {"seats": {"Full": 9}, "deactivateCompanyAdmin": "ALLOW"}
                        """).companyAdmin("second.root@example.com", "Everyone");
        for (int i = 0; i < 10; i++) {
            if (i % 2 == 0) {
                company.unregistered("member" + i + "@example.com", "Everyone", "Design");
            } else {
                company.deactivated("member" + i + "@example.com", "Everyone", "Sales");
            }
            company.board("Board " + i, i % 2 == 0 ? "Design" : "Sales", "member" + i + "@example.com");
        }
        TestOrganization miro = company.create();
        Invariants invariants = Invariants.of(instances.getFirst().getBean(JdbcClient.class), miro);
        List<String> people = shown(miro.ids().people().values());
        List<String> teams = shown(miro.ids().teams().values());

        List<Integer> statuses = atOnce(client -> {
            Random random = new Random(client);
            List<Integer> seen = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                seen.add(anything(at(client, miro), random, people, teams));
            }
            return seen;
        });

        assertThat(statuses).isSubsetOf(200, 201, 204, 400, 404, 409).contains(200, 204, 409);
        invariants.check();
    }

    /** One person, invited by all over REST: one invitation is the first, the others are told so. */
    @Test
    void oneInvitation() throws Exception {
        TestOrganization miro = company().create();
        String token = miro.rest().token();

        List<Integer> statuses = atOnce(client -> List.of(restAt(client, token)
                .post(
                        miro.path("/teams/" + miro.group("Design") + "/members"),
                        "{\"email\": \"Jane@Example.com\", \"role\": \"member\"}")
                .status()));

        assertThat(statuses).containsOnlyOnce(201).hasSize(CLIENTS);
        assertThat(statuses.stream().filter(status -> status == 409)).hasSize(CLIENTS - 1);
        assertThat(members(miro, "/Groups/" + miro.group("Design"))).containsOnlyOnce(miro.user("jane@example.com"));
    }

    /** The admins of a team and of the organisation go from both sides at once, until each has one left. */
    @Test
    void lastAdmins_onBothPlanes() throws Exception {
        TestOrganization miro =
                company().companyAdmin("second.root@example.com", "Everyone").create();
        Invariants invariants = Invariants.of(instances.getFirst().getBean(JdbcClient.class), miro);
        String token = miro.rest().token();
        String design = miro.group("Design");
        List<String> teamAdmins = List.of(miro.user("admin@example.com"), miro.user("other.admin@example.com"));
        List<String> companyAdmins = List.of(miro.user("root@example.com"), miro.user("second.root@example.com"));

        List<Integer> statuses = atOnce(client -> {
            String teamAdmin = teamAdmins.get(client / 2 % 2);
            String place = miro.path("/teams/" + design + "/members/" + teamAdmin);
            return List.of(
                    switch (client % 8) {
                        case 0, 3 ->
                            restAt(client, token)
                                    .patch(place, "{\"role\": \"member\"}")
                                    .status();
                        case 1, 2 -> restAt(client, token).delete(place).status();
                        case 4, 7 ->
                            at(client, miro)
                                    .patchWith("/Groups/" + design, removing(teamAdmin))
                                    .status();
                        default ->
                            at(client, miro).delete("/Users/" + teamAdmin).status();
                    },
                    at(client, miro)
                            .patchWith(
                                    "/Users/" + companyAdmins.get(client % 2),
                                    replacing("roles.value", "\"ORGANIZATION_INTERNAL_USER\""))
                            .status());
        });

        assertThat(statuses).isSubsetOf(200, 204, 404, 409).contains(409);
        invariants.check();
    }

    /** Teams go over REST while those who own their boards go over SCIM. */
    @Test
    void teamsAndTheirMembers_goAtOnce() throws Exception {
        TestOrganization.Builder company = company();
        String[] passing =
                IntStream.range(0, CLIENTS / 2).mapToObj(i -> "Passing " + i).toArray(String[]::new);
        Stream.of(passing).forEach(company::team);
        for (int i = 0; i < CLIENTS; i++) {
            company.member("member" + i + "@example.com", passing);
            for (String team : passing) {
                company.board("Board", team, "member" + i + "@example.com");
            }
        }
        TestOrganization miro = company.create();
        Invariants invariants = Invariants.of(instances.getFirst().getBean(JdbcClient.class), miro);
        String token = miro.rest().token();

        List<Integer> statuses = atOnce(client -> client % 2 == 0
                ? List.of(restAt(client / 2, token)
                        .delete(miro.path("/teams/" + miro.group(passing[client / 2])))
                        .status())
                : List.of(
                        at(client / 2, miro)
                                .delete("/Users/" + miro.user("member" + client + "@example.com"))
                                .status(),
                        at(client / 2, miro)
                                .delete("/Users/" + miro.user("member" + (client - 1) + "@example.com"))
                                .status()));

        assertThat(statuses).containsOnly(204);
        invariants.check();
    }

    /** Teams come and go over REST, with people and boards in them, while both planes change who they are. */
    @Test
    void bothPlanesAtOnce() throws Exception {
        TestOrganization.Builder company =
                company().settings("{\"seats\": {\"Full\": 20}}").companyAdmin("second.root@example.com", "Everyone");
        String[] passing = IntStream.range(0, 12).mapToObj(i -> "Passing " + i).toArray(String[]::new);
        Stream.of(passing).forEach(company::team);
        for (int i = 0; i < 12; i++) {
            String email = "member" + i + "@example.com";
            switch (i % 4) {
                case 0 -> company.unregistered(email, passing);
                case 1 -> company.guest(email, passing);
                default -> company.member(email, passing);
            }
            for (String team : passing) {
                company.board("Board", team, email);
            }
        }
        TestOrganization miro = company.create();
        Invariants invariants = Invariants.of(instances.getFirst().getBean(JdbcClient.class), miro);
        String token = miro.rest().token();
        List<String> people = shown(miro.ids().people().values());
        List<String> teams = shown(miro.ids().teams().values());

        List<Integer> statuses = atOnce(client -> {
            Random random = new Random(client);
            List<Integer> seen = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                seen.add(
                        random.nextInt(3) == 0
                                ? anything(at(client, miro), random, people, teams)
                                : anything(restAt(client, token), miro, random, people, teams));
            }
            return seen;
        });

        assertThat(statuses).isSubsetOf(200, 201, 204, 400, 404, 409).contains(200, 201, 204, 404, 409);
        invariants.check();
    }

    private static int anything(
            RestClient rest, TestOrganization miro, Random random, List<String> people, List<String> teams) {
        String team = miro.path("/teams/" + teams.get(random.nextInt(teams.size())));
        String place = team + "/members/" + people.get(random.nextInt(people.size()));
        String role = random.nextBoolean() ? "admin" : "member";
        return switch (random.nextInt(8)) {
            case 0, 1, 2 ->
                rest.post(
                                team + "/members",
                                "{\"email\": \"member%d@example.com\", \"role\": \"%s\"}"
                                        .formatted(random.nextInt(12), role))
                        .status();
            case 3 -> rest.patch(place, "{\"role\": \"%s\"}".formatted(role)).status();
            case 4 -> rest.delete(place).status();
            case 5 ->
                rest.patch(team, "{\"name\": \"Name %d\"}".formatted(random.nextInt(9)))
                        .status();
            case 6 ->
                rest.post(miro.path("/teams"), "{\"name\": \"New %d\"}".formatted(random.nextInt(9)))
                        .status();
            default ->
                rest.delete(miro.path("/teams/" + miro.group("Passing " + random.nextInt(12))))
                        .status();
        };
    }

    private static int anything(ScimClient scim, Random random, List<String> people, List<String> teams) {
        String person = people.get(random.nextInt(people.size()));
        String other = people.get(random.nextInt(people.size()));
        String team = "/Groups/" + teams.get(random.nextInt(teams.size()));
        String user = "/Users/" + person;
        return switch (random.nextInt(14)) {
            case 0, 1, 2 ->
                scim.patchWith(team, adding(person) + "," + adding(other)).status();
            case 3, 4 ->
                scim.patchWith(team, removing(person) + "," + removing(other)).status();
            case 5 ->
                scim.patchWith(team, removing(person) + "," + adding(other)).status();
            case 6 ->
                scim.patchWith(
                                team,
                                replacing(
                                        "members",
                                        "[{\"value\": \"%s\"}, {\"value\": \"%s\"}]".formatted(person, other)))
                        .status();
            case 7 -> scim.patchWith(user, replacing("active", "false")).status();
            case 8 -> scim.patchWith(user, replacing("active", "true")).status();
            case 9 ->
                scim.patchWith(user, replacing("displayName", "\"Name " + random.nextInt(9) + "\""))
                        .status();
            case 10 ->
                scim.patchWith(user, replacing("userName", "\"name" + random.nextInt(9) + "@example.com\""))
                        .status();
            case 11 ->
                scim.patchWith(
                                user,
                                replacing(
                                        "roles.value",
                                        random.nextBoolean()
                                                ? "\"ORGANIZATION_INTERNAL_ADMIN\""
                                                : "\"ORGANIZATION_INTERNAL_USER\""))
                        .status();
            case 12 -> scim.delete(user).status();
            default ->
                scim.post("/Users", "{\"userName\": \"member" + random.nextInt(12) + "@example.com\"}")
                        .status();
        };
    }

    /** An administrator says all teams of a person at once; a group PATCH holds one team and then the person. */
    @Test
    void administratorsMovePeople_whileGroupsArePatched() throws Exception {
        TestOrganization miro = company().create();
        List<String> people = List.of(miro.user("jane@example.com"), miro.user("other.admin@example.com"));
        List<String> groups = List.of("Everyone", "Design", "Sales");

        List<Integer> statuses = atOnce(client -> {
            ScimClient scim = at(client, miro);
            Control control = Control.of(instances.get(client % instances.size()));
            Random random = new Random(client);
            List<Integer> seen = new ArrayList<>();
            for (int round = 0; round < 8; round++) {
                String person = people.get(random.nextInt(people.size()));
                if (client % 2 == 0) {
                    List<String> teams = groups.stream()
                            .filter(_ -> random.nextBoolean())
                            .map(name -> '"' + name + '"')
                            .toList();
                    seen.add(control.patch(
                                    "/organizations/%d/people/%s".formatted(miro.id(), person),
                                    "{\"teams\": %s}".formatted(teams))
                            .status());
                } else {
                    String group = "/Groups/" + miro.group(groups.get(random.nextInt(groups.size())));
                    seen.add(scim.patchWith(group, random.nextBoolean() ? adding(person) : removing(person))
                            .status());
                }
            }
            return seen;
        });

        // 409: somebody is the last admin of the team just then.
        assertThat(statuses).containsAnyOf(200).isSubsetOf(200, 409);
    }

    /** A reset waits for its turn, and so do those whom it takes everything from under their hands. */
    @Test
    void resets_whileClientsAreBusy() throws Exception {
        Control first = Control.of(instances.getFirst());
        Organization acme = first.admin()
                .createOrganization(NewOrganization.named("Busy")
                        .seed(Map.of(
                                "teams",
                                List.of(Map.of("name", "Everyone", "default", true), Map.of("name", "Design")),
                                "people",
                                List.of(
                                        Map.of("email", "root@example.com", "role", "companyAdmin"),
                                        Map.of("email", "ada@example.com", "teams", List.of("Design")),
                                        Map.of("email", "bob@example.com", "teams", List.of("Design"))))));
        String design = "/Groups/"
                + first.scim(acme)
                        .get("/Groups?filter=displayName eq \"Design\"")
                        .resources()
                        .getFirst()
                        .path("id")
                        .asString();
        List<String> people = first.scim(acme).get("/Users").resources().stream()
                .map(user -> user.path("id").asString())
                .toList();
        Set<Integer> resets = ConcurrentHashMap.newKeySet();

        List<Integer> statuses = atOnce(client -> {
            Control control = Control.of(instances.get(client % instances.size()));
            if (client < 4) {
                for (int round = 0; round < 4; round++) {
                    resets.add(control.post("/organizations/%s/reset".formatted(acme.id()), "")
                            .status());
                }
                return List.of();
            }
            ScimClient scim = control.scim(acme);
            Random random = new Random(client);
            List<Integer> seen = new ArrayList<>();
            for (int round = 0; round < 8; round++) {
                String person = people.get(random.nextInt(people.size()));
                seen.add(
                        switch (random.nextInt(5)) {
                            case 0 -> scim.delete("/Users/" + person).status();
                            case 1 ->
                                scim.post("/Users", "{\"userName\": \"ada@example.com\"}")
                                        .status();
                            case 2 -> scim.patchWith(design, adding(person)).status();
                            case 3 -> scim.patchWith(design, removing(person)).status();
                            default ->
                                scim.patchWith("/Users/" + person, replacing("displayName", "\"Round " + round + "\""))
                                        .status();
                        });
            }
            return seen;
        });

        assertThat(resets).isSubsetOf(200, 204).hasSize(1);
        assertThat(statuses).isSubsetOf(200, 201, 204, 404, 409);
    }

    private static TestOrganization.Builder company() {
        return TestOrganization.in(instances.getFirst())
                .defaultTeam("Everyone")
                .team("Design")
                .team("Sales")
                .companyAdmin("root@example.com", "Everyone")
                .teamAdmin("admin@example.com", "Everyone", "Design", "Sales")
                .teamAdmin("other.admin@example.com", "Everyone", "Design", "Sales")
                .member("jane@example.com", "Everyone");
    }

    private static String adding(String member) {
        return "{\"op\": \"add\", \"path\": \"members\", \"value\": [{\"value\": \"%s\"}]}".formatted(member);
    }

    private static String removing(String member) {
        return "{\"op\": \"remove\", \"path\": \"members[value eq \\\"%s\\\"]\"}".formatted(member);
    }

    private static String replacing(String path, String value) {
        return "{\"op\": \"replace\", \"path\": \"%s\", \"value\": %s}".formatted(path, value);
    }

    private static List<String> members(TestOrganization miro, String path) {
        return miro.scim()
                .get(path)
                .body()
                .get("members")
                .valueStream()
                .map(member -> member.get("value").stringValue())
                .toList();
    }

    /** The instance that serves this client. */
    private static ScimClient at(int client, TestOrganization miro) {
        ConfigurableApplicationContext instance = instances.get(client % instances.size());
        return new ScimClient(
                instance.getEnvironment().getRequiredProperty("local.server.port", Integer.class), miro.token());
    }

    private static RestClient restAt(int client, String token) {
        ConfigurableApplicationContext instance = instances.get(client % instances.size());
        return new RestClient(instance.getEnvironment().getRequiredProperty("local.server.port", Integer.class), token);
    }

    private interface Client {
        List<Integer> call(int number) throws Exception;
    }

    private static List<String> shown(Collection<Long> ids) {
        return ids.stream().map(String::valueOf).toList();
    }

    /** Lets all clients begin at the same moment, and returns the statuses that they saw. */
    private static List<Integer> atOnce(Client client) throws Exception {
        CyclicBarrier start = new CyclicBarrier(CLIENTS);
        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Integer>>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                int number = i;
                Callable<List<Integer>> work = () -> {
                    start.await();
                    return client.call(number);
                };
                clients.add(threads.submit(work));
            }
            for (Future<List<Integer>> seen : clients) {
                statuses.addAll(seen.get());
            }
        }
        return statuses;
    }
}

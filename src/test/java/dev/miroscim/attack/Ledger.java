package dev.miroscim.attack;

import dev.miroscim.Invariants;
import dev.miroscim.attack.Writers.Fact;
import dev.miroscim.attack.Writers.Person;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Compares what writers were told with what is there. */
final class Ledger {

    private static final String STORED = """
            select p.email, m.status, m.department, m.cost_center,
              exists (select 1 from team_member tm join team t on t.id = tm.team_id
                where tm.membership_id = m.id and t.name = 'Design') as in_design,
              exists (select 1 from team_member tm join team t on t.id = tm.team_id
                where tm.membership_id = m.id and t.name = 'Sales') as in_sales,
              exists (select 1 from user_group_member gm where gm.membership_id = m.id) as in_readers
            from membership m join profile p on p.id = m.profile_id
            where m.organization_id = :organization
            """;
    private static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    private Ledger() {}

    /** What is not as it was acknowledged, over the API and in the database, and what may never be. */
    static List<String> problems(Writers writers, int port, JdbcClient sql) {
        List<String> problems = new ArrayList<>(writers.wrong());
        compare("in the database", writers, stored(writers.tenant(), sql), problems);
        compare("over the API", writers, shown(writers.tenant(), port), problems);
        problems.addAll(
                Invariants.violations(sql, Long.parseLong(writers.tenant().id())));
        return problems;
    }

    private static void compare(
            String where, Writers writers, BiFunction<String, Fact, @Nullable String> found, List<String> problems) {
        for (Person person : writers.people().values()) {
            boolean gone = "false".equals(person.facts.get(Fact.PRESENT));
            person.facts.forEach((fact, expected) -> {
                if (gone && fact != Fact.PRESENT) {
                    return;
                }
                String actual = found.apply(person.email, fact);
                if (actual != null && !actual.equals(expected)) {
                    problems.add("Lost %s: %s of %s is %s and not %s"
                            .formatted(where, fact, person.email, actual, expected));
                }
            });
        }
    }

    private static BiFunction<String, Fact, @Nullable String> stored(Tenant tenant, JdbcClient sql) {
        Map<String, Map<String, Object>> rows = new HashMap<>();
        sql.sql(STORED)
                .param("organization", Long.parseLong(tenant.id()))
                .query()
                .listOfRows()
                .forEach(row -> rows.put((String) row.get("email"), row));
        return (email, fact) -> {
            Map<String, Object> row = rows.get(email);
            boolean present = row != null && !"REMOVED".equals(row.get("status"));
            return fact == Fact.PRESENT || row == null
                    ? Boolean.toString(present && fact == Fact.PRESENT)
                    : Objects.toString(row.get(fact.name().toLowerCase(Locale.ROOT)));
        };
    }

    /** SCIM shows no user groups here. */
    private static BiFunction<String, Fact, @Nullable String> shown(Tenant tenant, int port) {
        Map<String, JsonNode> users = new HashMap<>();
        for (int start = 1, total = 1; start <= total; start += 1_000) {
            JsonNode page = tenant.scimCall(port, "GET", "/Users?count=1000&startIndex=" + start, null)
                    .json();
            total = page.get("totalResults").intValue();
            page.path("Resources")
                    .forEach(user -> users.put(user.get("userName").stringValue(), user));
        }
        return (email, fact) -> {
            JsonNode user = users.get(email);
            if (fact == Fact.PRESENT || user == null) {
                return Boolean.toString(user != null && fact == Fact.PRESENT);
            }
            JsonNode enterprise = user.path(ENTERPRISE);
            return switch (fact) {
                case PRESENT -> "true";
                case DEPARTMENT -> enterprise.path("department").asString("null");
                case COST_CENTER -> enterprise.path("costCenter").asString("null");
                case IN_DESIGN -> Boolean.toString(groups(user).anyMatch("Design"::equals));
                case IN_SALES -> Boolean.toString(groups(user).anyMatch("Sales"::equals));
                case IN_READERS -> null;
            };
        };
    }

    private static Stream<String> groups(JsonNode user) {
        return user.path("groups")
                .valueStream()
                .map(group -> group.path("display").asString(""));
    }
}

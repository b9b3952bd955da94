package dev.miroscim.attack;

import dev.miroscim.attack.Description.Described;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Every described call, with tokens of one organisation and ids of another, and with wrong tokens. */
final class Isolation {

    private static final String DOMAIN = "of-the-others.example";

    /** All that belongs to an organisation, as one number. */
    private static final String STATE = """
            select md5(concat(
              (select o::text from organization o where id = :id),
              (select string_agg(m::text || p::text, ',' order by m.id) from membership m join profile p on p.id = m.profile_id
                where m.organization_id = :id),
              (select string_agg(t::text, ',' order by id) from team t where organization_id = :id),
              (select string_agg(tm::text, ',' order by team_id, membership_id) from team_member tm
                where team_id in (select id from team where organization_id = :id)),
              (select string_agg(s::text, ',' order by team_id) from team_settings s
                where team_id in (select id from team where organization_id = :id)),
              (select string_agg(g::text, ',' order by id) from user_group g where organization_id = :id),
              (select string_agg(gm::text, ',' order by user_group_id, membership_id) from user_group_member gm
                where user_group_id in (select id from user_group where organization_id = :id)),
              (select string_agg(gt::text, ',' order by user_group_id, team_id) from user_group_team gt
                where user_group_id in (select id from user_group where organization_id = :id)),
              (select string_agg(b::text, ',' order by id) from board b where organization_id = :id),
              (select string_agg(a::text, ',' order by id) from access_token a where organization_id = :id),
              (select string_agg(e::text, ',' order by id) from audit_event e where organization_id = :id),
              (select s::text from organization_seed s where organization_id = :id)))
            """;

    private final Result result = new Result("Isolation");
    private final int port;
    private final JdbcClient sql;
    private final Tenant own;
    private final Tenant other;
    private int tried;
    private int failed;

    Isolation(Program program, Database database) {
        this.port = program.port();
        this.sql = database.sql();
        this.own = Tenant.create(port, "{}");
        this.other = Tenant.create(port, "{}", DOMAIN);
    }

    Result run(int variants) {
        Description description = Description.of(port);
        List<Described> all = description.variants(variants, 6);
        String before = state();
        for (Described described : all) {
            showsWhatIsThere(described);
            withoutToken(described);
            withIdsOfTheOther(described);
            if (!state().equals(before)) {
                failed++;
                result.finding(described.call() + " changed another organisation: " + described);
                before = state();
            }
        }
        result.row(
                "requests with the ids or the token of another organisation",
                tried,
                tried - failed,
                "%d calls of all planes".formatted(description.calls().size()));
        return result;
    }

    private String state() {
        return sql.sql(STATE)
                .param("id", Long.parseLong(other.id()))
                .query(String.class)
                .single();
    }

    /** Otherwise 404 would prove nothing. */
    private void showsWhatIsThere(Described described) {
        boolean single = described.path().contains("{") && !described.path().contains("?");
        if (described.call().method().equals("GET")
                && single
                && !described.call().template().endsWith("/stream")) {
            Http.Answer answer = send(described, other, token(described, other));
            if (!answer.isGood() && !described.path().endsWith("/faults/1")) {
                result.finding("%s does not find what is there: %s".formatted(described.path(), answer));
            }
        }
    }

    private void withoutToken(Described described) {
        boolean open = described.call().template().endsWith("/revoke");
        String plane = described.call().plane();
        for (String authorization : List.of(
                "",
                "Bearer nonsense",
                plane.equals("scim") ? other.rest() : other.scim(),
                plane.equals("emulator") ? other.rest() : Http.ADMIN)) {
            Http.Answer answer = send(described, other, authorization);
            check(
                    described,
                    answer,
                    open ? Set.of(400, 401, 403, 404, 415) : Set.of(401, 403),
                    other.filled(described.path()));
        }
    }

    private void withIdsOfTheOther(Described described) {
        if (isForAll(described)) {
            return;
        }
        String plane = described.call().plane();
        if (!plane.equals("emulator")) {
            boolean named = described.path().contains("{");
            check(
                    described,
                    send(described, other, token(described, own)),
                    named ? Set.of() : null,
                    named ? other.filled(described.path() + described.body()) : other.filled(described.body()));
        }
        if (described.path().matches(".*[{]org[}].*[{].*")) {
            Map<String, String> mixed = new HashMap<>(other.ids());
            mixed.put("org", own.id());
            Tenant mix = new Tenant(own.id(), own.scim(), own.rest(), mixed);
            check(
                    described,
                    send(described, mix, token(described, own)),
                    Set.of(),
                    other.filled(described.path() + described.body()));
        }
    }

    /** What is done to all organisations does not tell them apart; a stream has no end. */
    private static boolean isForAll(Described described) {
        String template = described.call().template();
        return template.endsWith("/stream")
                || template.startsWith("/emulator/faults")
                || template.startsWith("/emulator/clock")
                || template.startsWith("/emulator/journal");
    }

    private static String token(Described described, Tenant tenant) {
        return switch (described.call().plane()) {
            case "scim" -> tenant.scim();
            case "rest" -> tenant.rest();
            default -> Http.ADMIN;
        };
    }

    private Http.Answer send(Described described, Tenant ids, String authorization) {
        String body = described.body().isEmpty() ? null : ids.filled(described.body());
        return Http.send(port, authorization, described.call().method(), ids.filled(described.path()), body);
    }

    /**
     * @param expected the statuses that it may have; any refusal where empty, anything at all where null
     * @param sent what the caller knows already
     */
    private void check(Described described, Http.Answer answer, @Nullable Set<Integer> expected, String sent) {
        tried++;
        List<String> problems = new ArrayList<>();
        boolean refused = answer.status() >= 400 && answer.status() < 500;
        if (expected != null && (expected.isEmpty() ? !refused : !expected.contains(answer.status()))) {
            problems.add("is answered with " + answer);
        }
        if (answer.text().contains(DOMAIN) && !sent.contains(DOMAIN)) {
            problems.add("tells an address: " + answer);
        }
        other.ids().forEach((name, id) -> {
            if (answer.text().contains(id) && !sent.contains(id)) {
                problems.add("tells the id of %s: %s".formatted(name, answer));
            }
        });
        if (!problems.isEmpty()) {
            failed++;
        }
        problems.forEach(
                problem -> result.finding("%s, as %s, %s".formatted(described.call(), described.path(), problem)));
    }
}

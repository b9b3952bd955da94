package dev.miroscim.scim.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miroscim.Control;
import dev.miroscim.Invariants;
import dev.miroscim.MiroScimTest;
import dev.miroscim.ScimClient.Answer;
import dev.miroscim.TestOrganization;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The length of a list, and pages behind the first, come from counts that change with the members. */
@MiroScimTest
class TotalsTest {

    private static final int PEOPLE = 500;

    @Autowired
    ApplicationContext context;

    @Autowired
    JdbcClient database;

    @Autowired
    PlatformTransactionManager transactions;

    /** Far from the ids that the sequence gives. */
    private final long firstId =
            ThreadLocalRandom.current().nextLong(5_000_000_000_000_000_000L, 8_000_000_000_000_000_000L);

    private TestOrganization acme;

    @BeforeEach
    void create() {
        acme = TestOrganization.in(context).create();
    }

    /** Ids that are far from each other put few people into a block. */
    @ParameterizedTest
    @ValueSource(ints = {3, 7, 100, 499})
    void pages_ofPeopleInManyBlocks_followOneAnother(int count) {
        addPeople(0, PEOPLE, 5_000);
        List<String> everybody = ids(acme.scim().get("/Users?count=1000"));

        List<String> walked = new ArrayList<>();
        for (int start = 1; start <= PEOPLE; start += count) {
            Answer page = acme.scim().get("/Users?startIndex=" + start + "&count=" + count);
            assertThat(page.body().path("totalResults").asInt()).isEqualTo(PEOPLE);
            walked.addAll(ids(page));
        }

        assertThat(everybody).hasSize(PEOPLE);
        assertThat(walked).isEqualTo(everybody);
        assertThat(acme.scim()
                        .get("/Users?startIndex=" + (PEOPLE + 1))
                        .body()
                        .path("totalResults")
                        .asInt())
                .isEqualTo(PEOPLE);
    }

    @Test
    void counts_areThoseOfTheMembers_wheneverTheyAreRead_whileManyChangeThem() throws Exception {
        addPeople(0, PEOPLE, 5_000);
        List<Callable<Void>> writers = IntStream.range(0, 6)
                .<Callable<Void>>mapToObj(writer -> () -> changeMembers(writer))
                .toList();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Void>> running = writers.stream().map(threads::submit).toList();
            while (!running.stream().allMatch(Future::isDone)) {
                assertThat(Invariants.violations(database, acme.id())).isEmpty();
            }
            for (Future<Void> writer : running) {
                writer.get();
            }
        }

        assertThat(Invariants.violations(database, acme.id())).isEmpty();
        assertThat(total()).isEqualTo(present());
        assertThat(database.sql("select count(*) from member_count where organization_id = ?")
                        .param(acme.id())
                        .query(Long.class)
                        .single())
                .as("rows, which are replaced by their sums")
                .isLessThan(2_000);
    }

    /** Everything a person's membership can become, in one statement or many, and taken back. */
    private Void changeMembers(int writer) {
        TransactionTemplate transaction = new TransactionTemplate(transactions);
        ThreadLocalRandom random = ThreadLocalRandom.current();
        for (int round = 0; round < 40; round++) {
            int first = PEOPLE + writer * 1_000 + round * 20;
            boolean takenBack = random.nextInt(4) == 0;
            String role = random.nextInt(3) == 0 ? "EXTERNAL_USER" : "INTERNAL_ADMIN";
            String status = random.nextBoolean() ? "REMOVED" : "DEACTIVATED";
            transaction.executeWithoutResult(changes -> {
                addPeople(first, 20, 5_000);
                if (takenBack) {
                    changes.setRollbackOnly();
                }
            });
            transaction.executeWithoutResult(_ -> update("role = '" + role + "'", first, 10));
            transaction.executeWithoutResult(_ -> update("status = '" + status + "'", first + 5, 10));
            transaction.executeWithoutResult(_ -> update("status = 'ACTIVE', role = 'INTERNAL_USER'", first, 12));
            transaction.executeWithoutResult(changes -> {
                database.sql(
                                "delete from membership where organization_id = ? and employee_number::int between ? and ?")
                        .params(acme.id(), first + 3, first + 8)
                        .update();
                if (takenBack) {
                    changes.setRollbackOnly();
                }
            });
        }
        return null;
    }

    @Test
    void countsOfAnOrganization_goWithIt() {
        addPeople(0, PEOPLE, 5_000);
        assertThat(total()).isEqualTo(PEOPLE);

        Control.of(context).delete("/organizations/" + acme.id());

        assertThat(database.sql("select count(*) from member_count where organization_id = ?")
                        .param(acme.id())
                        .query(Long.class)
                        .single())
                .isZero();
    }

    /** @param distance between the ids of two people */
    private void addPeople(int first, int people, int distance) {
        new TransactionTemplate(transactions)
                .executeWithoutResult(_ -> database.sql("""
                        with person as (
                          insert into profile (id, universe_id, email, full_name, registered)
                          select :firstId + n * cast(:distance as bigint), o.universe_id,
                            n || '@totals.example', 'Number ' || n, true
                          from organization o, generate_series(:first, :last) as n where o.id = :organization
                          returning id, email)
                        insert into membership (id, organization_id, profile_id, role, admin_roles, status, license,
                          employee_number, created_at, modified_at)
                        select nextval('miro_id'), :organization, id, 'INTERNAL_USER', '{}', 'ACTIVE', 'FULL',
                          split_part(email, '@', 1), now(), now() from person
                        """)
                        .param("organization", acme.id())
                        .param("firstId", firstId)
                        .param("distance", distance)
                        .param("first", first)
                        .param("last", first + people - 1)
                        .update());
    }

    private void update(String change, int first, int people) {
        database.sql("update membership set " + change
                        + " where organization_id = ? and employee_number::int between ? and ?")
                .params(acme.id(), first, first + people - 1)
                .update();
    }

    private int total() {
        return acme.scim().get("/Users?count=0").body().path("totalResults").asInt();
    }

    private int present() {
        return database.sql("""
                        select count(*) from membership where organization_id = ? and status <> 'REMOVED'
                          and role in ('INTERNAL_ADMIN', 'INTERNAL_USER')
                        """).param(acme.id()).query(Integer.class).single();
    }

    private static List<String> ids(Answer page) {
        return page.resources().stream().map(user -> user.path("id").asString()).toList();
    }
}

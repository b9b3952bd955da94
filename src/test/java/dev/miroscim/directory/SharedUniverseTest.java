package dev.miroscim.directory;

import static dev.miroscim.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.miroscim.MiroScimTest;
import dev.miroscim.ScimClient.Answer;
import dev.miroscim.TestOrganization;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Organisations of one universe share people, and change them at the same time. */
@MiroScimTest
class SharedUniverseTest {

    @Autowired
    ApplicationContext context;

    @Autowired
    JdbcClient database;

    @Autowired
    PlatformTransactionManager transactions;

    @Test
    void addressThatAnotherOrganizationIsChanging_isNotTakenBack() {
        TestOrganization acme =
                TestOrganization.in(context).member("ada@example.com").create();
        TestOrganization beta = TestOrganization.in(context).inUniverseOf(acme).create();
        long ada = Long.parseLong(acme.user("ada@example.com"));

        CompletableFuture<Answer> creation = new TransactionTemplate(transactions).execute(_ -> {
            database.sql("update profile set email = 'ada.king@example.com' where id = ?")
                    .param(ada)
                    .update();
            CompletableFuture<Answer> waiting = CompletableFuture.supplyAsync(
                    () -> beta.scim().post("/Users", "{\"userName\": \"ada@example.com\"}"));
            await().until(() -> waits() || waiting.isDone());
            return waiting;
        });

        Answer created = creation.join();
        assertThat(created).hasStatus(201).says("/userName", "ada@example.com");
        assertThat(created.body().path("id").asString()).isNotEqualTo(Long.toString(ada));
        assertThat(acme.scim().get("/Users/" + ada)).says("/userName", "ada.king@example.com");
    }

    private boolean waits() {
        return database.sql("""
                        select exists (select 1 from pg_stat_activity
                                       where datname = current_database() and cardinality(pg_blocking_pids(pid)) > 0)
                        """).query(Boolean.class).single();
    }
}

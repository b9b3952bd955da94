package dev.miroscim;

import dev.miroscim.access.AccessTokens;
import dev.miroscim.access.TokenKind;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * An organisation of a test's own, with nobody in it.
 *
 * @param token the SCIM token that opens it
 */
public record TestOrganization(long id, String token) {

    /** An organisation in a universe of its own. {@code settings} is JSON; what it leaves out has its default. */
    public static TestOrganization create(ApplicationContext context, String settings) {
        JdbcClient database = context.getBean(JdbcClient.class);
        return inTransaction(context, () -> {
            long id = database.sql("""
                            insert into organization (id, universe_id, name, settings, created_at)
                            select id, id, 'Organisation ' || id, cast(? as jsonb), now()
                            from (select nextval('miro_id') as id) as new
                            returning id
                            """)
                    .param(settings)
                    .query(Long.class)
                    .single();
            return new TestOrganization(id, context.getBean(AccessTokens.class).generate(id, TokenKind.SCIM));
        });
    }

    /** Writes new settings to the database and tells nobody. */
    public void decide(ApplicationContext context, String settings) {
        inTransaction(context, () -> context.getBean(JdbcClient.class)
                .sql("update organization set settings = cast(? as jsonb) where id = ?")
                .param(settings)
                .param(id)
                .update());
    }

    private static <T> T inTransaction(ApplicationContext context, java.util.function.Supplier<T> work) {
        return new TransactionTemplate(context.getBean(PlatformTransactionManager.class)).execute(_ -> work.get());
    }
}

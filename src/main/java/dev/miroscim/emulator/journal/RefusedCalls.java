package dev.miroscim.emulator.journal;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Counts the calls in the journal that were refused. */
@Service
public class RefusedCalls {

    private static final Duration FLUSH = Duration.ofSeconds(5);

    private final JournalQueue queue;
    private final JdbcClient database;

    RefusedCalls(JournalQueue queue, JdbcClient database) {
        this.queue = queue;
        this.database = database;
    }

    /** @param rule the rule's id; empty for calls that no rule refused, such as those without a valid body */
    public record Count(String rule, long calls) {}

    /** The refused calls of an organisation since then, by rule, the most frequent first. */
    public List<Count> since(long organizationId, Instant since) throws InterruptedException {
        queue.flush(FLUSH);
        return database.sql("""
                        select coalesce(rule, '') as rule, count(*) as calls
                        from journal left join unnest(rules) as rule on true
                        where organization_id = :organization and called_at >= :since and status >= 400
                        group by rule order by calls desc, rule
                        """)
                .param("organization", organizationId)
                .param("since", since.atOffset(ZoneOffset.UTC))
                .query((row, _) -> new Count(row.getString("rule"), row.getLong("calls")))
                .list();
    }
}

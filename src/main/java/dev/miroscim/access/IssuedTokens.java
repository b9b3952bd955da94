package dev.miroscim.access;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The tokens that open organisations, as far as anybody but their owners can know them. */
@Service
public class IssuedTokens {

    private final JdbcClient database;
    private final AccessTokens tokens;
    private final Clock clock;

    IssuedTokens(JdbcClient database, AccessTokens tokens, Clock clock) {
        this.database = database;
        this.tokens = tokens;
        this.clock = clock;
    }

    /**
     * A token that opens something.
     *
     * @param prefix how it begins, to recognise it by
     */
    public record IssuedToken(long id, TokenKind kind, String prefix, Instant createdAt) {}

    /** The tokens that open the organisation, in the order in which they were issued. */
    @Transactional(readOnly = true)
    public List<IssuedToken> list(long organizationId) {
        return database.sql("""
                        select id, kind, prefix, created_at from access_token
                        where organization_id = ? and revoked_at is null order by id
                        """)
                .param(organizationId)
                .query((row, _) -> new IssuedToken(
                        row.getLong("id"),
                        TokenKind.valueOf(row.getString("kind")),
                        row.getString("prefix"),
                        row.getObject("created_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    /** Ends a token of the organisation; false if it has no such token. */
    @Transactional
    public boolean revoke(long organizationId, long tokenId) {
        int revoked = database.sql(
                        "update access_token set revoked_at = ? where organization_id = ? and id = ? and revoked_at is null")
                .param(clock.instant().atOffset(ZoneOffset.UTC))
                .param(organizationId)
                .param(tokenId)
                .update();
        tokens.forget(organizationId);
        return revoked > 0;
    }
}

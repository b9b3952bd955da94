package dev.miroscim.access;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What can be shown of issued tokens without knowing the tokens themselves. */
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
     * A valid token.
     *
     * @param prefix its first characters, by which its owner recognises it
     */
    public record IssuedToken(long id, TokenKind kind, String prefix, Instant createdAt) {}

    /** The organisation's valid tokens, oldest first. */
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

    /** Revokes a token of the organisation; false if it has no such token. */
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

package dev.miroscim.access;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.miroscim.directory.organizations.OrganizationSettings;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.oauth2.server.resource.introspection.BadOpaqueTokenException;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Finds the organisation that a token opens, and remembers for seconds what it found, or that there was nothing. A
 * fault of the database is neither remembered nor taken for a wrong token.
 */
@Component
class TokenLookup {

    private static final int MOST_REMEMBERED = 20_000;

    private final JdbcClient database;
    private final JsonMapper json;
    private final AsyncCache<Asked, Optional<AccessContext>> remembered;

    TokenLookup(JdbcClient database, JsonMapper json, @Value("${miro.token-cache:2s}") Duration timeToLive) {
        this.database = database;
        this.json = json;
        this.remembered = Caffeine.newBuilder()
                .maximumSize(MOST_REMEMBERED)
                .expireAfterWrite(timeToLive)
                .buildAsync();
    }

    private record Asked(TokenKind kind, TokenDigest token) {}

    /** What Spring Security asks about the tokens that reach the plane of {@code kind}. */
    OpaqueTokenIntrospector introspector(TokenKind kind) {
        return token ->
                find(kind, TokenDigest.of(token)).orElseThrow(() -> new BadOpaqueTokenException("Not a valid token"));
    }

    Optional<AccessContext> find(TokenKind kind, TokenDigest token) {
        Asked asked = new Asked(kind, token);
        var own = new CompletableFuture<Optional<AccessContext>>();
        var known = remembered.asMap().putIfAbsent(asked, own);
        return known == null ? answered(own, asked) : shared(known);
    }

    private Optional<AccessContext> answered(CompletableFuture<Optional<AccessContext>> own, Asked asked) {
        try {
            Optional<AccessContext> found = read(asked);
            own.complete(found);
            return found;
        } catch (RuntimeException | Error e) {
            own.completeExceptionally(e);
            throw e;
        }
    }

    /** Also a fault of the database: whoever waited for it would wait as long again, one after another. */
    private static Optional<AccessContext> shared(CompletableFuture<Optional<AccessContext>> known) {
        try {
            return known.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException error ? error : e;
        }
    }

    void forget(long organizationId) {
        remembered
                .synchronous()
                .asMap()
                .values()
                .removeIf(found -> found.filter(context -> context.organizationId() == organizationId)
                        .isPresent());
    }

    void forget(TokenDigest token) {
        for (TokenKind kind : TokenKind.values()) {
            remembered.asMap().remove(new Asked(kind, token));
        }
    }

    private Optional<AccessContext> read(Asked asked) {
        return database.sql("""
                        select t.id as token_id, t.sha256, t.kind, t.scopes, o.id, o.name, o.settings
                        from access_token t join organization o on o.id = t.organization_id
                        where t.sha256 = ? and t.kind = ? and t.revoked_at is null
                        """)
                .param(asked.token().bytes())
                .param(asked.kind().name())
                .query((row, number) -> asked.token().isOf(row.getBytes("sha256")) ? context(row) : null)
                .optional();
    }

    private AccessContext context(ResultSet row) throws SQLException {
        TokenKind kind = TokenKind.valueOf(row.getString("kind"));
        return new AccessContext(
                row.getLong("token_id"),
                row.getLong("id"),
                row.getString("name"),
                kind,
                json.readValue(row.getString("settings"), OrganizationSettings.class),
                kind == TokenKind.REST ? scopes(row.getArray("scopes")) : List.of());
    }

    /** A token for which nobody said what it allows, allows everything. */
    private static List<String> scopes(@Nullable Array stored) throws SQLException {
        return stored == null
                ? Arrays.stream(Scope.values()).map(Scope::wireName).toList()
                : List.of((String[]) stored.getArray());
    }
}

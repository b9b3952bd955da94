package dev.miroscim.access;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.miroscim.database.Database;
import dev.miroscim.directory.organizations.Organization;
import dev.miroscim.directory.organizations.Organizations;
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

/**
 * Finds the organisation of a token, and caches the result for seconds, including that a token is unknown. A database
 * failure is neither cached nor treated as an unknown token.
 */
@Component
class TokenLookup {

    private static final int MOST_REMEMBERED = 20_000;

    private final JdbcClient database;
    private final Organizations organizations;
    private final AsyncCache<Asked, Optional<AccessContext>> remembered;

    TokenLookup(
            JdbcClient database, Organizations organizations, @Value("${miro.token-cache:2s}") Duration timeToLive) {
        this.database = database;
        this.organizations = organizations;
        this.remembered = Caffeine.newBuilder()
                .maximumSize(MOST_REMEMBERED)
                .expireAfterWrite(timeToLive)
                .buildAsync();
    }

    private record Asked(TokenKind kind, TokenDigest token) {}

    /** Looks up tokens for Spring Security on the plane of {@code kind}. */
    OpaqueTokenIntrospector introspector(TokenKind kind) {
        return token ->
                find(kind, TokenDigest.of(token)).orElseThrow(() -> new BadOpaqueTokenException("Not a valid token"));
    }

    Optional<AccessContext> find(TokenKind kind, TokenDigest token) {
        Database.requireNoConnectionHeld();
        Asked asked = new Asked(kind, token);
        // Nearly every request finds it, so that no lock of the cache is needed.
        var present = remembered.getIfPresent(asked);
        if (present != null) {
            return shared(present);
        }
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

    /** Waiting requests share a database failure too; otherwise each of them would wait for its own timeout in turn. */
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
                        select id, sha256, kind, scopes, organization_id from access_token
                        where sha256 = ? and kind = ? and revoked_at is null
                        """)
                .param(asked.token().bytes())
                .param(asked.kind().name())
                .query((row, number) -> asked.token().isOf(row.getBytes("sha256")) ? opening(row) : null)
                .optional()
                .flatMap(token -> organizations.readNow(token.organizationId()).map(token::opens));
    }

    /** A token, before it is known what there is to open. */
    private record Opening(long tokenId, TokenKind kind, List<String> scopes, long organizationId) {

        AccessContext opens(Organization organization) {
            return new AccessContext(
                    tokenId, organization.id(), organization.name(), kind, organization.settings(), scopes);
        }
    }

    private static Opening opening(ResultSet row) throws SQLException {
        TokenKind kind = TokenKind.valueOf(row.getString("kind"));
        return new Opening(
                row.getLong("id"),
                kind,
                kind == TokenKind.REST ? scopes(row.getArray("scopes")) : List.of(),
                row.getLong("organization_id"));
    }

    /** A token without stored scopes allows everything. */
    private static List<String> scopes(@Nullable Array stored) throws SQLException {
        return stored == null
                ? Arrays.stream(Scope.values()).map(Scope::wireName).toList()
                : List.of((String[]) stored.getArray());
    }
}

package dev.miroscim.access;

import dev.miroscim.directory.audit.AuditEvent;
import dev.miroscim.directory.audit.AuditTrail;
import dev.miroscim.directory.organizations.Organizations;
import jakarta.servlet.http.HttpServletRequest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Issues and revokes tokens. Only their SHA-256 hashes are stored, so a token cannot be read again after it was issued.
 * As in Miro, an organisation has one SCIM token at a time: a new one revokes the old one. It can have several REST
 * tokens.
 */
@Service
public class AccessTokens {

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int LENGTH = 64;

    // A header can only carry visible ASCII without spaces.
    private static final Pattern SENDABLE = Pattern.compile("[!-~]{1,512}");

    private final SecureRandom random = new SecureRandom();
    private final BearerTokens bearers = new BearerTokens();
    private final JdbcClient database;
    private final Organizations organizations;
    private final TokenLookup lookup;
    private final AuditTrail audit;
    private final Clock clock;

    AccessTokens(JdbcClient database, Organizations organizations, TokenLookup lookup, AuditTrail audit, Clock clock) {
        this.database = database;
        this.organizations = organizations;
        this.lookup = lookup;
        this.audit = audit;
        this.clock = clock;
    }

    /** Whether a header can carry {@code token}, so that it can be issued. */
    public static boolean isSendable(String token) {
        return SENDABLE.matcher(token).matches();
    }

    /** Issues and returns a new random token of 64 letters and digits, like Miro's. */
    @Transactional
    public String generate(long organizationId, TokenKind kind) {
        return generate(organizationId, kind, null);
    }

    /** @param scopes names of the scopes that a REST token has; null for all */
    @Transactional
    public String generate(long organizationId, TokenKind kind, @Nullable List<String> scopes) {
        String token = random.ints(LENGTH, 0, ALPHABET.length())
                .map(ALPHABET::charAt)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        issue(organizationId, kind, token, scopes);
        return token;
    }

    /**
     * Issues {@code token}, which the caller chose. Issuing the same token again changes nothing.
     *
     * @throws IllegalArgumentException if it cannot be sent in a header, or was already issued for another use
     */
    @Transactional
    public void issue(long organizationId, TokenKind kind, String token) {
        issue(organizationId, kind, token, null);
    }

    private void issue(long organizationId, TokenKind kind, String token, @Nullable List<String> scopes) {
        if (!isSendable(token)) {
            throw new IllegalArgumentException("A token must have 1 to 512 visible ASCII characters and no spaces");
        }
        TokenDigest digest = TokenDigest.of(token);
        // Without this lock, two issues for one organisation would not see, and so not revoke, each other's token.
        if (!organizations.lock(organizationId)) {
            throw new IllegalArgumentException("There is no organisation " + organizationId);
        }
        if (kind == TokenKind.SCIM) {
            revoke(organizationId, kind);
        }
        int issued = database.sql("""
                        insert into access_token (id, organization_id, kind, sha256, prefix, scopes, created_at)
                        values (nextval('miro_id'), :organization, :kind, :sha256, :prefix, cast(:scopes as text[]), :now)
                        on conflict (sha256) do update set revoked_at = null, scopes = excluded.scopes
                        where access_token.organization_id = :organization and access_token.kind = :kind
                        """)
                .param("organization", organizationId)
                .param("kind", kind.name())
                .param("sha256", digest.bytes())
                .param("scopes", scopes == null ? null : scopes.toArray(String[]::new))
                .param("now", now())
                .param("prefix", token.substring(0, Math.min(token.length() / 4, 6)))
                .update();
        if (issued == 0) {
            throw new IllegalArgumentException("The token is already in use for something else");
        }
        if (kind == TokenKind.SCIM) {
            audit.happened(organizationId, AuditEvent.Type.SCIM_TOKEN_GENERATED);
        }
        afterCommit(() -> lookup.forget(digest));
    }

    /** Looks up the token of a request to the API of {@code kind}, for code that runs before Spring Security. */
    public Optional<AccessContext> opened(HttpServletRequest request, TokenKind kind) {
        return Optional.ofNullable(bearers.resolve(request)).flatMap(token -> lookup.find(kind, TokenDigest.of(token)));
    }

    /** Revokes this token of {@code kind}; false if there is no such valid token. */
    @Transactional
    public boolean revoke(TokenKind kind, String token) {
        TokenDigest digest = TokenDigest.of(token);
        int revoked = database.sql(
                        "update access_token set revoked_at = ? where sha256 = ? and kind = ? and revoked_at is null")
                .param(now())
                .param(digest.bytes())
                .param(kind.name())
                .update();
        afterCommit(() -> lookup.forget(digest));
        return revoked > 0;
    }

    /** Revokes all of the organisation's tokens of {@code kind}. */
    @Transactional
    public void revoke(long organizationId, TokenKind kind) {
        database.sql("update access_token set revoked_at = ? "
                        + "where organization_id = ? and kind = ? and revoked_at is null")
                .param(now())
                .param(organizationId)
                .param(kind.name())
                .update();
        afterCommit(() -> lookup.forget(organizationId));
    }

    /**
     * Removes the organisation from this process's cache after its settings changed or it was deleted. Other processes
     * notice within seconds.
     */
    public void forget(long organizationId) {
        afterCommit(() -> lookup.forget(organizationId));
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private static void afterCommit(Runnable action) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            action.run();
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                action.run();
            }
        });
    }
}

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
 * The tokens that open organisations. They are stored as SHA-256 only: whoever issues or generates one has the only
 * copy. An organisation has one SCIM token at a time, as in Miro, where generating a new one ends the old one; of REST
 * tokens it may have several.
 */
@Service
public class AccessTokens {

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int LENGTH = 64;

    // What a header can carry as it is: visible ASCII without spaces.
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

    /** Whether {@code token} can be issued: whether a header can carry it. */
    public static boolean isSendable(String token) {
        return SENDABLE.matcher(token).matches();
    }

    /** Issues a new random token of 64 letters and digits, like Miro's, and returns it this once. */
    @Transactional
    public String generate(long organizationId, TokenKind kind) {
        return generate(organizationId, kind, null);
    }

    /** @param scopes names of what a REST token allows; null for everything */
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
     * Issues {@code token}, which somebody chose. Issuing the same token again is harmless.
     *
     * @throws IllegalArgumentException if it cannot be sent in a header, or was issued for something else already
     */
    @Transactional
    public void issue(long organizationId, TokenKind kind, String token) {
        issue(organizationId, kind, token, null);
    }

    private void issue(long organizationId, TokenKind kind, String token, @Nullable List<String> scopes) {
        if (!isSendable(token)) {
            throw new IllegalArgumentException(
                    "A token has 1 to 512 characters, all of them visible ASCII characters other than the space");
        }
        TokenDigest digest = TokenDigest.of(token);
        // Two issues for one organisation follow each other: otherwise neither would see, and end, the other's token.
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
            throw new IllegalArgumentException("The token opens something else already");
        }
        if (kind == TokenKind.SCIM) {
            audit.happened(organizationId, AuditEvent.Type.SCIM_TOKEN_GENERATED);
        }
        afterCommit(() -> lookup.forget(digest));
    }

    /**
     * What the token of a request opens on the plane of {@code kind}, for those who want to know before Spring Security
     * does.
     */
    public Optional<AccessContext> opened(HttpServletRequest request, TokenKind kind) {
        return Optional.ofNullable(bearers.resolve(request)).flatMap(token -> lookup.find(kind, TokenDigest.of(token)));
    }

    /** Ends this token of {@code kind}, whatever it opens; false if there is no such token that opens anything. */
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

    /** Ends every token of {@code kind} that opens the organisation. */
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
     * Drops what this process remembers of the organisation, for whoever changed its settings or deleted it. Other
     * processes notice after seconds.
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

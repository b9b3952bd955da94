package dev.miroscim.emulator;

import static java.util.Objects.requireNonNull;

import dev.miroscim.access.AccessTokens;
import dev.miroscim.access.TokenKind;
import dev.miroscim.directory.Notes;
import dev.miroscim.directory.organizations.Organization;
import dev.miroscim.directory.organizations.Organizations;
import dev.miroscim.emulator.Secret.Origin;
import dev.miroscim.emulator.seed.SeedDocument;
import dev.miroscim.emulator.seed.SeedReader;
import dev.miroscim.emulator.seed.Seeds;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Ensures, before the first request, that there is an organisation with tokens.
 *
 * <p>An empty database gets the organisations of the seed. A database with organisations stays as it is, except that
 * configured tokens are issued to its first organisation.
 */
@Component
class FirstOrganization implements SmartInitializingSingleton {

    private static final Logger log = LoggerFactory.getLogger(FirstOrganization.class);

    /** If several instances start on an empty database, one plants the seed and the others wait. */
    private static final String ONE_AT_A_TIME = "select pg_advisory_xact_lock(7310305)";

    private final MiroProperties properties;
    private final Organizations organizations;
    private final Seeds seeds;
    private final AccessTokens tokens;
    private final JdbcClient database;
    private final TransactionTemplate transaction;
    private final Map<TokenKind, Secret> secrets = new EnumMap<>(TokenKind.class);

    FirstOrganization(
            MiroProperties properties,
            Organizations organizations,
            Seeds seeds,
            AccessTokens tokens,
            JdbcClient database,
            PlatformTransactionManager transactions) {
        this.properties = properties;
        this.organizations = organizations;
        this.seeds = seeds;
        this.tokens = tokens;
        this.database = database;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** The organisation's token for this kind of API. */
    Secret token(TokenKind kind) {
        return requireNonNull(secrets.get(kind));
    }

    @Override
    public void afterSingletonsInstantiated() {
        // Logs the notes, because the author of a seed file sees no X-Miro-Rule header.
        Notes.listening(
                note -> log.warn(
                        "The seed: {} ({})", note.sentence(), note.rule().id()),
                () -> {
                    seedIfEmpty();
                    return null;
                });
    }

    private void seedIfEmpty() {
        transaction.executeWithoutResult(status -> {
            database.sql(ONE_AT_A_TIME).query((row, number) -> number).list();
            Optional<Organization> first = organizations.first();
            if (first.isPresent()) {
                open(first.get().id(), null);
            } else {
                SeedDocument seed = seed(properties.seed());
                long id = seeds.plant(seed).getFirst().id();
                open(id, seed.organizations().getFirst().tokens());
            }
        });
    }

    private static SeedDocument seed(@Nullable Path file) {
        return file == null ? SeedReader.builtIn() : SeedReader.read(file);
    }

    /** @param seeded the tokens in the seed; null if an earlier start planted it */
    private void open(long organizationId, SeedDocument.@Nullable Tokens seeded) {
        boolean kept = seeded == null;
        secrets.put(
                TokenKind.SCIM,
                open(organizationId, TokenKind.SCIM, properties.scimToken(), kept, kept ? null : seeded.scim()));
        secrets.put(
                TokenKind.REST,
                open(organizationId, TokenKind.REST, properties.restToken(), kept, kept ? null : seeded.rest()));
    }

    private Secret open(
            long organizationId, TokenKind kind, @Nullable String configured, boolean kept, @Nullable String seeded) {
        if (configured != null) {
            try {
                tokens.issue(organizationId, kind, configured);
            } catch (IllegalArgumentException e) {
                throw new UnusableTokenException(kind, e.getMessage());
            }
            return new Secret(Origin.CONFIGURED, configured);
        }
        if (kept) {
            return new Secret(Origin.KEPT, null);
        }
        return seeded == null
                ? new Secret(Origin.GENERATED, tokens.generate(organizationId, kind))
                : new Secret(Origin.SEED, seeded);
    }
}

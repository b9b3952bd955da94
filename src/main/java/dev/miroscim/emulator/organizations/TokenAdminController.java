package dev.miroscim.emulator.organizations;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.miroscim.access.AccessTokens;
import dev.miroscim.access.IssuedTokens;
import dev.miroscim.access.IssuedTokens.IssuedToken;
import dev.miroscim.access.Scope;
import dev.miroscim.access.TokenKind;
import dev.miroscim.directory.organizations.Organizations;
import dev.miroscim.emulator.http.EmulatorApi;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Manages the tokens of an organisation. */
@RestController
@RequestMapping(
        path = EmulatorApi.BASE_PATH + "/organizations/{organization}/tokens",
        produces = MediaType.APPLICATION_JSON_VALUE)
class TokenAdminController {

    private final Organizations organizations;
    private final AccessTokens tokens;
    private final IssuedTokens issued;
    private final TransactionOperations transactions;

    TokenAdminController(
            Organizations organizations, AccessTokens tokens, IssuedTokens issued, TransactionOperations transactions) {
        this.organizations = organizations;
        this.tokens = tokens;
        this.issued = issued;
        this.transactions = transactions;
    }

    /**
     * A token to be generated.
     *
     * @param scopes the scopes of a REST token; all by default
     */
    record NewToken(@Nullable TokenKind kind, @Nullable List<String> scopes) {}

    /**
     * A token.
     *
     * @param prefix its first characters, by which its owner recognises it
     * @param token the token itself; only the answer that generates it has it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record TokenView(
            String id, String kind, String prefix, @Nullable String token, Instant createdAt) {

        static TokenView of(IssuedToken issued, @Nullable String token) {
            return new TokenView(
                    Long.toString(issued.id()),
                    issued.kind().name().toLowerCase(Locale.ROOT),
                    issued.prefix(),
                    token,
                    issued.createdAt());
        }
    }

    /** Lists the organisation's valid tokens, oldest first. */
    @GetMapping
    List<TokenView> list(@PathVariable long organization) {
        organizations.get(organization);
        return issued.list(organization).stream()
                .map(token -> TokenView.of(token, null))
                .toList();
    }

    /** Generates a token. A new SCIM token revokes the previous one, as in Miro. */
    @PostMapping
    ResponseEntity<TokenView> generate(@PathVariable long organization, @RequestBody NewToken wanted) {
        if (wanted.kind() == null) {
            throw EmulatorApi.invalid("kind", "it must be scim or rest");
        }
        checkScopes(wanted);
        organizations.get(organization);
        TokenView generated = transactions.execute(_ -> {
            String token = tokens.generate(organization, wanted.kind(), wanted.scopes());
            return TokenView.of(issued.list(organization).getLast(), token);
        });
        return ResponseEntity.created(URI.create(
                        "%s/organizations/%d/tokens/%s".formatted(EmulatorApi.BASE_PATH, organization, generated.id())))
                .body(generated);
    }

    private static void checkScopes(NewToken wanted) {
        if (wanted.scopes() == null) {
            return;
        }
        if (wanted.kind() == TokenKind.SCIM) {
            throw EmulatorApi.invalid("scopes", "SCIM tokens have no scopes");
        }
        for (String scope : wanted.scopes()) {
            if (!Scope.exists(scope)) {
                throw EmulatorApi.invalid(
                        "scopes",
                        "'%s' is not one of %s"
                                .formatted(
                                        scope,
                                        Arrays.stream(Scope.values())
                                                .map(Scope::wireName)
                                                .collect(Collectors.joining(", "))));
            }
        }
    }

    /** Revokes a token immediately. */
    @DeleteMapping("/{token}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revoke(@PathVariable long organization, @PathVariable long token) {
        if (!issued.revoke(organization, token)) {
            throw EmulatorApi.notFound("token", Long.toString(token));
        }
    }
}

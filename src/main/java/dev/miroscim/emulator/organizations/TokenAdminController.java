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

/** The tokens that open an organisation. */
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
     * @param scopes what a REST token may do; everything by default
     */
    record NewToken(@Nullable TokenKind kind, @Nullable List<String> scopes) {}

    /**
     * A token.
     *
     * @param prefix how it begins, to recognise it by
     * @param token all of it, which is told this once
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

    /** The tokens that open the organisation, oldest first. */
    @GetMapping
    List<TokenView> list(@PathVariable long organization) {
        organizations.get(organization);
        return issued.list(organization).stream()
                .map(token -> TokenView.of(token, null))
                .toList();
    }

    /** Generates a token. A new SCIM token ends the one before, as in Miro. */
    @PostMapping
    ResponseEntity<TokenView> generate(@PathVariable long organization, @RequestBody NewToken wanted) {
        if (wanted.kind() == null) {
            throw EmulatorApi.invalid("kind", "it has to be scim or rest");
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
            throw EmulatorApi.invalid("scopes", "SCIM knows no scopes");
        }
        for (String scope : wanted.scopes()) {
            if (!Scope.exists(scope)) {
                throw EmulatorApi.invalid(
                        "scopes",
                        "'%s' is none of %s"
                                .formatted(
                                        scope,
                                        Arrays.stream(Scope.values())
                                                .map(Scope::wireName)
                                                .collect(Collectors.joining(", "))));
            }
        }
    }

    /** Ends a token at once. */
    @DeleteMapping("/{token}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revoke(@PathVariable long organization, @PathVariable long token) {
        if (!issued.revoke(organization, token)) {
            throw EmulatorApi.notFound("token", Long.toString(token));
        }
    }
}

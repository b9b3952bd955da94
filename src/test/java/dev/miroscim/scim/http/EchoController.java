package dev.miroscim.scim.http;

import dev.miroscim.access.AccessContext;
import dev.miroscim.directory.MiroRule;
import dev.miroscim.directory.RefusedException;
import dev.miroscim.scim.ResourceLocations;
import dev.miroscim.scim.filter.FilterException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Says what it was told, and fails as it is told to. */
@TestComponent
@RestController
@RequestMapping(ResourceLocations.BASE_PATH + "/Echo")
class EchoController {

    private final JdbcClient database;
    private final TransactionTemplate transaction;

    EchoController(JdbcClient database, PlatformTransactionManager transactions) {
        this.database = database;
        this.transaction = new TransactionTemplate(transactions);
    }

    record Query(@Nullable String filter, @Nullable Integer count, long organizationId) {}

    @GetMapping
    Query query(
            @AuthenticationPrincipal AccessContext caller,
            @RequestParam(required = false) @Nullable String filter,
            @RequestParam(required = false) @Nullable Integer count) {
        return new Query(filter, count, caller.organizationId());
    }

    @GetMapping("/long")
    Map<String, String> much() {
        return Map.of("much", "scim ".repeat(2_000));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    JsonNode create(@RequestBody JsonNode body) {
        return body;
    }

    @PatchMapping
    JsonNode change(@RequestBody JsonNode body) {
        return body;
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete() {}

    @GetMapping("/{number:[0-9]+}")
    Map<String, Long> number(@PathVariable long number) {
        return Map.of("number", number);
    }

    @GetMapping("/fault")
    void fault() {
        throw new IllegalStateException("internals of the program");
    }

    /** Lets two rules act, one of them twice, and a third refuse. */
    @GetMapping("/refused/{kind}/Groups")
    void refused(@PathVariable RefusedException.Kind kind) {
        MiroRule.FULL_NAME_RESOLUTION.note("displayName");
        MiroRule.PAGE_LIMIT.note("count");
        MiroRule.FULL_NAME_RESOLUTION.note("name");
        throw MiroRule.VALUE_LENGTH.refusal(kind, "displayName", "displayName is 'x'");
    }

    @GetMapping("/unreadable/{kind}")
    void unreadable(@PathVariable FilterException.Kind kind) {
        throw new FilterException(kind, 3, "'x' is no operator");
    }

    /** Runs SQL that PostgreSQL refuses in one way or another. */
    @GetMapping("/sql")
    void sql(@RequestParam String statement) {
        transaction.executeWithoutResult(_ -> {
            database.sql(statement).query((row, number) -> number).list();
        });
    }
}

package dev.miroscim.platform;

import static dev.miroscim.access.Scope.AUDIT_LOGS_READ;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.miroscim.access.AccessContext;
import dev.miroscim.directory.Slice;
import dev.miroscim.directory.audit.Actor;
import dev.miroscim.directory.audit.AuditEvent;
import dev.miroscim.directory.audit.AuditEvent.Position;
import dev.miroscim.directory.audit.AuditEvent.Subject;
import dev.miroscim.directory.audit.AuditLog;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Lists what changed in the token's organisation during the last 90 days. */
@RestController
class AuditLogController {

    private static final int MOST = 500;

    private final AuditLog log;

    AuditLogController(AuditLog log) {
        this.log = log;
    }

    @JsonPropertyOrder({"id", "name"})
    record AuditedObject(String id, String name) {
        static AuditedObject of(Subject subject) {
            return new AuditedObject(Long.toString(subject.id()), subject.name());
        }
    }

    /** @param team absent if the event does not belong to a team */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonPropertyOrder({"ip", "team", "organization"})
    record AuditedContext(@Nullable String ip, @Nullable AuditedObject team, AuditedObject organization) {}

    /** @param id the id of the token; absent for an administrator, who is not a person of the organisation */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonPropertyOrder({"type", "id", "name"})
    record AuditedBy(String type, @Nullable String id, String name) {
        static AuditedBy of(Actor actor) {
            return new AuditedBy(RestFormat.name(actor.kind()), RestFormat.id(actor.id()), actor.name());
        }
    }

    @JsonPropertyOrder({"id", "event", "category", "createdAt", "context", "object", "createdBy", "details"})
    record AuditEventResource(
            String id,
            String event,
            String category,
            Instant createdAt,
            AuditedContext context,
            AuditedObject object,
            AuditedBy createdBy,
            Map<String, String> details)
            implements Page.Item {

        static AuditEventResource of(AuditEvent event, AuditedObject organization) {
            boolean inTeam = event.type().category() == AuditEvent.Category.TEAMS;
            Subject place = event.place();
            return new AuditEventResource(
                    Long.toString(event.id()),
                    RestFormat.name(event.type()),
                    RestFormat.name(event.type().category()),
                    // Miro's reference shows milliseconds.
                    event.createdAt().truncatedTo(ChronoUnit.MILLIS),
                    new AuditedContext(
                            event.actor().address(),
                            inTeam && place != null ? AuditedObject.of(place) : null,
                            organization),
                    AuditedObject.of(event.object()),
                    AuditedBy.of(event.actor()),
                    details(event, inTeam ? null : place));
        }

        private static Map<String, String> details(AuditEvent event, @Nullable Subject userGroup) {
            Map<String, String> details = new LinkedHashMap<>();
            put(details, "email", event.email());
            put(details, "userGroupId", userGroup == null ? null : Long.toString(userGroup.id()));
            put(details, "userGroupName", userGroup == null ? null : userGroup.name());
            put(details, "oldValue", event.former());
            put(details, "newValue", event.value());
            return details;
        }

        private static void put(Map<String, String> details, String name, @Nullable String value) {
            if (value != null) {
                details.put(name, value);
            }
        }
    }

    @GetMapping(path = "/v2/audit/logs", produces = RestPlane.MEDIA_TYPE)
    @RestCall(level = RateLimitLevel.TWO, scopes = AUDIT_LOGS_READ)
    Page<AuditEventResource> list(
            @AuthenticationPrincipal AccessContext caller,
            @RequestParam String createdAfter,
            @RequestParam String createdBefore,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = Limit.DEFAULT) String limit,
            @RequestParam(defaultValue = "ASC") String sorting) {
        Instant from = time("createdAfter", createdAfter);
        Instant to = time("createdBefore", createdBefore);
        if (from.isAfter(to)) {
            throw RestFormat.invalid("createdAfter " + createdAfter + " is later than createdBefore " + createdBefore);
        }
        int most = limit(limit);
        Slice<AuditEvent> slice =
                log.list(caller.organizationId(), from, to, oldestFirst(sorting), position(cursor), most);
        AuditedObject organization =
                new AuditedObject(Long.toString(caller.organizationId()), caller.organizationName());
        return new Page<>(
                most,
                slice.items().size(),
                slice.items().stream()
                        .map(event -> AuditEventResource.of(event, organization))
                        .toList(),
                slice.more() ? cursor(slice.items().getLast()) : null,
                "cursor-list");
    }

    private static Instant time(String name, String text) {
        try {
            Instant time = Instant.parse(text);
            // PostgreSQL has no times outside these years.
            if (time.isAfter(Instant.parse("0001-01-01T00:00:00Z"))
                    && time.isBefore(Instant.parse("9999-12-31T00:00:00Z"))) {
                return time;
            }
        } catch (DateTimeException e) {
            // the exception below reports it
        }
        throw RestFormat.invalid(name + " '" + text + "' is not a time such as 2026-03-30T17:26:50.000Z");
    }

    private static int limit(String text) {
        if (text.matches("[1-9][0-9]{0,2}") && Integer.parseInt(text) <= MOST) {
            return Integer.parseInt(text);
        }
        throw RestFormat.invalid("limit '" + text + "' is not a number from 1 to " + MOST);
    }

    private static boolean oldestFirst(String sorting) {
        return switch (sorting) {
            case "ASC" -> true;
            case "DESC" -> false;
            default -> throw RestFormat.invalid("sorting '" + sorting + "' is neither ASC nor DESC");
        };
    }

    /** Time in microseconds and id, which keep the place even if events are added meanwhile. */
    private static String cursor(AuditEvent last) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, last.createdAt()) + "-" + last.id();
    }

    private static @Nullable Position position(@Nullable String cursor) {
        if (cursor == null || cursor.isEmpty()) {
            return null;
        }
        String[] parts = cursor.split("-", -1);
        if (parts.length != 2 || !parts[0].matches("[0-9]{1,17}") || !RestFormat.isId(parts[1])) {
            throw RestFormat.invalid("cursor does not come from a page");
        }
        return new Position(Instant.EPOCH.plus(Long.parseLong(parts[0]), ChronoUnit.MICROS), Long.parseLong(parts[1]));
    }
}

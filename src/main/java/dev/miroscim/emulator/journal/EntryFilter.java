package dev.miroscim.emulator.journal;

import dev.miroscim.access.TokenKind;
import dev.miroscim.directory.MiroRule;
import dev.miroscim.emulator.http.EmulatorApi;
import dev.miroscim.emulator.http.PathPattern;
import dev.miroscim.http.Planes;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Selects journal entries by SQL conditions.
 *
 * @param conditions all of them must hold
 * @param parameters the conditions' parameters, by name
 */
record EntryFilter(List<String> conditions, Map<String, Object> parameters) {

    private static final Pattern STATUS = Pattern.compile("([1-5])(?:[xX]{2}|([0-9]{2}))");
    private static final Pattern ID = Pattern.compile("[0-9]{1,18}");

    /** The query parameters of the journal. An absent one does not filter. */
    record Parameters(
            @Nullable String organization,
            @Nullable String plane,
            @Nullable String method,
            @Nullable String path,
            @Nullable String status,
            @Nullable String rule,
            @Nullable String requestId,
            @Nullable String since) {}

    /** All entries. */
    static EntryFilter all() {
        return new EntryFilter(new ArrayList<>(), new LinkedHashMap<>());
    }

    /** All entries of one organisation. */
    static EntryFilter of(long organizationId) {
        EntryFilter filter = all();
        filter.with("organization_id = :organization", "organization", organizationId);
        return filter;
    }

    static EntryFilter of(Parameters wanted, Planes planes) {
        EntryFilter filter = all();
        if (isGiven(wanted.organization())) {
            filter.with(
                    "organization_id = :organization",
                    "organization",
                    organization(wanted.organization().strip()));
        }
        if (isGiven(wanted.plane())) {
            filter.with("plane = :plane", "plane", plane(wanted.plane().strip()));
        }
        if (isGiven(wanted.method())) {
            filter.with(
                    "method in (:methods)",
                    "methods",
                    words("method", wanted.method())
                            .map(method -> method.toUpperCase(Locale.ROOT))
                            .toList());
        }
        if (isGiven(wanted.path())) {
            filter.with("path ~ :path", "path", PathPattern.regex(wanted.path(), planes.basePaths()));
        }
        if (isGiven(wanted.status())) {
            filter.status(wanted.status());
        }
        if (isGiven(wanted.rule())) {
            filter.with(":rule = any(rules)", "rule", rule(wanted.rule().strip()));
        }
        if (isGiven(wanted.requestId())) {
            filter.with(
                    "request_id = :requestId", "requestId", wanted.requestId().strip());
        }
        if (isGiven(wanted.since())) {
            filter.since(wanted.since().strip());
        }
        return filter;
    }

    /** Adds the condition that an entry was written after the one with this id. */
    EntryFilter after(long id) {
        EntryFilter filter = new EntryFilter(new ArrayList<>(conditions), new LinkedHashMap<>(parameters));
        filter.with("id > :after", "after", id);
        return filter;
    }

    /** The conditions as the end of an SQL statement. */
    String where() {
        return conditions.isEmpty()
                ? ""
                : conditions.stream().map(condition -> " and " + condition).collect(Collectors.joining());
    }

    private void with(String condition, String parameter, Object value) {
        conditions.add(condition);
        parameters.put(parameter, value);
    }

    private void status(String text) {
        List<Integer> exact = new ArrayList<>();
        List<Integer> hundreds = new ArrayList<>();
        words("status", text).forEach(word -> {
            Matcher matcher = STATUS.matcher(word);
            if (!matcher.matches()) {
                throw EmulatorApi.invalid("status", "'" + word + "' is not a status such as 409 or 4xx");
            }
            if (matcher.group(2) == null) {
                hundreds.add(Integer.valueOf(matcher.group(1)));
            } else {
                exact.add(Integer.valueOf(word));
            }
        });
        List<String> either = new ArrayList<>();
        if (!exact.isEmpty()) {
            either.add("status in (:statuses)");
            parameters.put("statuses", exact);
        }
        if (!hundreds.isEmpty()) {
            either.add("status / 100 in (:hundreds)");
            parameters.put("hundreds", hundreds);
        }
        conditions.add("(" + String.join(" or ", either) + ")");
    }

    private void since(String text) {
        if (ID.matcher(text).matches()) {
            with("id > :sinceId", "sinceId", Long.valueOf(text));
            return;
        }
        try {
            with("called_at >= :since", "since", OffsetDateTime.parse(text));
        } catch (DateTimeException e) {
            throw EmulatorApi.invalid(
                    "since", "'" + text + "' is neither a time such as 2026-03-01T09:00:00Z nor the id of an entry");
        }
    }

    private static long organization(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw EmulatorApi.invalid("organization", "'" + text + "' is not the id of an organisation");
        }
    }

    private static String plane(String text) {
        return Arrays.stream(TokenKind.values())
                .map(JournalEntry::plane)
                .filter(text::equalsIgnoreCase)
                .findFirst()
                .orElseThrow(() -> EmulatorApi.invalid("plane", "'" + text + "' is neither scim nor rest"));
    }

    private static String rule(String text) {
        return MiroRule.byId(text)
                .map(MiroRule::id)
                .orElseThrow(() -> EmulatorApi.invalid(
                        "rule", "'" + text + "' is not a rule; GET /emulator/rules lists all rules"));
    }

    private static Stream<String> words(String parameter, String text) {
        List<String> words = Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
        if (words.isEmpty()) {
            throw EmulatorApi.invalid(parameter, "'" + text + "' names none");
        }
        return words.stream();
    }

    private static boolean isGiven(@Nullable String text) {
        return text != null && !text.isBlank();
    }
}

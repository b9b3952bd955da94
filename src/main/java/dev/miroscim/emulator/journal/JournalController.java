package dev.miroscim.emulator.journal;

import dev.miroscim.emulator.http.EmulatorApi;
import dev.miroscim.http.Planes;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Shows and deletes journal entries. */
@RestController
@RequestMapping(path = EmulatorApi.BASE_PATH + "/journal", produces = MediaType.APPLICATION_JSON_VALUE)
class JournalController {

    /**
     * The number of calls that this instance did not record, because they came too fast or the database was
     * unavailable.
     */
    private static final String DROPPED = "X-Journal-Dropped";

    private static final int MOST = 1_000;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    private static final Pattern COUNT = Pattern.compile("count:([0-9]{1,6})");
    private static final Pattern ID = Pattern.compile("[0-9]{1,18}");

    private final Journal journal;
    private final JournalStreams streams;
    private final Planes planes;

    JournalController(Journal journal, JournalStreams streams, Planes planes) {
        this.journal = journal;
        this.streams = streams;
        this.planes = planes;
    }

    /**
     * Lists the newest calls, newest first.
     *
     * @param limit the maximum number of calls; 100 by default
     * @param until {@code count:3} waits until there are three
     * @param timeout how long to wait for that, such as {@code 5s}; the answer then has the calls so far
     */
    @GetMapping
    ResponseEntity<List<JournalEntry>> list(
            @ModelAttribute EntryFilter.Parameters parameters,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String until,
            @RequestParam(defaultValue = "5s") String timeout)
            throws InterruptedException {
        EntryFilter filter = EntryFilter.of(parameters, planes);
        int most = limit == null ? 100 : limit;
        if (most < 0 || most > MOST) {
            throw EmulatorApi.invalid("limit", "it must be from 0 to " + MOST);
        }
        if (until != null && !until.isBlank()) {
            journal.await(filter, count(until.strip()), wait(timeout.strip()));
        }
        List<JournalEntry> entries = journal.newest(filter, most);
        return ResponseEntity.ok()
                .header(DROPPED, Long.toString(journal.dropped()))
                .body(entries);
    }

    /** Deletes the selected calls, or all. */
    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@ModelAttribute EntryFilter.Parameters parameters) throws InterruptedException {
        journal.delete(EntryFilter.of(parameters, planes));
    }

    /**
     * Streams calls as they happen, oldest first, as server-sent events named {@code call}.
     *
     * @param lastEventId the last call that the client received, after which the stream continues
     */
    @GetMapping(path = "/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter stream(
            @ModelAttribute EntryFilter.Parameters parameters,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
            HttpServletResponse response)
            throws InterruptedException {
        EntryFilter filter = EntryFilter.of(parameters, planes);
        // By default, nginx buffers what it passes on.
        response.setHeader("X-Accel-Buffering", "no");
        return streams.open(filter, begin(lastEventId == null ? "" : lastEventId.strip(), parameters.since()));
    }

    /** The start of a stream: after the last received call, at the requested time, or now. */
    private long begin(String lastEventId, @Nullable String since) throws InterruptedException {
        if (ID.matcher(lastEventId).matches()) {
            return Long.parseLong(lastEventId);
        }
        return since == null || since.isBlank() ? journal.lastId() : 0;
    }

    private static int count(String until) {
        Matcher matcher = COUNT.matcher(until);
        if (!matcher.matches()) {
            throw EmulatorApi.invalid("until", "'" + until + "' is not like count:3");
        }
        return Integer.parseInt(matcher.group(1));
    }

    private static Duration wait(String timeout) {
        try {
            Duration wait = DurationStyle.detectAndParse(timeout);
            if (!wait.isNegative() && wait.compareTo(LONGEST_WAIT) <= 0) {
                return wait;
            }
        } catch (IllegalArgumentException | ArithmeticException _) {
            // The exception below reports it.
        }
        throw EmulatorApi.invalid("timeout", "'" + timeout + "' is not a duration of at most 60s, such as 5s");
    }
}

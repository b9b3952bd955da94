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

/** What was called, and what Miro's rules made of it. */
@RestController
@RequestMapping(path = EmulatorApi.BASE_PATH + "/journal", produces = MediaType.APPLICATION_JSON_VALUE)
class JournalController {

    /** How many calls this instance did not write down, since they came too fast or the database was away. */
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
     * The newest calls, newest first.
     *
     * @param limit how many at most; default 100
     * @param until {@code count:3} waits until there are three
     * @param timeout how long to wait for that, such as {@code 5s}; what there is then is the answer
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
            throw EmulatorApi.invalid("limit", "it has to be 0 to " + MOST);
        }
        if (until != null && !until.isBlank()) {
            journal.await(filter, count(until.strip()), wait(timeout.strip()));
        }
        List<JournalEntry> entries = journal.newest(filter, most);
        return ResponseEntity.ok()
                .header(DROPPED, Long.toString(journal.dropped()))
                .body(entries);
    }

    /** Forgets calls: those that are meant, or all. */
    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@ModelAttribute EntryFilter.Parameters parameters) throws InterruptedException {
        journal.delete(EntryFilter.of(parameters, planes));
    }

    /**
     * Calls as they come, oldest first, as server-sent events named {@code call}.
     *
     * @param lastEventId the last call that a client has read, after which it wants to go on
     */
    @GetMapping(path = "/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter stream(
            @ModelAttribute EntryFilter.Parameters parameters,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
            HttpServletResponse response)
            throws InterruptedException {
        EntryFilter filter = EntryFilter.of(parameters, planes);
        // nginx keeps what it passes on until it has enough of it, unless it is told not to.
        response.setHeader("X-Accel-Buffering", "no");
        return streams.open(filter, begin(lastEventId == null ? "" : lastEventId.strip(), parameters.since()));
    }

    /** Where a stream begins: after what was read, or at the time that was asked for, or now. */
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
            // Said below.
        }
        throw EmulatorApi.invalid("timeout", "'" + timeout + "' is no duration of at most 60s, such as 5s");
    }
}

package dev.miroscim.emulator.metrics;

import dev.miroscim.directory.MiroRule;
import dev.miroscim.directory.Notes;
import dev.miroscim.directory.Notes.Note;
import dev.miroscim.emulator.faults.ConnectionReset;
import dev.miroscim.http.FilterOrder;
import dev.miroscim.http.Planes;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Counts requests by plane, method, status and rule, and measures their duration by plane. Every label has few values,
 * whatever clients send.
 */
@Component
@Order(FilterOrder.METRICS)
class RequestMetrics extends OncePerRequestFilter {

    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE");

    private static final Duration[] BUCKETS = {
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2_500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30)
    };

    private final Planes planes;
    private final MeterProvider<Timer> durations;
    private final MeterProvider<Counter> requests;
    private final MeterProvider<Counter> rules;

    // The registry would sort and compare the labels at every request. There are few: every label has few values.
    private final Map<String, Timer> knownDurations = new ConcurrentHashMap<>();
    private final Map<Labels, Counter> knownRequests = new ConcurrentHashMap<>();

    RequestMetrics(Planes planes, MeterRegistry registry) {
        this.planes = planes;
        this.durations = Timer.builder("miro.request.duration")
                .description("Time from the first filter to the end of the answer")
                .serviceLevelObjectives(BUCKETS)
                .withRegistry(registry);
        this.requests = Counter.builder("miro.requests")
                .description("Answered requests; the status is 'none' where a fault broke the connection")
                .withRegistry(registry);
        this.rules = Counter.builder("miro.rules")
                .description("Requests that a rule of Miro acted on, once for each rule")
                .withRegistry(registry);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String plane = planes.of(request).name();
        long begin = System.nanoTime();
        Acted acted = new Acted(EnumSet.noneOf(MiroRule.class));
        boolean failed = true;
        try {
            Notes.listening(acted, () -> {
                chain.doFilter(request, response);
                return acted;
            });
            failed = false;
        } catch (ServletException | IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ServletException(e);
        } finally {
            knownDurations
                    .computeIfAbsent(plane, name -> durations.withTags("plane", name))
                    .record(Duration.ofNanos(System.nanoTime() - begin));
            Labels labels = new Labels(plane, method(request), status(request, response, failed));
            knownRequests
                    .computeIfAbsent(labels, known -> requests.withTags(known.tags()))
                    .increment();
            acted.rules()
                    .forEach(rule ->
                            rules.withTags(labels.tags().and("rule", rule.id())).increment());
        }
    }

    private record Labels(String plane, String method, String status) {

        Tags tags() {
            return Tags.of("plane", plane, "method", method, "status", status);
        }
    }

    private static String method(HttpServletRequest request) {
        return METHODS.contains(request.getMethod()) ? request.getMethod() : "other";
    }

    private static String status(HttpServletRequest request, HttpServletResponse response, boolean failed) {
        if (ConnectionReset.isWantedFor(request)) {
            return "none";
        }
        int status =
                failed && !response.isCommitted() ? HttpStatus.INTERNAL_SERVER_ERROR.value() : response.getStatus();
        return Integer.toString(status);
    }

    private record Acted(Set<MiroRule> rules) implements Notes.Listener {

        @Override
        public void accept(Note note) {
            rules.add(note.rule());
        }

        @Override
        public void refused(List<Note> lasting) {
            rules.clear();
            lasting.forEach(this::accept);
        }
    }
}

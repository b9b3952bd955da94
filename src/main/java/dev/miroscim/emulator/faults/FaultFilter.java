package dev.miroscim.emulator.faults;

import dev.miroscim.access.AccessContext;
import dev.miroscim.access.AccessTokens;
import dev.miroscim.access.TokenKind;
import dev.miroscim.emulator.faults.InjectedFault.BrokenConnection;
import dev.miroscim.emulator.faults.InjectedFault.Ending;
import dev.miroscim.emulator.faults.InjectedFault.ErrorAnswer;
import dev.miroscim.emulator.journal.CallMarks;
import dev.miroscim.emulator.journal.FaultMark;
import dev.miroscim.http.ApiError;
import dev.miroscim.http.ErrorWriter;
import dev.miroscim.http.FilterOrder;
import dev.miroscim.http.Plane;
import dev.miroscim.http.Planes;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets calls of the planes go wrong as it was asked for.
 */
@Component
@Order(FilterOrder.FAULTS)
class FaultFilter extends OncePerRequestFilter {

    /** Names the faults that struck, one in a header, to callers who wonder. */
    private static final String HEADER = "X-Miro-Fault";

    /** Stays when an answer is replaced: what the rules did, they did. */
    private static final String RULES = "X-Miro-Rule";

    private final CountDownLatch closing = new CountDownLatch(1);
    private final InjectedFaults faults;
    private final Planes planes;
    private final AccessTokens tokens;
    private final ErrorWriter errors;

    FaultFilter(InjectedFaults faults, Planes planes, AccessTokens tokens, ErrorWriter errors) {
        this.faults = faults;
        this.planes = planes;
        this.tokens = tokens;
        this.errors = errors;
    }

    /** Whoever waits for a late answer does not keep the program from ending. */
    @EventListener(ContextClosedEvent.class)
    void close() {
        closing.countDown();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Plane plane = faults.areNone() ? null : planes.of(request);
        TokenKind kind = plane == null ? null : plane.tokens();
        if (kind == null) {
            chain.doFilter(request, response);
            return;
        }
        Long organization =
                tokens.opened(request, kind).map(AccessContext::organizationId).orElse(null);
        List<InjectedFault> struck = faults.strike(kind, request.getMethod(), request.getRequestURI(), organization);
        if (struck.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        if (organization != null) {
            CallMarks.organization(request, organization);
        }
        struck.forEach(fault -> response.addHeader(HEADER, Long.toString(fault.id())));
        new Struck(plane, struck, request, response).run(chain);
    }

    private void pause(Duration delay) {
        try {
            closing.await(delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A call that goes wrong. */
    private final class Struck {

        private final Plane plane;
        private final List<InjectedFault> struck;
        private final HttpServletRequest request;
        private final HttpServletResponse response;

        Struck(Plane plane, List<InjectedFault> struck, HttpServletRequest request, HttpServletResponse response) {
            this.plane = plane;
            this.struck = struck;
            this.request = request;
            this.response = response;
        }

        void run(FilterChain chain) throws ServletException, IOException {
            pause(delay(false));
            for (InjectedFault fault : struck) {
                if (fault.ending() != null) {
                    Integer withheld = fault.afterTheCall() ? withhold(chain) : null;
                    pause(delay(true));
                    mark(withheld);
                    end(fault.ending());
                    return;
                }
            }
            mark(null);
            answer(chain);
        }

        private Duration delay(boolean afterTheCall) {
            return struck.stream()
                    .filter(fault -> fault.afterTheCall() == afterTheCall)
                    .map(InjectedFault::delay)
                    .reduce(Duration.ZERO, Duration::plus);
        }

        private void answer(FilterChain chain) throws ServletException, IOException {
            Duration delay = delay(true);
            if (delay.isZero()) {
                chain.doFilter(request, response);
                return;
            }
            HeldResponse held = handle(chain);
            pause(delay);
            held.release();
        }

        /** Handles the call, and keeps its answer from the caller. Returns the status that it would have had. */
        private int withhold(FilterChain chain) throws IOException {
            Map<String, List<String>> headers = headers();
            int status = handle(chain).getStatus();
            if (!response.getHeaders(RULES).isEmpty()) {
                headers.put(RULES, List.copyOf(response.getHeaders(RULES)));
            }
            response.reset();
            headers.forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
            return status;
        }

        private HeldResponse handle(FilterChain chain) throws IOException {
            HeldResponse held = new HeldResponse(plane, errors, request, response);
            try {
                chain.doFilter(request, held);
            } catch (ServletException | IOException | RuntimeException e) {
                errors.write(plane, e, request, held);
            }
            return held;
        }

        private Map<String, List<String>> headers() {
            Map<String, List<String>> headers = new LinkedHashMap<>();
            response.getHeaderNames().forEach(name -> headers.put(name, new ArrayList<>(response.getHeaders(name))));
            return headers;
        }

        private void end(Ending ending) throws IOException {
            switch (ending) {
                case ErrorAnswer answer -> errors.write(plane, fault(answer), request, response);
                case BrokenConnection _ -> {
                    CallMarks.unanswered(request);
                    ConnectionReset.of(request);
                }
            }
        }

        private ApiError fault(ErrorAnswer answer) {
            ApiError usual = switch (answer.status()) {
                case TOO_MANY_REQUESTS -> plane.tooManyRequests();
                case METHOD_NOT_ALLOWED -> plane.methodNotAllowed(request.getMethod());
                default -> ApiError.of(answer.status(), answer.status().getReasonPhrase());
            };
            Map<String, String> headers = new LinkedHashMap<>(usual.headers());
            headers.put(HttpHeaders.CACHE_CONTROL, "no-store");
            if (answer.retryAfter() != null) {
                headers.put(HttpHeaders.RETRY_AFTER, answer.retryAfter().toString());
            }
            return new ApiError(
                    answer.status(),
                    answer.scimType() == null ? usual.kind() : answer.scimType(),
                    answer.detail() == null ? usual.detail() : answer.detail(),
                    headers);
        }

        private void mark(@Nullable Integer withheld) {
            struck.forEach(
                    fault -> CallMarks.fault(request, new FaultMark(Long.toString(fault.id()), did(fault, withheld))));
        }

        /** What a fault did, for the journal. */
        private static String did(InjectedFault fault, @Nullable Integer withheld) {
            String delay = fault.delay().toMillis() + " ms";
            if (fault.ending() == null) {
                return "Delayed the " + (fault.afterTheCall() ? "answer" : "call") + " by " + delay;
            }
            return switch (fault.ending()) {
                        case ErrorAnswer answer ->
                            "Answered " + answer.status().value()
                                    + (answer.retryAfter() == null ? "" : " with Retry-After " + answer.retryAfter());
                        case BrokenConnection _ -> "Reset the connection";
                    }
                    + (withheld == null
                            ? " in place of handling the call"
                            : " in place of answering " + withheld + ", after the call was handled")
                    + (fault.delay().isZero() ? "" : ", " + delay + " late");
        }
    }
}

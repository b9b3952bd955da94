package dev.miroscim.emulator.faults;

import dev.miroscim.access.AccessContext;
import dev.miroscim.access.AccessTokens;
import dev.miroscim.access.TokenKind;
import dev.miroscim.emulator.faults.InjectedFault.BrokenConnection;
import dev.miroscim.emulator.faults.InjectedFault.Ending;
import dev.miroscim.emulator.faults.InjectedFault.InjectedError;
import dev.miroscim.emulator.journal.CallNotes;
import dev.miroscim.emulator.journal.FaultNote;
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
 * Applies faults to calls of SCIM and REST. Runs before Spring Security, because what breaks on the way to Miro breaks
 * whether or not the token is valid.
 */
@Component
@Order(FilterOrder.FAULTS)
class FaultFilter extends OncePerRequestFilter {

    /** Names one fault that acted on the call. */
    private static final String HEADER = "X-Miro-Fault";

    /** Kept when an answer is replaced, because the rules did act. */
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

    /** Ends all delays, so that they do not keep the program from ending. */
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
        List<InjectedFault> applied = faults.take(kind, request.getMethod(), request.getRequestURI(), organization);
        if (applied.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        if (organization != null) {
            CallNotes.organization(request, organization);
        }
        applied.forEach(fault -> response.addHeader(HEADER, Long.toString(fault.id())));
        new FaultyCall(plane, applied, request, response).run(chain);
    }

    private void pause(Duration delay) {
        try {
            closing.await(delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A call on which faults act. */
    private final class FaultyCall {

        private final Plane plane;
        private final List<InjectedFault> applied;
        private final HttpServletRequest request;
        private final HttpServletResponse response;

        FaultyCall(Plane plane, List<InjectedFault> applied, HttpServletRequest request, HttpServletResponse response) {
            this.plane = plane;
            this.applied = applied;
            this.request = request;
            this.response = response;
        }

        void run(FilterChain chain) throws ServletException, IOException {
            pause(delay(false));
            for (InjectedFault fault : applied) {
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
            return applied.stream()
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
            BufferedResponse held = handle(chain);
            pause(delay);
            held.release();
        }

        /** Handles the call but withholds its answer. Returns the status that the answer would have had. */
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

        private BufferedResponse handle(FilterChain chain) throws IOException {
            BufferedResponse held = new BufferedResponse(plane, errors, request, response);
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
                case InjectedError answer -> errors.write(plane, fault(answer), request, response);
                case BrokenConnection _ -> {
                    CallNotes.unanswered(request);
                    ConnectionReset.of(request);
                }
            }
        }

        private ApiError fault(InjectedError answer) {
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
            applied.forEach(
                    fault -> CallNotes.fault(request, new FaultNote(Long.toString(fault.id()), did(fault, withheld))));
        }

        /** A sentence for the journal about what the fault did. */
        private static String did(InjectedFault fault, @Nullable Integer withheld) {
            String delay = fault.delay().toMillis() + " ms";
            if (fault.ending() == null) {
                return "Delayed the " + (fault.afterTheCall() ? "answer" : "call") + " by " + delay;
            }
            return switch (fault.ending()) {
                        case InjectedError answer ->
                            "Answered " + answer.status().value()
                                    + (answer.retryAfter() == null ? "" : " with Retry-After " + answer.retryAfter());
                        case BrokenConnection _ -> "Reset the connection";
                    }
                    + (withheld == null
                            ? " instead of handling the call"
                            : " instead of answering " + withheld + ", after the call was handled")
                    + (fault.delay().isZero() ? "" : ", " + delay + " late");
        }
    }
}

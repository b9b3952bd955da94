package dev.miroscim.emulator.journal;

import dev.miroscim.access.AccessContext;
import dev.miroscim.access.BearerTokens;
import dev.miroscim.access.TokenKind;
import dev.miroscim.directory.Notes;
import dev.miroscim.directory.Notes.Note;
import dev.miroscim.emulator.clock.SystemTime;
import dev.miroscim.http.FilterOrder;
import dev.miroscim.http.Planes;
import dev.miroscim.http.RequestId;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Records every call to a plane, whatever its outcome. */
@Component
@Order(FilterOrder.JOURNAL)
class JournalFilter extends OncePerRequestFilter {

    private final BearerTokens tokens = new BearerTokens();
    private final Planes planes;
    private final JournalQueue queue;
    private final boolean enabled;
    private final int maxBody;

    JournalFilter(Planes planes, JournalQueue queue, JournalProperties properties) {
        this.planes = planes;
        this.queue = queue;
        this.enabled = properties.enabled();
        this.maxBody = Math.toIntExact(properties.maxBody().toBytes());
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !enabled;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        TokenKind plane = planes.of(request).tokens();
        if (plane == null) {
            chain.doFilter(request, response);
        } else {
            watch(plane, request, response, chain);
        }
    }

    private void watch(TokenKind plane, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Instant time = SystemTime.now();
        long begin = System.nanoTime();
        CallNotes marks = CallNotes.begin(request);
        CapturedRequest asked = new CapturedRequest(request, maxBody);
        CapturedResponse answer = new CapturedResponse(response, maxBody);
        List<Note> notes = new ArrayList<>();
        boolean failed = true;
        try {
            Notes.listening(new Collecting(notes), () -> {
                chain.doFilter(asked, answer);
                return notes;
            });
            failed = false;
        } catch (ServletException | IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ServletException(e);
        } finally {
            long micros = (System.nanoTime() - begin) / 1_000;
            queue.offer(new Call(
                    time,
                    AccessContext.of(request).map(AccessContext::organizationId).orElseGet(marks::organizationId),
                    plane,
                    request.getMethod(),
                    request.getRequestURI(),
                    request.getQueryString(),
                    asked.body(),
                    status(marks, failed, response),
                    answer.body(),
                    micros,
                    request.getRemoteAddr(),
                    request.getHeader(HttpHeaders.USER_AGENT),
                    RequestId.of(request),
                    tokens.resolve(request),
                    List.copyOf(notes),
                    List.copyOf(marks.faults())));
        }
    }

    private static @Nullable Integer status(CallNotes marks, boolean failed, HttpServletResponse response) {
        if (marks.isUnanswered()) {
            return null;
        }
        return failed && !response.isCommitted() ? HttpStatus.INTERNAL_SERVER_ERROR.value() : response.getStatus();
    }

    private record Collecting(List<Note> notes) implements Notes.Listener {

        @Override
        public void accept(Note note) {
            notes.add(note);
        }

        @Override
        public void refused(List<Note> lasting) {
            notes.clear();
            notes.addAll(lasting);
        }
    }
}

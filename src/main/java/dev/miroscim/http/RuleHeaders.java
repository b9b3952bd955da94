package dev.miroscim.http;

import dev.miroscim.directory.MiroRule;
import dev.miroscim.directory.Notes;
import dev.miroscim.directory.Notes.Note;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Adds a header {@code X-Miro-Rule} to the answer for each rule that acted on the request. Runs before Spring Security,
 * whose refusals are rules too.
 */
@Component
@Order(FilterOrder.RULE_HEADERS)
class RuleHeaders extends OncePerRequestFilter {

    private static final String NAME = "X-Miro-Rule";

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Set<MiroRule> told = EnumSet.noneOf(MiroRule.class);
        try {
            Notes.listening(new Headers(response, told), () -> {
                chain.doFilter(request, response);
                return told;
            });
        } catch (ServletException | IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ServletException(e);
        }
    }

    private record Headers(HttpServletResponse response, Set<MiroRule> told) implements Notes.Listener {

        /** Sets the header as soon as the rule is noted: later, the answer may already be committed. */
        @Override
        public void accept(Note note) {
            if (told.add(note.rule())) {
                response.addHeader(NAME, note.rule().id());
            }
        }

        @Override
        public void refused(List<Note> lasting) {
            told.clear();
            response.setHeader(NAME, null);
            lasting.forEach(this::accept);
        }
    }
}

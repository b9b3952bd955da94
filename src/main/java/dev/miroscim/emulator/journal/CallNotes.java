package dev.miroscim.emulator.journal;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Facts about a call that its answer does not show, for its journal entry. */
public final class CallNotes {

    private static final String ATTRIBUTE = CallNotes.class.getName();

    private final List<FaultNote> faults = new ArrayList<>();
    private @Nullable Long organizationId;
    private boolean unanswered;

    private CallNotes() {}

    static CallNotes begin(HttpServletRequest request) {
        CallNotes marks = new CallNotes();
        request.setAttribute(ATTRIBUTE, marks);
        return marks;
    }

    /** Records that a fault acted on the call. */
    public static void fault(HttpServletRequest request, FaultNote mark) {
        CallNotes marks = of(request);
        if (marks != null) {
            marks.faults.add(mark);
        }
    }

    /** Records the organisation of a call that is answered before Spring Security reads its token. */
    public static void organization(HttpServletRequest request, long organizationId) {
        CallNotes marks = of(request);
        if (marks != null) {
            marks.organizationId = organizationId;
        }
    }

    /** Records that the caller gets no answer. */
    public static void unanswered(HttpServletRequest request) {
        CallNotes marks = of(request);
        if (marks != null) {
            marks.unanswered = true;
        }
    }

    List<FaultNote> faults() {
        return faults;
    }

    @Nullable
    Long organizationId() {
        return organizationId;
    }

    boolean isUnanswered() {
        return unanswered;
    }

    private static @Nullable CallNotes of(HttpServletRequest request) {
        return (CallNotes) request.getAttribute(ATTRIBUTE);
    }
}

package dev.miroscim.directory;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Where the rules that act on a request say so. Whoever handles a request listens while it runs; without a listener, as
 * while seeding, notes go nowhere. Several may listen, one inside the other.
 */
public final class Notes {

    private static final ScopedValue<Call> CALL = ScopedValue.newInstance();

    private Notes() {}

    /** Hears of the notes of one request. */
    @FunctionalInterface
    public interface Listener {

        void accept(Note note);

        /** The request is refused: of all that was noted only {@code refusals} hold, which may be none. */
        default void refused(List<Note> refusals) {}
    }

    private record Call(List<Listener> listeners, List<Note> refusals) {

        void add(Note note) {
            listeners.forEach(listener -> listener.accept(note));
        }
    }

    /**
     * A rule that ignored, altered, added to or refused what was asked.
     *
     * @param attribute the attribute it acted on, as SCIM names it; null if it acted on the whole request
     * @param sentence what it did, for a person to read
     */
    public record Note(MiroRule rule, @Nullable String attribute, String sentence) {}

    /**
     * Runs {@code body} and tells {@code listener} of every note: of a refusal at once, of all else when it is
     * committed.
     */
    public static <R, X extends Throwable> R listening(Listener listener, ScopedValue.CallableOp<? extends R, X> body)
            throws X {
        List<Listener> listeners = new ArrayList<>();
        List<Note> refusals = new ArrayList<>();
        if (CALL.isBound()) {
            listeners.addAll(CALL.get().listeners());
            refusals = CALL.get().refusals();
        }
        listeners.add(listener);
        return ScopedValue.where(CALL, new Call(listeners, refusals)).call(body);
    }

    /** Takes back all notes of the request but those that explain why it is refused, since nothing was done for it. */
    public static void refused() {
        if (CALL.isBound()) {
            CALL.get()
                    .listeners()
                    .forEach(listener -> listener.refused(CALL.get().refusals()));
        }
    }

    /** Tells what was done, once it is done for good: within a transaction, at its commit. */
    static void add(Note note) {
        if (!CALL.isBound()) {
            return;
        }
        Call call = CALL.get();
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            call.add(note);
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                call.add(note);
            }
        });
    }

    /** Tells at once why a request is refused, which undoes all else that it did. */
    static void addRefusal(Note note) {
        if (CALL.isBound()) {
            CALL.get().refusals().add(note);
            CALL.get().add(note);
        }
    }
}

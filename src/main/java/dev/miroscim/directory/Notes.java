package dev.miroscim.directory;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Carries notes from the rules that act on a request to those who report them. A filter listens while a request runs.
 * Without a listener, as while seeding, notes are dropped. Listeners can be nested.
 */
public final class Notes {

    private static final ScopedValue<Call> CALL = ScopedValue.newInstance();

    private Notes() {}

    /** Receives the notes of one request. */
    @FunctionalInterface
    public interface Listener {

        void accept(Note note);

        /** The request is refused. Of all notes only {@code lasting} ones remain, possibly none. */
        default void refused(List<Note> lasting) {}
    }

    /** @param lasting refusals, and notes of what was committed before the request failed */
    private record Call(List<Listener> listeners, List<Note> lasting) {

        void add(Note note) {
            listeners.forEach(listener -> listener.accept(note));
        }

        void addLasting(Note note) {
            lasting.add(note);
            add(note);
        }
    }

    /**
     * A rule that ignored, altered, added to or refused what was asked.
     *
     * @param attribute the attribute it acted on, as SCIM names it; null if it acted on the whole request
     * @param sentence what it did, for a person to read
     */
    public record Note(MiroRule rule, @Nullable String attribute, String sentence) {}

    /** Runs {@code body} and passes every note to {@code listener}: refusals at once, all others at commit. */
    public static <R, X extends Throwable> R listening(Listener listener, ScopedValue.CallableOp<? extends R, X> body)
            throws X {
        List<Listener> listeners = new ArrayList<>();
        List<Note> lasting = new ArrayList<>();
        if (CALL.isBound()) {
            listeners.addAll(CALL.get().listeners());
            lasting = CALL.get().lasting();
        }
        listeners.add(listener);
        return ScopedValue.where(CALL, new Call(listeners, lasting)).call(body);
    }

    /** Withdraws all notes of the request except those that explain its refusal and those of what is committed. */
    public static void refused() {
        if (CALL.isBound()) {
            CALL.get()
                    .listeners()
                    .forEach(listener -> listener.refused(CALL.get().lasting()));
        }
    }

    /** Passes on what was done: within a transaction at its commit, otherwise at once. */
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
                call.addLasting(note);
            }
        });
    }

    /** Passes on at once why a request is refused. */
    static void addRefusal(Note note) {
        if (CALL.isBound()) {
            CALL.get().addLasting(note);
        }
    }
}

package dev.miroscim.directory;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Where the rules that act on a request say so. Whoever handles a request listens while it runs; without a listener, as
 * while seeding, notes go nowhere. Several may listen, one inside the other.
 */
public final class Notes {

    private static final ScopedValue<Consumer<Note>> LISTENER = ScopedValue.newInstance();

    private Notes() {}

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
    public static <R, X extends Throwable> R listening(
            Consumer<Note> listener, ScopedValue.CallableOp<? extends R, X> body) throws X {
        return ScopedValue.where(LISTENER, LISTENER.isBound() ? LISTENER.get().andThen(listener) : listener)
                .call(body);
    }

    /** Tells what was done, once it is done for good: within a transaction, at its commit. */
    static void add(Note note) {
        if (!LISTENER.isBound()) {
            return;
        }
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            LISTENER.get().accept(note);
            return;
        }
        Consumer<Note> listener = LISTENER.get();
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                listener.accept(note);
            }
        });
    }

    /** Tells at once why a request is refused, which undoes all else that it did. */
    static void addRefusal(Note note) {
        if (LISTENER.isBound()) {
            LISTENER.get().accept(note);
        }
    }
}

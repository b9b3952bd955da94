package dev.miroscim.emulator;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * A value from the database that is read again and again, by several threads. The result of an older read never
 * replaces that of a newer one. Nothing is locked while a read waits for a connection.
 */
public final class Latest<T> {

    private final Supplier<T> source;
    private final AtomicLong begun = new AtomicLong();
    private long shown;
    private volatile T value;

    /** @param first the value before the first read */
    public Latest(T first, Supplier<T> source) {
        this.value = first;
        this.source = source;
    }

    public T value() {
        return value;
    }

    /** Reads now. Whatever was stored before this call is in {@link #value()} after it. */
    public void read() {
        long number = begun.incrementAndGet();
        T read = source.get();
        synchronized (this) {
            if (number > shown) {
                shown = number;
                value = read;
            }
        }
    }
}

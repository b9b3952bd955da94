package dev.miroscim.directory;

import java.util.List;

/**
 * A part of a list that is read from an id on.
 *
 * @param more whether the list goes on after it
 */
public record Slice<T>(List<T> items, boolean more) {

    /** The slice of {@code limit} items, from a list that was read one further than that. */
    public static <T> Slice<T> of(List<T> oneMore, int limit) {
        return oneMore.size() > limit ? new Slice<>(oneMore.subList(0, limit), true) : new Slice<>(oneMore, false);
    }
}

package dev.miroscim.directory;

import java.util.List;

/**
 * A part of a list that is read from an id on.
 *
 * @param more whether the list goes on after it
 */
public record Slice<T>(List<T> items, boolean more) {

    /** The first {@code limit} items of a list that was read with one item more. */
    public static <T> Slice<T> of(List<T> oneMore, int limit) {
        return oneMore.size() > limit ? new Slice<>(oneMore.subList(0, limit), true) : new Slice<>(oneMore, false);
    }
}

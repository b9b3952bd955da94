package dev.miroscim.platform;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.miroscim.directory.Slice;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list.
 *
 * @param limit how many items the request asked for
 * @param size how many items the page has
 * @param cursor the id of the last item, from which the next page continues; absent on the last page
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"limit", "size", "data", "cursor", "type"})
record Page<T>(int limit, int size, List<T> data, @Nullable String cursor, String type) {

    /** An item of a page. */
    interface Item {
        String id();
    }

    static <T, R extends Item> Page<R> of(Limit limit, Slice<T> slice, Function<? super T, R> resource) {
        List<R> data = slice.items().stream().map(resource).toList();
        return new Page<>(
                limit.value(), data.size(), data, slice.more() ? data.getLast().id() : null, "cursor-list");
    }
}

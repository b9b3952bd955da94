package dev.miroscim.scim;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to every query, even without a match: identity providers treat anything else as an error.
 *
 * @param totalResults how many resources match, on all pages together
 * @param startIndex the 1-based index of the first resource; like {@code itemsPerPage}, Miro omits it unless the
 *     request asked for a page
 * @param resources null if the request only asked for the number
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"schemas", "totalResults", "startIndex", "itemsPerPage", "Resources"})
public record ListResponse<T>(
        List<String> schemas,
        long totalResults,
        @Nullable Integer startIndex,
        @Nullable Integer itemsPerPage,
        @JsonProperty("Resources") @Nullable List<T> resources) {

    private static final List<String> SCHEMAS = List.of("urn:ietf:params:scim:api:messages:2.0:ListResponse");

    /** The answer to {@code count=0}, where Miro omits everything except the total. */
    public static <T> ListResponse<T> ofTotal(long totalResults) {
        return new ListResponse<>(SCHEMAS, totalResults, null, null, null);
    }

    /** The answer to a request without paging; {@code totalResults} can exceed the size of the list. */
    public static <T> ListResponse<T> of(long totalResults, List<T> resources) {
        return new ListResponse<>(SCHEMAS, totalResults, null, null, resources);
    }

    /** The page that begins at {@code startIndex}. */
    public static <T> ListResponse<T> page(long totalResults, int startIndex, List<T> resources) {
        return new ListResponse<>(SCHEMAS, totalResults, startIndex, resources.size(), resources);
    }
}

package dev.miroscim.scim;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to every query, also to one without a hit: identity providers take anything else for an error.
 *
 * @param totalResults how many resources match, on all pages together
 * @param startIndex the 1-based place of the first resource; Miro leaves it and {@code itemsPerPage} out unless the
 *     request asked for a page
 * @param resources null where the request asked only for how many there are
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

    /** The answer to a request for no resources at all, in which Miro leaves out everything about them. */
    public static <T> ListResponse<T> ofTotal(long totalResults) {
        return new ListResponse<>(SCHEMAS, totalResults, null, null, null);
    }

    /** An answer to a request that did not ask for a page; {@code totalResults} may still be more than fit into one. */
    public static <T> ListResponse<T> of(long totalResults, List<T> resources) {
        return new ListResponse<>(SCHEMAS, totalResults, null, null, resources);
    }

    /** The page that begins at {@code startIndex}. */
    public static <T> ListResponse<T> page(long totalResults, int startIndex, List<T> resources) {
        return new ListResponse<>(SCHEMAS, totalResults, startIndex, resources.size(), resources);
    }
}

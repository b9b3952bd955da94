package dev.miroscim.scim.query;

import dev.miroscim.directory.MiroRule;
import dev.miroscim.scim.ListResponse;
import dev.miroscim.scim.Projection;
import dev.miroscim.scim.ScimException;
import dev.miroscim.scim.filter.AttributePath;
import dev.miroscim.scim.filter.Filter;
import dev.miroscim.scim.schema.ResourceType;
import jakarta.servlet.http.HttpServletRequest;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The query parameters of a list.
 *
 * @param startIndex from 1
 * @param count at most {@value #LARGEST_PAGE}
 * @param paged whether the request asked for a page, so that the answer describes the page
 */
public record ListParameters(
        @Nullable Filter filter,
        @Nullable AttributePath sortBy,
        boolean descending,
        int startIndex,
        int count,
        boolean paged,
        Projection projection) {

    private static final int DEFAULT_PAGE = 100;
    private static final int LARGEST_PAGE = 1_000;

    /** Reads the parameters and ignores unknown ones. */
    public static ListParameters of(HttpServletRequest request, ResourceType resource) {
        String filter = request.getParameter("filter");
        String sortBy = request.getParameter("sortBy");
        Integer startIndex = number("startIndex", request.getParameter("startIndex"));
        Integer count = number("count", request.getParameter("count"));
        return new ListParameters(
                filter == null ? null : Filter.parse(filter, resource),
                sortBy == null || sortBy.isBlank() ? null : AttributePath.parse(sortBy, resource),
                descending(request.getParameter("sortOrder")),
                startIndex == null ? 1 : Math.max(1, startIndex),
                count == null ? DEFAULT_PAGE : limited(count),
                startIndex != null || count != null,
                Projection.of(
                        request.getParameter("attributes"), request.getParameter("excludedAttributes"), resource));
    }

    /** The number of resources to skip. */
    public int offset() {
        return startIndex - 1;
    }

    /** The answer with these resources. */
    public <T> ListResponse<T> respond(long total, List<T> resources) {
        if (count == 0) {
            return ListResponse.ofTotal(total);
        }
        return paged ? ListResponse.page(total, startIndex, resources) : ListResponse.of(total, resources);
    }

    private static int limited(int count) {
        if (count > LARGEST_PAGE) {
            MiroRule.PAGE_LIMIT.note("count");
        }
        return Math.clamp(count, 0, LARGEST_PAGE);
    }

    private static boolean descending(@Nullable String sortOrder) {
        if (sortOrder == null || sortOrder.isBlank() || sortOrder.equalsIgnoreCase("ascending")) {
            return false;
        }
        if (sortOrder.equalsIgnoreCase("descending")) {
            return true;
        }
        throw ScimException.invalidValue("sortOrder must be ascending or descending, not '" + sortOrder + "'");
    }

    /** Reads an integer of any size and limits it to the range of an int. */
    private static @Nullable Integer number(String name, @Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        String digits = text.strip();
        if (!digits.matches("[+-]?[0-9]{1,100}")) {
            throw ScimException.invalidValue(name + " must be a whole number, not '" + digits + "'");
        }
        BigInteger number = new BigInteger(digits);
        return number.bitLength() < Integer.SIZE
                ? number.intValueExact()
                : number.signum() < 0 ? Integer.MIN_VALUE : Integer.MAX_VALUE;
    }
}

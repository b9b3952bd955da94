package dev.miroscim.directory;

import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.Expression;
import jakarta.persistence.criteria.Root;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jpa.domain.Specification;

/**
 * Which part of a list to read.
 *
 * @param filter which items belong to the list
 * @param sortKey what to order by before the id; null for the id alone
 * @param offset how many to skip, from 0
 * @param limit how many to read at most; 0 to count only
 * @param collections whether to read the groups of members, or the members of groups, along with them
 */
public record ListQuery<T>(
        Specification<T> filter,
        @Nullable SortKey<T> sortKey,
        boolean descending,
        long offset,
        int limit,
        boolean collections) {

    /** The expression a list is ordered by; null if it is the same for all. */
    @FunctionalInterface
    public interface SortKey<T> {
        @Nullable
        Expression<?> of(Root<T> root, CriteriaBuilder builder);
    }
}

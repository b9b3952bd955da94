package dev.miroscim.directory;

import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.CriteriaQuery;
import jakarta.persistence.criteria.Order;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import java.util.ArrayList;
import java.util.List;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Sort;
import org.springframework.data.jpa.domain.Specification;
import org.springframework.data.jpa.repository.JpaSpecificationExecutor;

/** Reads a page of what belongs to an organisation: one statement, and one more to count unless the page tells it. */
public final class Pages {

    private Pages() {}

    /** @param repository of entities with the attributes {@code id} and {@code organizationId} */
    public static <E> Listing<E> read(JpaSpecificationExecutor<E> repository, long organizationId, ListQuery<E> query) {
        Specification<E> wanted = (root, select, builder) -> {
            if (select.getResultType() != Long.class) {
                select.orderBy(order(query, root, builder));
            }
            return conditions(organizationId, query, root, select, builder);
        };
        if (query.limit() == 0) {
            return new Listing<>(repository.count(wanted), List.of());
        }
        Page<E> page = repository.findAll(wanted, new Part(query.offset(), query.limit()));
        return new Listing<>(page.getTotalElements(), page.getContent());
    }

    private static <E> List<Order> order(ListQuery<E> query, Root<E> root, CriteriaBuilder builder) {
        List<Order> order = new ArrayList<>();
        var key = query.sortKey() == null ? null : query.sortKey().of(root, builder);
        if (key != null) {
            order.add(query.descending() ? builder.desc(key) : builder.asc(key));
        }
        order.add(builder.asc(root.get("id")));
        return order;
    }

    private static <E> Predicate conditions(
            long organizationId, ListQuery<E> query, Root<E> root, CriteriaQuery<?> select, CriteriaBuilder builder) {
        Predicate own = builder.equal(root.get("organizationId"), organizationId);
        Predicate filter = query.filter().toPredicate(root, select, builder);
        return filter == null ? own : builder.and(own, filter);
    }

    /** A page that begins anywhere, as SCIM's {@code startIndex} does. */
    private record Part(long offset, int size) implements Pageable {

        @Override
        public int getPageNumber() {
            return Math.toIntExact(offset / size);
        }

        @Override
        public int getPageSize() {
            return size;
        }

        @Override
        public long getOffset() {
            return offset;
        }

        @Override
        public Sort getSort() {
            return Sort.unsorted();
        }

        @Override
        public Pageable next() {
            return new Part(offset + size, size);
        }

        @Override
        public Pageable previousOrFirst() {
            return new Part(Math.max(0, offset - size), size);
        }

        @Override
        public Pageable first() {
            return new Part(0, size);
        }

        @Override
        public Pageable withPage(int pageNumber) {
            return new Part((long) pageNumber * size, size);
        }

        @Override
        public boolean hasPrevious() {
            return offset > 0;
        }
    }
}

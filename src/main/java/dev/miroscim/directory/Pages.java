package dev.miroscim.directory;

import jakarta.persistence.EntityManager;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.CriteriaQuery;
import jakarta.persistence.criteria.Order;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.Session;
import org.hibernate.query.criteria.HibernateCriteriaBuilder;
import org.springframework.stereotype.Component;

/** Reads a page of what belongs to an organisation: one statement, and one more to count unless the page tells it. */
@Component
public class Pages {

    private final EntityManager entities;

    Pages(EntityManager entities) {
        this.entities = entities;
    }

    /** @param type an entity with the attributes {@code id} and {@code organizationId} */
    public <T> Listing<T> read(Class<T> type, long organizationId, ListQuery<T> query) {
        List<T> page = query.limit() == 0 ? List.of() : page(type, organizationId, query);
        boolean last = page.size() < query.limit() && (query.offset() == 0 || !page.isEmpty());
        return new Listing<>(last ? query.offset() + page.size() : count(type, organizationId, query), page);
    }

    private <T> List<T> page(Class<T> type, long organizationId, ListQuery<T> query) {
        CriteriaBuilder builder = entities.getCriteriaBuilder();
        CriteriaQuery<T> select = builder.createQuery(type);
        Root<T> root = select.from(type);
        List<Order> order = new ArrayList<>();
        if (query.sortKey() != null) {
            var key = query.sortKey().of(root, builder);
            if (key != null) {
                order.add(query.descending() ? builder.desc(key) : builder.asc(key));
            }
        }
        order.add(builder.asc(root.get("id")));
        select.where(conditions(organizationId, query, root, select, builder)).orderBy(order);
        return entities.createQuery(select)
                .setFirstResult(Math.toIntExact(query.offset()))
                .setMaxResults(query.limit())
                .setHint("org.hibernate.readOnly", true)
                .getResultList();
    }

    private <T> long count(Class<T> type, long organizationId, ListQuery<T> query) {
        HibernateCriteriaBuilder builder = entities.unwrap(Session.class).getCriteriaBuilder();
        CriteriaQuery<Long> select = builder.createQuery(Long.class);
        Root<T> root = select.from(type);
        select.select(builder.count()).where(conditions(organizationId, query, root, select, builder));
        return entities.createQuery(select).getSingleResult();
    }

    private static <T> Predicate conditions(
            long organizationId, ListQuery<T> query, Root<T> root, CriteriaQuery<?> select, CriteriaBuilder builder) {
        Predicate own = builder.equal(root.get("organizationId"), organizationId);
        Predicate filter = query.filter().toPredicate(root, select, builder);
        return filter == null ? own : builder.and(own, filter);
    }
}

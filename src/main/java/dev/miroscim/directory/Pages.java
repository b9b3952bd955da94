package dev.miroscim.directory;

import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.util.List;
import java.util.stream.Stream;
import org.hibernate.jpa.HibernateHints;

/** Reads a page of the groups of an organisation: one statement, and one more to count unless the page tells it. */
public final class Pages {

    private Pages() {}

    /**
     * @param entity whose rows are in the table
     * @param table with the alias {@code g} and the columns {@code id} and {@code organization_id}
     */
    public static <E> Listing<E> read(
            EntityManager entities, Class<E> entity, String table, long organizationId, ListQuery query) {
        Sql conditions =
                Sql.of("g.organization_id = %s", Sql.value(organizationId)).and(query.filter());
        List<E> page = query.limit() == 0 ? List.of() : page(entities, entity, table, conditions, query);
        boolean last = page.size() < query.limit() && (query.offset() == 0 || !page.isEmpty());
        return new Listing<>(last ? query.offset() + page.size() : count(entities, table, conditions), page);
    }

    private static <E> List<E> page(
            EntityManager entities, Class<E> entity, String table, Sql conditions, ListQuery query) {
        Sql select = Sql.of(
                "select g.* from " + table + " where %s order by %s offset %s limit %s",
                conditions,
                query.order(Sql.of("g.id")),
                Sql.value(query.offset()),
                Sql.value(query.limit()));
        Query page = withParameters(entities.createNativeQuery(select.text(), entity), select)
                .setHint(HibernateHints.HINT_READ_ONLY, true);
        Stream<?> groups = page.getResultStream();
        return groups.<E>map(entity::cast).toList();
    }

    private static long count(EntityManager entities, String table, Sql conditions) {
        Sql count = Sql.of("select count(*) from " + table + " where %s", conditions);
        return (Long) withParameters(entities.createNativeQuery(count.text(), Long.class), count)
                .getSingleResult();
    }

    private static Query withParameters(Query query, Sql sql) {
        int index = 1;
        for (Object value : sql.parameters()) {
            query.setParameter(index, value);
            index++;
        }
        return query;
    }
}

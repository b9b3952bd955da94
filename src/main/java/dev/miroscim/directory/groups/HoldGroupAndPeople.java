package dev.miroscim.directory.groups;

import dev.miroscim.directory.LockOrder;
import dev.miroscim.directory.LockOrder.Lock;
import dev.miroscim.directory.people.Membership;
import dev.miroscim.directory.people.People;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;
import org.hibernate.Session;
import org.hibernate.query.NativeQuery;

/**
 * Holds a group and people until the end of the transaction, by one statement: almost every change of a group names
 * people who exist.
 *
 * @param <E> the entity behind a group
 */
final class HoldGroupAndPeople<E> {

    private final EntityManager entities;
    private final People people;
    private final Class<E> type;
    private final Lock lock;
    private final String ofOne;
    private final String ofMany;

    /** @param table of the groups */
    HoldGroupAndPeople(EntityManager entities, People people, Class<E> type, String table, Lock lock) {
        this.entities = entities;
        this.people = people;
        this.type = type;
        this.lock = lock;
        // The group is locked before the people, since it is read before they are sorted.
        String hold = """
                select {g.*}, {m.*}, {p.*}
                from (select * from %s where organization_id = :organization and id = :id for no key update) g
                cross join membership m join profile p on p.id = m.profile_id
                where m.organization_id = :organization and m.profile_id = %%s
                order by m.id for no key update of m, p
                """.formatted(table);
        this.ofOne = hold.formatted(":people");
        this.ofMany = hold.formatted("any(:people)");
    }

    /** @param people in the order of their ids, also guests and those who left */
    record Held<E>(E group, List<Membership> people) {}

    /** Empty if there is no such group, or none of these people. */
    Optional<Held<E>> hold(long organizationId, long id, List<Long> named) {
        LockOrder.take(lock, organizationId);
        boolean one = named.size() == 1;
        NativeQuery<Object[]> query = entities.unwrap(Session.class)
                .createNativeQuery(one ? ofOne : ofMany, Object[].class)
                .addEntity("g", type)
                .addEntity("m", Membership.class);
        query.addFetch("p", "m", "profile");
        List<Object[]> rows = query.setParameter("organization", organizationId)
                .setParameter("id", id)
                .setParameter("people", one ? named.getFirst() : named.toArray(Long[]::new))
                .getResultList();
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        LockOrder.take(Lock.MEMBERSHIP, organizationId);
        List<Membership> held = rows.stream().map(row -> (Membership) row[1]).toList();
        people.watch(held);
        return Optional.of(new Held<>(type.cast(rows.getFirst()[0]), held));
    }
}

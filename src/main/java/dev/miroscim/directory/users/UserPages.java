package dev.miroscim.directory.users;

import dev.miroscim.directory.ListQuery;
import dev.miroscim.directory.Listing;
import dev.miroscim.directory.organizations.Organization;
import dev.miroscim.directory.organizations.Organizations;
import dev.miroscim.directory.people.GroupRef;
import dev.miroscim.directory.people.Membership;
import dev.miroscim.directory.people.Profiles;
import dev.miroscim.directory.people.VisibleMembers;
import jakarta.persistence.EntityManager;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.CriteriaQuery;
import jakarta.persistence.criteria.Expression;
import jakarta.persistence.criteria.Order;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import org.hibernate.Session;
import org.hibernate.query.criteria.HibernateCriteriaBuilder;
import org.hibernate.query.criteria.JpaCriteriaQuery;
import org.hibernate.query.criteria.JpaSubQuery;
import org.springframework.stereotype.Component;

/** Reads a page of users: one statement for the page and one for each collection. */
@Component
class UserPages {

    private final EntityManager entities;
    private final Organizations organizations;
    private final GroupsOfUsers memberGroups;

    UserPages(EntityManager entities, Organizations organizations, GroupsOfUsers memberGroups) {
        this.entities = entities;
        this.organizations = organizations;
        this.memberGroups = memberGroups;
    }

    Listing<User> list(long organizationId, ListQuery<Membership> query) {
        Organization organization = organizations.get(organizationId);
        List<Membership> page = query.limit() == 0 ? List.of() : page(organization, query);
        boolean last = page.size() < query.limit() && (query.offset() == 0 || !page.isEmpty());
        long total = last ? query.offset() + page.size() : count(organization, query);
        Map<Long, List<GroupRef>> groups = query.collections() ? memberGroups.of(organization, page) : Map.of();
        return new Listing<>(
                total,
                page.stream()
                        .map(member -> new User(member, groups.getOrDefault(member.id(), List.of())))
                        .toList());
    }

    User withGroups(Membership membership) {
        return memberGroups.of(organizations.get(membership.organizationId()), membership);
    }

    /**
     * Finds the ids of the page in an index first. Otherwise PostgreSQL joins the profiles of all rows before the
     * page.
     */
    private List<Membership> page(Organization organization, ListQuery<Membership> query) {
        HibernateCriteriaBuilder builder = entities.unwrap(Session.class).getCriteriaBuilder();
        JpaCriteriaQuery<Membership> select = builder.createQuery(Membership.class);
        Root<Membership> member = select.from(Membership.class);
        member.fetch("profile");
        JpaSubQuery<Long> page = select.subquery(Long.class);
        Root<Membership> listed = page.from(Membership.class);
        // Orders first: the conditions depend on whether the order needs the profile.
        page.select(listed.get("id"))
                .orderBy(order(query, listed, builder))
                .where(conditions(
                        organization,
                        query,
                        listed,
                        select,
                        builder,
                        // As a literal: with a parameter, PostgreSQL assumes an organisation of average size and
                        // sorts a large one whole.
                        query.sortKey() == null ? builder::value : builder::literal))
                .offset(builder.value(query.offset()))
                // As a literal: with a parameter, PostgreSQL plans for a tenth of all rows.
                .fetch(builder.literal(query.limit()));
        select.where(member.get("id").in(page)).orderBy(order(query, member, builder));
        return entities.createQuery(select)
                .setHint("org.hibernate.readOnly", true)
                .getResultList();
    }

    private long count(Organization organization, ListQuery<Membership> query) {
        HibernateCriteriaBuilder builder = entities.unwrap(Session.class).getCriteriaBuilder();
        CriteriaQuery<Long> select = builder.createQuery(Long.class);
        Root<Membership> member = select.from(Membership.class);
        select.select(builder.count()).where(conditions(organization, query, member, select, builder, builder::value));
        return entities.createQuery(select).getSingleResult();
    }

    private static List<Order> order(ListQuery<Membership> query, Root<Membership> member, CriteriaBuilder builder) {
        List<Order> order = new ArrayList<>();
        Expression<?> key = query.sortKey() == null ? null : query.sortKey().of(member, builder);
        if (key != null) {
            order.add(query.descending() ? builder.desc(key) : builder.asc(key));
        }
        order.add(builder.asc(member.get("profile").get("id")));
        return order;
    }

    private static Predicate conditions(
            Organization organization,
            ListQuery<Membership> query,
            Root<Membership> member,
            CriteriaQuery<?> select,
            CriteriaBuilder builder,
            LongFunction<Expression<Long>> ids) {
        List<Predicate> conditions = new ArrayList<>();
        conditions.add(builder.equal(member.get("organizationId"), ids.apply(organization.id())));
        conditions.add(VisibleMembers.only(member, builder));
        Predicate filter = query.filter().toPredicate(member, select, builder);
        if (filter != null) {
            conditions.add(filter);
        }
        if (!member.getJoins().isEmpty()) {
            // The indexes on e-mail and names begin with the universe.
            conditions.add(builder.equal(Profiles.of(member).get("universeId"), ids.apply(organization.universeId())));
        }
        return builder.and(conditions);
    }
}

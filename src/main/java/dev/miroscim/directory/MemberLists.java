package dev.miroscim.directory;

import jakarta.persistence.EntityManager;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.CriteriaQuery;
import jakarta.persistence.criteria.Order;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Reads members a page at a time: one statement for the page and one for each collection. */
@Component
class MemberLists {

    private final EntityManager entities;
    private final Organizations organizations;
    private final MemberGroups memberGroups;

    MemberLists(EntityManager entities, Organizations organizations, MemberGroups memberGroups) {
        this.entities = entities;
        this.organizations = organizations;
        this.memberGroups = memberGroups;
    }

    Listing<Member> list(long organizationId, ListQuery<Membership> query) {
        Organization organization = organizations.get(organizationId);
        List<Membership> page = query.limit() == 0 ? List.of() : page(organization, query);
        boolean last = page.size() < query.limit() && (query.offset() == 0 || !page.isEmpty());
        long total = last ? query.offset() + page.size() : count(organization, query);
        Map<Long, List<GroupRef>> groups = query.collections() ? memberGroups.of(organization, page) : Map.of();
        return new Listing<>(
                total,
                page.stream()
                        .map(member -> new Member(member, groups.getOrDefault(member.id(), List.of())))
                        .toList());
    }

    Member withGroups(Membership membership) {
        return memberGroups.of(organizations.get(membership.organizationId()), membership);
    }

    private List<Membership> page(Organization organization, ListQuery<Membership> query) {
        CriteriaBuilder builder = entities.getCriteriaBuilder();
        CriteriaQuery<Membership> select = builder.createQuery(Membership.class);
        Root<Membership> root = select.from(Membership.class);
        root.fetch("profile");
        List<Order> order = new ArrayList<>();
        if (query.sortKey() != null) {
            var key = query.sortKey().of(root, builder);
            if (key != null) {
                order.add(query.descending() ? builder.desc(key) : builder.asc(key));
            }
        }
        order.add(builder.asc(Profiles.of(root).get("id")));
        select.where(conditions(organization, query, root, select, builder)).orderBy(order);
        return entities.createQuery(select)
                .setFirstResult(Math.toIntExact(query.offset()))
                .setMaxResults(query.limit())
                .setHint("org.hibernate.readOnly", true)
                .getResultList();
    }

    private long count(Organization organization, ListQuery<Membership> query) {
        CriteriaBuilder builder = entities.getCriteriaBuilder();
        CriteriaQuery<Long> select = builder.createQuery(Long.class);
        Root<Membership> root = select.from(Membership.class);
        select.select(builder.count(root)).where(conditions(organization, query, root, select, builder));
        return entities.createQuery(select).getSingleResult();
    }

    private static Predicate conditions(
            Organization organization,
            ListQuery<Membership> query,
            Root<Membership> root,
            CriteriaQuery<?> select,
            CriteriaBuilder builder) {
        List<Predicate> conditions = new ArrayList<>();
        conditions.add(builder.equal(root.get("organizationId"), organization.id()));
        conditions.add(VisibleMembers.only(root, builder));
        Predicate filter = query.filter().toPredicate(root, select, builder);
        if (filter != null) {
            // Also of the profile: the indexes on e-mail and names begin with the universe.
            conditions.add(builder.equal(Profiles.of(root).get("universeId"), organization.universeId()));
            conditions.add(filter);
        }
        return builder.and(conditions);
    }
}

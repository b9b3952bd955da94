package dev.miroscim.scim.groups;

import static dev.miroscim.scim.query.Operands.always;
import static dev.miroscim.scim.query.Operands.never;

import dev.miroscim.directory.ListQuery;
import dev.miroscim.directory.MiroRule;
import dev.miroscim.directory.Texts;
import dev.miroscim.directory.people.Membership;
import dev.miroscim.directory.people.VisibleMembers;
import dev.miroscim.scim.ScimException;
import dev.miroscim.scim.filter.AttributePath;
import dev.miroscim.scim.filter.Filter;
import dev.miroscim.scim.filter.Literal;
import dev.miroscim.scim.filter.Operator;
import dev.miroscim.scim.query.Attributes;
import dev.miroscim.scim.query.Conditions;
import dev.miroscim.scim.query.GroupColumns;
import dev.miroscim.scim.query.ListParameters;
import dev.miroscim.scim.query.Operand;
import dev.miroscim.scim.query.Operands.Id;
import dev.miroscim.scim.query.Operands.Location;
import dev.miroscim.scim.query.Operands.Text;
import dev.miroscim.scim.query.Operands.Time;
import dev.miroscim.scim.query.SqlBuilder;
import dev.miroscim.scim.schema.Schemas;
import jakarta.persistence.criteria.CriteriaQuery;
import jakarta.persistence.criteria.Expression;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import jakarta.persistence.criteria.Subquery;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jpa.domain.Specification;

/**
 * Translates filters and sort keys of groups into SQL on teams or user groups. Miro filters groups by simple attributes
 * only.
 */
final class GroupQuery<G, P> implements Attributes {

    private final long organizationId;
    private final String location;
    private final GroupColumns<G, P> columns;
    private final Root<G> group;
    private final @Nullable CriteriaQuery<?> query;

    private GroupQuery(
            long organizationId,
            String location,
            GroupColumns<G, P> columns,
            Root<G> group,
            @Nullable CriteriaQuery<?> query) {
        this.organizationId = organizationId;
        this.location = location;
        this.columns = columns;
        this.group = group;
        this.query = query;
    }

    /** @param location the address that precedes a group's id */
    static <G, P> ListQuery<G> of(
            long organizationId, ListParameters parameters, String location, GroupColumns<G, P> columns) {
        Filter filter = parameters.filter();
        if (filter != null) {
            refuseValuePaths(filter);
        }
        AttributePath sortBy = parameters.sortBy();
        return new ListQuery<>(
                filter == null
                        ? Specification.unrestricted()
                        : (root, query, builder) -> new Conditions(
                                        new SqlBuilder(builder),
                                        new GroupQuery<>(organizationId, location, columns, root, query))
                                .of(filter),
                sortBy == null
                        ? null
                        : (root, builder) -> new GroupQuery<>(organizationId, location, columns, root, null)
                                .operand(sortBy)
                                .sortKey(new SqlBuilder(builder)),
                parameters.descending(),
                parameters.offset(),
                parameters.count(),
                parameters.projection().includes("members"));
    }

    @Override
    public Operand operand(AttributePath path) {
        return switch (path.key()) {
            case "id" -> new Id(group.get("id"));
            case "displayname" -> new Text(group.get(columns.name()));
            case "schemas" -> always(Schemas.GROUP.id());
            case "meta.resourcetype" -> always("Group");
            case "meta.location" -> new Location(location, group.get("id"));
            case "meta.created" -> new Time(group.get("createdAt"));
            case "meta.lastmodified" -> new Time(group.get("modifiedAt"));
            case "members" -> new MemberReferenceCheck();
            default -> never(path.toString());
        };
    }

    @Override
    public Optional<Elements> elements(AttributePath path) {
        boolean members = path.isCore() && Texts.folded(path.name()).equals("members");
        // Entra's reference check uses the bare name, which Miro does not treat as a filter by a complex attribute.
        return members && path.subAttribute() != null ? Optional.of(new Refused()) : Optional.empty();
    }

    /** Refuses {@code members[value eq "…"]}: it would never match, and an empty list would not tell the client why. */
    private static void refuseValuePaths(Filter filter) {
        switch (filter) {
            case Filter.And(Filter left, Filter right) -> {
                refuseValuePaths(left);
                refuseValuePaths(right);
            }
            case Filter.Or(Filter left, Filter right) -> {
                refuseValuePaths(left);
                refuseValuePaths(right);
            }
            case Filter.Not(Filter negated) -> refuseValuePaths(negated);
            case Filter.ValuePath(AttributePath attribute, Filter _) when attribute.is("members") -> throw refused();
            case Filter.ValuePath _, Filter.Comparison _, Filter.Present _ -> {}
        }
    }

    private static ScimException refused() {
        String detail = "Groups cannot be filtered by members; only 'members eq' with the id of a user is supported";
        MiroRule.GROUP_FILTER_SIMPLE_ATTRIBUTES.noteRefusal("members", detail);
        return ScimException.invalidFilter(detail);
    }

    private static final class Refused implements Elements {

        @Override
        public Predicate any(Filter filter) {
            throw refused();
        }

        @Override
        public Predicate none(Filter filter) {
            throw refused();
        }

        @Override
        public Predicate any() {
            throw refused();
        }
    }

    /** Entra's check for an existing reference: {@code id eq "…" and members eq "…"}. */
    private final class MemberReferenceCheck implements Operand {

        @Override
        public Predicate compare(SqlBuilder sql, Operator operator, Literal literal) {
            if (operator != Operator.EQ || query == null) {
                throw refused();
            }
            Subquery<Long> members = query.subquery(Long.class);
            Root<Membership> member = members.from(Membership.class);
            Predicate named = new Id(member.get("profile").get("id")).compare(sql, operator, literal);
            if (named == sql.never()) {
                return named;
            }
            // There is at most one such row, found by both parts of its key. For a join, PostgreSQL may assume that the
            // group has few members and choose a slow plan.
            members.select(member.get("id"))
                    .where(
                            sql.builder().equal(member.get("organizationId"), sql.value(organizationId)),
                            named,
                            VisibleMembers.only(member, sql.builder()));
            Subquery<Integer> places = query.subquery(Integer.class);
            Root<P> place = places.from(columns.place());
            return sql.builder()
                    .exists(places.select(sql.constant(1))
                            .where(
                                    sql.builder().equal(place.get(columns.group()), group),
                                    sql.builder().equal(place.get("membership").get("id"), members)));
        }

        @Override
        public Predicate present(SqlBuilder sql) {
            throw refused();
        }

        @Override
        public @Nullable Expression<?> sortKey(SqlBuilder sql) {
            return never("members").sortKey(sql);
        }
    }
}

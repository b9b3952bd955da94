package dev.miroscim.scim.groups;

import static dev.miroscim.scim.query.Operands.always;
import static dev.miroscim.scim.query.Operands.never;

import dev.miroscim.directory.ListQuery;
import dev.miroscim.directory.MiroRule;
import dev.miroscim.directory.Sql;
import dev.miroscim.directory.Texts;
import dev.miroscim.directory.people.GroupTable;
import dev.miroscim.scim.ScimException;
import dev.miroscim.scim.filter.AttributePath;
import dev.miroscim.scim.filter.Filter;
import dev.miroscim.scim.filter.Literal;
import dev.miroscim.scim.filter.Operator;
import dev.miroscim.scim.query.Attributes;
import dev.miroscim.scim.query.Conditions;
import dev.miroscim.scim.query.ListParameters;
import dev.miroscim.scim.query.Operand;
import dev.miroscim.scim.query.Operands.Id;
import dev.miroscim.scim.query.Operands.Location;
import dev.miroscim.scim.query.Operands.Text;
import dev.miroscim.scim.query.Operands.Time;
import dev.miroscim.scim.schema.Schemas;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Translates filters and sort keys of groups into SQL on teams or user groups. Miro filters groups by simple attributes
 * only.
 */
final class GroupQuery implements Attributes {

    private static final Sql ID = Sql.of("g.id");

    private final long organizationId;
    private final String location;
    private final GroupTable table;

    private GroupQuery(long organizationId, String location, GroupTable table) {
        this.organizationId = organizationId;
        this.location = location;
        this.table = table;
    }

    /** @param location the address that precedes a group's id */
    static ListQuery of(long organizationId, ListParameters parameters, String location, GroupTable table) {
        GroupQuery groups = new GroupQuery(organizationId, location, table);
        Filter filter = parameters.filter();
        if (filter != null) {
            refuseValuePaths(filter);
        }
        AttributePath sortBy = parameters.sortBy();
        return new ListQuery(
                filter == null ? Sql.TRUE : new Conditions(groups).of(filter),
                sortBy == null ? null : groups.operand(sortBy).sortKey(),
                parameters.descending(),
                parameters.offset(),
                parameters.count(),
                parameters.projection().includes("members"));
    }

    @Override
    public Operand operand(AttributePath path) {
        return switch (path.key()) {
            case "id" -> new Id(ID);
            case "displayname" -> new Text(table.displayName());
            case "schemas" -> always(Schemas.GROUP.id());
            case "meta.resourcetype" -> always("Group");
            case "meta.location" -> new Location(location, ID);
            case "meta.created" -> new Time(Sql.of("g.created_at"));
            case "meta.lastmodified" -> new Time(Sql.of("g.modified_at"));
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
        public Sql any(Filter filter) {
            throw refused();
        }

        @Override
        public Sql none(Filter filter) {
            throw refused();
        }

        @Override
        public Sql any() {
            throw refused();
        }
    }

    /** Entra's check for an existing reference: {@code id eq "…" and members eq "…"}. */
    private final class MemberReferenceCheck implements Operand {

        @Override
        public Sql compare(Operator operator, Literal literal) {
            if (operator != Operator.EQ) {
                throw refused();
            }
            Sql named = new Id(Sql.of("m.profile_id")).compare(operator, literal);
            return named.equals(Sql.FALSE) ? named : table.hasMember(organizationId, named);
        }

        @Override
        public Sql present() {
            throw refused();
        }

        @Override
        public @Nullable Sql sortKey() {
            return never("members").sortKey();
        }
    }
}

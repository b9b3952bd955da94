package dev.miroscim.scim.users;

import static dev.miroscim.scim.query.Operands.always;
import static dev.miroscim.scim.query.Operands.never;

import dev.miroscim.directory.License;
import dev.miroscim.directory.ListQuery;
import dev.miroscim.directory.Membership;
import dev.miroscim.directory.OrganizationRole;
import dev.miroscim.directory.Profiles;
import dev.miroscim.directory.TeamMember;
import dev.miroscim.scim.filter.AttributePath;
import dev.miroscim.scim.filter.Filter;
import dev.miroscim.scim.patch.Element;
import dev.miroscim.scim.query.Attributes;
import dev.miroscim.scim.query.Conditions;
import dev.miroscim.scim.query.ListParameters;
import dev.miroscim.scim.query.Operand;
import dev.miroscim.scim.query.Operands.Choice;
import dev.miroscim.scim.query.Operands.Flag;
import dev.miroscim.scim.query.Operands.Id;
import dev.miroscim.scim.query.Operands.Text;
import dev.miroscim.scim.query.Operands.Time;
import dev.miroscim.scim.schema.Schemas;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.CriteriaQuery;
import jakarta.persistence.criteria.From;
import jakarta.persistence.criteria.Join;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import jakarta.persistence.criteria.Subquery;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jpa.domain.Specification;

/** Filters and sort keys of users, as SQL on memberships and profiles. */
final class UserQuery implements Attributes {

    private static final List<OrganizationRole> MEMBER_ROLES =
            List.of(OrganizationRole.INTERNAL_ADMIN, OrganizationRole.INTERNAL_USER);

    private final Root<Membership> member;
    private final @Nullable CriteriaQuery<?> query;
    private final CriteriaBuilder sql;

    private UserQuery(Root<Membership> member, @Nullable CriteriaQuery<?> query, CriteriaBuilder sql) {
        this.member = member;
        this.query = query;
        this.sql = sql;
    }

    static ListQuery<Membership> of(ListParameters parameters) {
        AttributePath sortBy = parameters.sortBy();
        return new ListQuery<>(
                specification(parameters.filter()),
                sortBy == null
                        ? null
                        : (root, sql) -> new UserQuery(root, null, sql).sortable(sortBy).sortKey(sql),
                parameters.descending(),
                parameters.offset(),
                parameters.count(),
                parameters.projection().includes("groups"));
    }

    static Specification<Membership> specification(@Nullable Filter filter) {
        return filter == null
                ? Specification.unrestricted()
                : (root, query, sql) -> new Conditions(sql, new UserQuery(root, query, sql)).of(filter);
    }

    @Override
    public Operand operand(AttributePath path) {
        return path.isCore() ? core(path) : enterprise(path);
    }

    private Operand core(AttributePath path) {
        return switch (path.key()) {
            case "id" -> new Id(profile().get("id"));
            case "schemas" -> always(Schemas.USER.id());
            case "meta.resourcetype" -> always("User");
            // Miro does not show these times, but clients that synchronise by them can filter.
            case "meta.created" -> new Time(member.get("createdAt"));
            case "meta.lastmodified" -> new Time(member.get("modifiedAt"));
            case "username" -> new Text(profile().get("email"));
            case "displayname", "name", "name.formatted" -> new Text(profile().get("fullName"));
            case "name.givenname" -> new Text(profile().get("givenName"));
            case "name.familyname" -> new Text(profile().get("familyName"));
            case "usertype" ->
                new Choice<>(member.get("license"), List.of(License.values()), License::wireName);
            case "active" -> new Flag(sql.equal(member.get("status"), Membership.Status.ACTIVE));
            case "preferredlanguage" -> new Text(profile().get("preferredLanguage"));
            // Entra's reference check names the manager without its schema.
            case "manager", "manager.value" -> new Id(member.get("managerId"));
            case "manager.displayname" -> new Text(member.get("managerName"));
            default -> never(path.toString());
        };
    }

    private Operand enterprise(AttributePath path) {
        if (!UserResource.ENTERPRISE.equalsIgnoreCase(path.urn())) {
            return never(path.toString());
        }
        return switch (new AttributePath(null, path.name(), path.subAttribute()).key()) {
            case "employeenumber" -> new Text(member.get("employeeNumber"));
            case "costcenter" -> new Text(member.get("costCenter"));
            case "organization" -> new Text(member.get("organizationUnit"));
            case "division" -> new Text(member.get("division"));
            case "department" -> new Text(member.get("department"));
            case "manager", "manager.value" -> new Id(member.get("managerId"));
            case "manager.displayname" -> new Text(member.get("managerName"));
            default -> never(path.toString());
        };
    }

    @Override
    public Optional<Elements> elements(AttributePath path) {
        if (!path.isCore()) {
            return Optional.empty();
        }
        return switch (new AttributePath(null, path.name(), null).key()) {
            case "emails" -> Optional.of(new Single(this::email, sql.conjunction()));
            case "photos" ->
                Optional.of(new Single(this::photo, sql.isNotNull(profile().get("photoUrl"))));
            case "groups" -> Optional.of(new GroupElements());
            case "roles" -> Optional.of(new RoleElements());
            default -> Optional.empty();
        };
    }

    private Operand email(AttributePath part) {
        return switch (part.key()) {
            case "value", "display" -> new Text(profile().get("email"));
            case "type" -> always(UserResource.EMAIL_TYPE);
            case "primary" -> new Flag(sql.conjunction());
            default -> never(part.toString());
        };
    }

    private Operand photo(AttributePath part) {
        return switch (part.key()) {
            case "value" -> new Text(profile().get("photoUrl"));
            case "type" -> always(UserResource.PHOTO_TYPE);
            default -> never(part.toString());
        };
    }

    /** What a list can be sorted by: of multi-valued attributes, the value that is primary. */
    private Operand sortable(AttributePath path) {
        AttributePath part = new AttributePath(null, path.subAttribute() == null ? "value" : path.subAttribute(), null);
        return switch (path.isCore() ? path.name().toLowerCase(Locale.ROOT) : "") {
            case "emails" -> email(part);
            case "photos" -> photo(part);
            case "roles" ->
                part.is("value")
                        ? new Choice<>(member.get("role"), MEMBER_ROLES, OrganizationRole::wireName)
                        : never(path.toString());
            default -> operand(path);
        };
    }

    private From<?, ?> profile() {
        return Profiles.of(member);
    }

    /** An attribute that has one element, or at most one. */
    private final class Single implements Elements {

        private final Function<AttributePath, Operand> parts;
        private final Predicate present;

        Single(Function<AttributePath, Operand> parts, Predicate present) {
            this.parts = parts;
            this.present = present;
        }

        @Override
        public Predicate any(Filter filter) {
            return sql.and(present, new Conditions(sql, element(parts)).of(filter));
        }

        @Override
        public Predicate any() {
            return present;
        }
    }

    private final class GroupElements implements Elements {

        @Override
        public Predicate any(Filter filter) {
            return exists(Optional.of(filter));
        }

        @Override
        public Predicate any() {
            return exists(Optional.empty());
        }

        private Predicate exists(Optional<Filter> filter) {
            Subquery<Integer> places = subquery();
            Root<TeamMember> place = places.from(TeamMember.class);
            Join<?, ?> team = place.join("team");
            Predicate own = sql.equal(place.get("membership"), member);
            Attributes group = element(part -> switch (part.key()) {
                case "value" -> new Id(team.get("id"));
                case "display" -> new Text(team.get("groupName"));
                default -> never(part.toString());
            });
            return sql.exists(places.select(sql.literal(1))
                    .where(filter.map(wanted -> sql.and(own, new Conditions(sql, group).of(wanted)))
                            .orElse(own)));
        }
    }

    /** The organisation role, of which everybody has one, and the admin roles. */
    private final class RoleElements implements Elements {

        @Override
        public Predicate any(Filter filter) {
            return sql.or(organizationRole(filter), adminRole(filter));
        }

        @Override
        public Predicate any() {
            return sql.conjunction();
        }

        private Predicate organizationRole(Filter filter) {
            List<OrganizationRole> chosen = MEMBER_ROLES.stream()
                    .filter(role -> Element.of(
                                    "type", UserResource.ORGANIZATION_ROLE,
                                    "value", role.wireName(),
                                    "display", role.display(),
                                    "primary", "true")
                            .matches(filter))
                    .toList();
            return chosen.isEmpty() ? sql.disjunction() : member.get("role").in(chosen);
        }

        private Predicate adminRole(Filter filter) {
            Subquery<Integer> roles = subquery();
            Root<Membership> self = roles.correlate(member);
            Join<Membership, String> name = self.join("adminRoles");
            Attributes role = element(part -> switch (part.key()) {
                case "value", "display" -> new Text(name);
                case "type" -> always(UserResource.ADMIN_ROLE);
                case "primary" -> new Flag(sql.disjunction());
                default -> never(part.toString());
            });
            return sql.exists(roles.select(sql.literal(1)).where(new Conditions(sql, role).of(filter)));
        }
    }

    private Subquery<Integer> subquery() {
        if (query == null) {
            throw new IllegalStateException("a sort key has no subquery");
        }
        return query.subquery(Integer.class);
    }

    private static Attributes element(Function<AttributePath, Operand> parts) {
        return new Attributes() {
            @Override
            public Operand operand(AttributePath path) {
                return parts.apply(path);
            }

            @Override
            public Optional<Elements> elements(AttributePath path) {
                return Optional.empty();
            }
        };
    }
}

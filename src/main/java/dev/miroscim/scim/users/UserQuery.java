package dev.miroscim.scim.users;

import static dev.miroscim.directory.people.Membership.Status.ACTIVE;
import static dev.miroscim.directory.people.Membership.Status.DEACTIVATED;
import static dev.miroscim.directory.people.UserAttribute.FAMILY_NAME;
import static dev.miroscim.directory.people.UserAttribute.GIVEN_NAME;
import static dev.miroscim.directory.people.UserAttribute.MANAGER;
import static dev.miroscim.directory.people.UserAttribute.MANAGER_NAME;
import static dev.miroscim.directory.people.UserAttribute.NAME_FORMATTED;
import static dev.miroscim.directory.people.UserAttribute.PHOTO;
import static dev.miroscim.directory.people.UserAttribute.USER_NAME;
import static dev.miroscim.scim.query.Operands.always;
import static dev.miroscim.scim.query.Operands.never;

import dev.miroscim.directory.ListQuery;
import dev.miroscim.directory.Texts;
import dev.miroscim.directory.organizations.License;
import dev.miroscim.directory.organizations.OrganizationSettings;
import dev.miroscim.directory.organizations.OrganizationSettings.UserSchemas;
import dev.miroscim.directory.people.Membership;
import dev.miroscim.directory.people.OrganizationRole;
import dev.miroscim.directory.people.Profiles;
import dev.miroscim.directory.people.UserAttribute;
import dev.miroscim.scim.filter.AttributePath;
import dev.miroscim.scim.filter.Filter;
import dev.miroscim.scim.patch.Element;
import dev.miroscim.scim.query.Attributes;
import dev.miroscim.scim.query.Conditions;
import dev.miroscim.scim.query.GroupColumns;
import dev.miroscim.scim.query.ListParameters;
import dev.miroscim.scim.query.Operand;
import dev.miroscim.scim.query.Operands.Choice;
import dev.miroscim.scim.query.Operands.Flag;
import dev.miroscim.scim.query.Operands.Id;
import dev.miroscim.scim.query.Operands.Location;
import dev.miroscim.scim.query.Operands.Text;
import dev.miroscim.scim.query.Operands.Time;
import dev.miroscim.scim.query.SqlBuilder;
import dev.miroscim.scim.schema.Schemas;
import jakarta.persistence.criteria.CriteriaQuery;
import jakarta.persistence.criteria.Expression;
import jakarta.persistence.criteria.From;
import jakarta.persistence.criteria.Path;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import jakarta.persistence.criteria.Subquery;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jpa.domain.Specification;

/** Translates filters and sort keys of users into SQL on memberships and profiles. */
final class UserQuery implements Attributes {

    private static final List<OrganizationRole> MEMBER_ROLES =
            List.of(OrganizationRole.INTERNAL_ADMIN, OrganizationRole.INTERNAL_USER);

    private final String location;
    private final GroupColumns<?, ?> groups;
    private final UserSchemas schemas;
    private final Root<Membership> member;
    private final @Nullable CriteriaQuery<?> query;
    private final SqlBuilder sql;

    private UserQuery(
            String location,
            GroupColumns<?, ?> groups,
            UserSchemas schemas,
            Root<Membership> member,
            @Nullable CriteriaQuery<?> query,
            SqlBuilder sql) {
        this.location = location;
        this.groups = groups;
        this.schemas = schemas;
        this.member = member;
        this.query = query;
        this.sql = sql;
    }

    /**
     * @param location the address that precedes a user's id
     * @param settings decide what the groups of users are, and which schemas users list
     */
    static ListQuery<Membership> of(ListParameters parameters, String location, OrganizationSettings settings) {
        GroupColumns<?, ?> groups = GroupColumns.of(settings.groupModel());
        UserSchemas schemas = settings.userSchemas();
        Filter filter = parameters.filter();
        AttributePath sortBy = parameters.sortBy();
        return new ListQuery<>(
                filter == null
                        ? Specification.unrestricted()
                        : (root, query, builder) -> {
                            SqlBuilder sql = new SqlBuilder(builder);
                            return new Conditions(sql, new UserQuery(location, groups, schemas, root, query, sql))
                                    .of(filter);
                        },
                sortBy == null
                        ? null
                        : (root, builder) -> {
                            SqlBuilder sql = new SqlBuilder(builder);
                            return new UserQuery(location, groups, schemas, root, null, sql)
                                    .sortable(sortBy)
                                    .sortKey(sql);
                        },
                parameters.descending(),
                parameters.offset(),
                parameters.count(),
                parameters.projection().includes("groups"));
    }

    @Override
    public Operand operand(AttributePath path) {
        return path.isCore() ? core(path) : isEnterprise(path) ? text(path) : never(path.toString());
    }

    private Operand core(AttributePath path) {
        return switch (path.key()) {
            case "id" -> new Id(member.get("profile").get("id"));
            case "meta", "meta.resourcetype" -> always("User");
            case "meta.location" -> new Location(location, member.get("profile").get("id"));
            // Miro does not show these times, but clients synchronise by filtering on them.
            case "meta.created" -> new Time(member.get("createdAt"));
            case "meta.lastmodified" -> new Time(member.get("modifiedAt"));
            case "active" -> new Flag(status(ACTIVE), status(DEACTIVATED));
            default -> text(path);
        };
    }

    private Predicate status(Membership.Status status) {
        return sql.builder().equal(member.get("status"), sql.constant(status));
    }

    /** An attribute that is a text of its own, and no part of another. */
    private Operand text(AttributePath path) {
        UserAttribute attribute = path.subAttribute() == null ? UserPaths.text(path) : null;
        return attribute == null ? never(path.toString()) : operand(attribute);
    }

    private Operand operand(UserAttribute attribute) {
        return switch (attribute) {
            case USER_TYPE -> new Choice<>(column(attribute), List.of(License.values()), License::wireName);
            case MANAGER -> new Id(column(attribute));
            default -> new Text(column(attribute));
        };
    }

    private <T> Path<T> column(UserAttribute attribute) {
        String column = attribute.column();
        String profile = "profile.";
        return column.startsWith(profile) ? profile().get(column.substring(profile.length())) : member.get(column);
    }

    @Override
    public Optional<Elements> elements(AttributePath path) {
        Optional<Elements> single = single(path).map(Function.identity());
        if (single.isPresent() || !path.isCore()) {
            return single;
        }
        return switch (Texts.folded(path.name())) {
            case "schemas" -> Optional.of(new SchemaElements());
            case "groups" -> Optional.of(new GroupElements());
            case "roles" -> Optional.of(new RoleElements());
            default -> Optional.empty();
        };
    }

    /** A complex attribute that exists once or not at all. */
    private Optional<Single> single(AttributePath path) {
        String name = Texts.folded(path.name());
        if (path.isCore()) {
            return switch (name) {
                case "name" -> Optional.of(new Single(this::name, sql.always()));
                case "emails" -> Optional.of(new Single(this::email, sql.always()));
                case "photos" -> Optional.of(new Single(this::photo, present(List.of(PHOTO))));
                // Entra's reference check names the manager without its schema.
                case "manager" -> Optional.of(new Single(this::manager, present(List.of(MANAGER, MANAGER_NAME))));
                default -> Optional.empty();
            };
        }
        if (!isEnterprise(path)) {
            return Optional.empty();
        }
        return switch (name) {
            case "manager" -> Optional.of(new Single(this::manager, present(List.of(MANAGER, MANAGER_NAME))));
            case "" -> Optional.of(new Single(this::ofEnterprise, hasEnterprise()));
            default -> Optional.empty();
        };
    }

    private Operand name(AttributePath part) {
        return switch (part.key()) {
            case "value", "formatted" -> operand(NAME_FORMATTED);
            case "givenname" -> operand(GIVEN_NAME);
            case "familyname" -> operand(FAMILY_NAME);
            default -> never(part.toString());
        };
    }

    private Operand email(AttributePath part) {
        return switch (part.key()) {
            case "value", "display" -> operand(USER_NAME);
            case "type" -> always(UserResource.EMAIL_TYPE);
            case "primary" -> new Flag(sql.always(), sql.never());
            default -> never(part.toString());
        };
    }

    private Operand photo(AttributePath part) {
        return switch (part.key()) {
            case "value" -> operand(PHOTO);
            case "type" -> always(UserResource.PHOTO_TYPE);
            default -> never(part.toString());
        };
    }

    private Operand manager(AttributePath part) {
        return switch (part.key()) {
            case "value" -> operand(MANAGER);
            case "displayname" -> operand(MANAGER_NAME);
            default -> never(part.toString());
        };
    }

    private Predicate hasEnterprise() {
        return present(UserAttribute.enterprise());
    }

    private Predicate present(Collection<UserAttribute> attributes) {
        return attributes.stream()
                .map(attribute -> sql.builder().isNotNull(column(attribute)))
                .map(Predicate.class::cast)
                .reduce(sql.never(), sql::or);
    }

    /** The value to sort by; for complex attributes, the single or primary value. */
    private Operand sortable(AttributePath path) {
        Optional<Single> single = single(path);
        if (single.isPresent()) {
            return single.get().parts.apply(Conditions.part(path));
        }
        if (path.isCore() && path.name().equalsIgnoreCase("roles")) {
            return Conditions.part(path).is("value") ? organizationRole() : never(path.toString());
        }
        return operand(path);
    }

    private Choice<OrganizationRole> organizationRole() {
        return new Choice<>(member.get("role"), MEMBER_ROLES, OrganizationRole::wireName);
    }

    private From<?, ?> profile() {
        return Profiles.of(member);
    }

    private static boolean isEnterprise(AttributePath path) {
        return UserResource.ENTERPRISE.equalsIgnoreCase(path.urn());
    }

    private Operand ofEnterprise(AttributePath part) {
        return text(new AttributePath(UserResource.ENTERPRISE, part.name(), part.subAttribute()));
    }

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
        public Predicate none(Filter filter) {
            return sql.or(sql.not(present), new Conditions(sql, element(parts)).not(filter));
        }

        @Override
        public Predicate any() {
            return present;
        }
    }

    private final class SchemaElements implements Elements {

        @Override
        public Predicate any(Filter filter) {
            Predicate core = sql.when(matches(filter, Schemas.USER.id()));
            return schemas == UserSchemas.CORE
                    ? core
                    : sql.or(core, sql.and(sql.when(matches(filter, UserResource.ENTERPRISE)), hasEnterprise()));
        }

        @Override
        public Predicate none(Filter filter) {
            return sql.not(any(filter));
        }

        @Override
        public Predicate any() {
            return sql.always();
        }

        private static boolean matches(Filter filter, String schema) {
            return Element.of("value", schema).matches(filter);
        }
    }

    private final class GroupElements implements Elements {

        @Override
        public Predicate any(Filter filter) {
            return exists(Optional.of(filter));
        }

        @Override
        public Predicate none(Filter filter) {
            return sql.not(any(filter));
        }

        @Override
        public Predicate any() {
            return exists(Optional.empty());
        }

        private Predicate exists(Optional<Filter> filter) {
            Subquery<Integer> places = subquery();
            Root<?> place = places.from(groups.place());
            Predicate own = sql.builder().equal(place.get("membership"), member);
            Attributes group = element(part -> switch (part.key()) {
                case "value" -> new Id(place.get(groups.group()).get("id"));
                case "display" -> new Text(place.get(groups.group()).get(groups.name()));
                default -> never(part.toString());
            });
            Predicate wanted = filter.map(new Conditions(sql, group)::of).orElse(sql.always());
            return wanted == sql.never()
                    ? wanted
                    : sql.builder().exists(places.select(sql.constant(1)).where(sql.and(own, wanted)));
        }
    }

    /** The organisation role, which everybody has, and the admin roles. */
    private final class RoleElements implements Elements {

        @Override
        public Predicate any(Filter filter) {
            return sql.or(organizationRole(filter), adminRole(filter));
        }

        @Override
        public Predicate none(Filter filter) {
            return sql.not(any(filter));
        }

        @Override
        public Predicate any() {
            return sql.always();
        }

        private Predicate organizationRole(Filter filter) {
            return UserQuery.this
                    .organizationRole()
                    .among(
                            sql,
                            MEMBER_ROLES.stream()
                                    .filter(role -> Element.of(
                                                    "type",
                                                    UserResource.ORGANIZATION_ROLE,
                                                    "value",
                                                    role.wireName(),
                                                    "display",
                                                    role.display(),
                                                    "primary",
                                                    "true")
                                            .matches(filter))
                                    .toList());
        }

        private Predicate adminRole(Filter filter) {
            Path<String[]> names = member.get("adminRoles");
            Expression<String> name = sql.builder().sql("role.name", String.class);
            Attributes role = element(part -> switch (part.key()) {
                case "value", "display" -> new Text(name);
                case "type" -> always(UserResource.ADMIN_ROLE);
                case "primary" -> new Flag(sql.never(), sql.always());
                default -> never(part.toString());
            });
            Predicate wanted = new Conditions(sql, role).of(filter);
            return sql.and(
                    // Few people have admin roles, and an index finds them.
                    sql.builder()
                            .greaterThan(sql.builder().function("cardinality", Integer.class, names), sql.constant(0)),
                    wanted == sql.always() || wanted == sql.never()
                            ? wanted
                            : sql.builder()
                                    .isTrue(sql.builder()
                                            .sql(
                                                    "exists (select 1 from unnest(?) as role (name) where ?)",
                                                    Boolean.class,
                                                    names,
                                                    wanted)));
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

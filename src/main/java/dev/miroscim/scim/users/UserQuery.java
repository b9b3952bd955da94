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
import dev.miroscim.directory.Sql;
import dev.miroscim.directory.Texts;
import dev.miroscim.directory.organizations.License;
import dev.miroscim.directory.organizations.OrganizationSettings;
import dev.miroscim.directory.organizations.OrganizationSettings.UserSchemas;
import dev.miroscim.directory.people.GroupTable;
import dev.miroscim.directory.people.Membership.Status;
import dev.miroscim.directory.people.OrganizationRole;
import dev.miroscim.directory.people.UserAttribute;
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
import dev.miroscim.scim.query.Operands.Location;
import dev.miroscim.scim.query.Operands.Text;
import dev.miroscim.scim.query.Operands.Time;
import dev.miroscim.scim.schema.Schemas;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Translates filters and sort keys of users into SQL on memberships and profiles. */
final class UserQuery implements Attributes {

    private static final List<OrganizationRole> MEMBER_ROLES =
            List.of(OrganizationRole.INTERNAL_ADMIN, OrganizationRole.INTERNAL_USER);

    private static final Sql ID = Sql.of("m.profile_id");

    private final String location;
    private final GroupTable groups;
    private final UserSchemas schemas;

    private UserQuery(String location, GroupTable groups, UserSchemas schemas) {
        this.location = location;
        this.groups = groups;
        this.schemas = schemas;
    }

    /**
     * @param location the address that precedes a user's id
     * @param settings decide what the groups of users are, and which schemas users list
     */
    static ListQuery of(ListParameters parameters, String location, OrganizationSettings settings) {
        UserQuery users = new UserQuery(location, GroupTable.of(settings.groupModel()), settings.userSchemas());
        Filter filter = parameters.filter();
        AttributePath sortBy = parameters.sortBy();
        return new ListQuery(
                filter == null ? Sql.TRUE : new Conditions(users).of(filter),
                sortBy == null ? null : users.sortable(sortBy).sortKey(),
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
            case "id" -> new Id(ID);
            case "meta", "meta.resourcetype" -> always("User");
            case "meta.location" -> new Location(location, ID);
            // Miro does not show these times, but clients synchronise by filtering on them.
            case "meta.created" -> new Time(Sql.of("m.created_at"));
            case "meta.lastmodified" -> new Time(Sql.of("m.modified_at"));
            case "active" -> new Flag(status(ACTIVE), status(DEACTIVATED));
            default -> text(path);
        };
    }

    private static Sql status(Status status) {
        return Sql.of("m.status = %s", Sql.constant(status));
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

    private static Sql column(UserAttribute attribute) {
        return Sql.of(attribute.sqlColumn());
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
                case "name" -> Optional.of(new Single(this::name, Sql.TRUE));
                case "emails" -> Optional.of(new Single(this::email, Sql.TRUE));
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
            case "primary" -> new Flag(Sql.TRUE, Sql.FALSE);
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

    private Sql hasEnterprise() {
        return present(UserAttribute.enterprise());
    }

    private Sql present(Collection<UserAttribute> attributes) {
        return attributes.stream()
                .map(attribute -> Sql.of("%s is not null", column(attribute)))
                .reduce(Sql.FALSE, Sql::or);
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
        return new Choice<>(Sql.of("m.role"), MEMBER_ROLES, OrganizationRole::wireName);
    }

    private static boolean isEnterprise(AttributePath path) {
        return UserResource.ENTERPRISE.equalsIgnoreCase(path.urn());
    }

    private Operand ofEnterprise(AttributePath part) {
        return text(new AttributePath(UserResource.ENTERPRISE, part.name(), part.subAttribute()));
    }

    private final class Single implements Elements {

        private final Function<AttributePath, Operand> parts;
        private final Sql present;

        Single(Function<AttributePath, Operand> parts, Sql present) {
            this.parts = parts;
            this.present = present;
        }

        @Override
        public Sql any(Filter filter) {
            return present.and(new Conditions(element(parts)).of(filter));
        }

        @Override
        public Sql none(Filter filter) {
            return present.not().or(new Conditions(element(parts)).not(filter));
        }

        @Override
        public Sql any() {
            return present;
        }
    }

    private final class SchemaElements implements Elements {

        @Override
        public Sql any(Filter filter) {
            Sql core = Sql.when(matches(filter, Schemas.USER.id()));
            return schemas == UserSchemas.CORE
                    ? core
                    : core.or(Sql.when(matches(filter, UserResource.ENTERPRISE)).and(hasEnterprise()));
        }

        @Override
        public Sql none(Filter filter) {
            return any(filter).not();
        }

        @Override
        public Sql any() {
            return Sql.TRUE;
        }

        private static boolean matches(Filter filter, String schema) {
            return Element.of("value", schema).matches(filter);
        }
    }

    private final class GroupElements implements Elements {

        @Override
        public Sql any(Filter filter) {
            return exists(Optional.of(filter));
        }

        @Override
        public Sql none(Filter filter) {
            return any(filter).not();
        }

        @Override
        public Sql any() {
            return exists(Optional.empty());
        }

        private Sql exists(Optional<Filter> filter) {
            Attributes group = element(part -> switch (part.key()) {
                case "value" -> new Id(groups.groupId());
                case "display" -> new Text(groups.displayName());
                default -> never(part.toString());
            });
            Sql wanted = filter.map(new Conditions(group)::of).orElse(Sql.TRUE);
            return wanted.equals(Sql.FALSE) ? wanted : groups.has(wanted);
        }
    }

    /** The organisation role, which everybody has, and the admin roles. */
    private final class RoleElements implements Elements {

        @Override
        public Sql any(Filter filter) {
            return organizationRole(filter).or(adminRole(filter));
        }

        @Override
        public Sql none(Filter filter) {
            return any(filter).not();
        }

        @Override
        public Sql any() {
            return Sql.TRUE;
        }

        private Sql organizationRole(Filter filter) {
            return UserQuery.this
                    .organizationRole()
                    .among(MEMBER_ROLES.stream()
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

        private Sql adminRole(Filter filter) {
            Text name = new Text(Sql.of("role.name"));
            Attributes role = element(part -> switch (part.key()) {
                case "value", "display" -> name;
                case "type" -> always(UserResource.ADMIN_ROLE);
                case "primary" -> new Flag(Sql.FALSE, Sql.TRUE);
                default -> never(part.toString());
            });
            Sql wanted = new Conditions(role).of(filter);
            // Few people have admin roles, and an index finds them.
            return Sql.of("cardinality(m.admin_roles) > 0")
                    .and(
                            wanted.equals(Sql.TRUE) || wanted.equals(Sql.FALSE)
                                    ? wanted
                                    : Sql.of(
                                            "exists (select 1 from unnest(m.admin_roles) as role (name) where %s)",
                                            wanted));
        }
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

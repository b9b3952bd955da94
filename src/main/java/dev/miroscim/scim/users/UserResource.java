package dev.miroscim.scim.users;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.miroscim.directory.organizations.OrganizationSettings.UserSchemas;
import dev.miroscim.directory.people.FullName;
import dev.miroscim.directory.people.GroupRef;
import dev.miroscim.directory.people.Membership;
import dev.miroscim.directory.people.OrganizationRole;
import dev.miroscim.directory.people.Profile;
import dev.miroscim.directory.users.User;
import dev.miroscim.scim.Meta;
import dev.miroscim.scim.schema.Schemas;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A user as SCIM shows it, with its fields in Miro's order. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({
    "schemas",
    "id",
    "meta",
    "userName",
    "name",
    "displayName",
    "userType",
    "active",
    "emails",
    "photos",
    "groups",
    "roles",
    "preferredLanguage",
    UserResource.ENTERPRISE
})
public record UserResource(
        List<String> schemas,
        String id,
        Meta meta,
        String userName,
        Name name,
        String displayName,
        String userType,
        boolean active,
        List<Email> emails,
        @Nullable List<Photo> photos,
        List<GroupReference> groups,
        List<Role> roles,
        @Nullable String preferredLanguage,
        @JsonProperty(UserResource.ENTERPRISE) @Nullable EnterpriseUser enterprise) {

    static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    static final String ORGANIZATION_ROLE = "organization_user_role";
    static final String ADMIN_ROLE = "organization_admin_role";
    static final String EMAIL_TYPE = "work";
    static final String PHOTO_TYPE = "photo";

    private static final List<String> CORE_ONLY = List.of(Schemas.USER.id());
    private static final List<String> WITH_ENTERPRISE = List.of(Schemas.USER.id(), ENTERPRISE);

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Name(
            String formatted,
            @Nullable String givenName,
            @Nullable String familyName) {
        static Name of(FullName name) {
            return new Name(name.value(), name.givenName(), name.familyName());
        }
    }

    /** Derived from the userName. Entra considers a server incompatible if emails is not a list of objects. */
    record Email(String value, String display, String type, boolean primary) {}

    record Photo(String type, String value) {}

    record GroupReference(String value, String display) {}

    record Role(String type, String value, String display, boolean primary) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record EnterpriseUser(
            @Nullable String employeeNumber,
            @Nullable String costCenter,
            @Nullable String organization,
            @Nullable String division,
            @Nullable String department,
            @Nullable Manager manager) {

        static @Nullable EnterpriseUser of(Membership member) {
            EnterpriseUser user = new EnterpriseUser(
                    member.employeeNumber(),
                    member.costCenter(),
                    member.organizationUnit(),
                    member.division(),
                    member.department(),
                    Manager.of(member));
            return user.equals(NOTHING) ? null : user;
        }

        private static final EnterpriseUser NOTHING = new EnterpriseUser(null, null, null, null, null, null);
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Manager(@Nullable String value, @Nullable String displayName) {

        static @Nullable Manager of(Membership member) {
            Long id = member.managerId();
            String name = member.managerName();
            return id == null && name == null ? null : new Manager(id == null ? null : id.toString(), name);
        }
    }

    static UserResource of(User member, String location, UserSchemas schemas) {
        Membership membership = member.membership();
        Profile profile = membership.profile();
        EnterpriseUser enterprise = EnterpriseUser.of(membership);
        String photo = profile.photoUrl();
        return new UserResource(
                enterprise != null && schemas == UserSchemas.WITH_EXTENSION ? WITH_ENTERPRISE : CORE_ONLY,
                Long.toString(member.id()),
                new Meta("User", location),
                profile.email(),
                Name.of(profile.fullName()),
                profile.fullName().value(),
                membership.license().wireName(),
                membership.active(),
                List.of(new Email(profile.email(), profile.email(), EMAIL_TYPE, true)),
                photo == null ? null : List.of(new Photo(PHOTO_TYPE, photo)),
                member.groups().stream().map(UserResource::reference).toList(),
                roles(membership),
                profile.preferredLanguage(),
                enterprise);
    }

    static List<Role> roles(Membership membership) {
        List<Role> roles = new ArrayList<>();
        OrganizationRole role = membership.role();
        roles.add(new Role(ORGANIZATION_ROLE, role.wireName(), role.display(), true));
        for (String name : membership.adminRoles()) {
            roles.add(new Role(ADMIN_ROLE, name, name, false));
        }
        return roles;
    }

    private static GroupReference reference(GroupRef group) {
        return new GroupReference(Long.toString(group.id()), group.displayName());
    }
}

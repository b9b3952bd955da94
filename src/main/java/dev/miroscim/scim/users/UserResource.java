package dev.miroscim.scim.users;

import static dev.miroscim.directory.people.UserAttribute.DISPLAY_NAME;
import static dev.miroscim.directory.people.UserAttribute.FAMILY_NAME;
import static dev.miroscim.directory.people.UserAttribute.GIVEN_NAME;
import static dev.miroscim.directory.people.UserAttribute.NAME_FORMATTED;
import static dev.miroscim.directory.people.UserAttribute.PHOTO;
import static dev.miroscim.directory.people.UserAttribute.PREFERRED_LANGUAGE;
import static dev.miroscim.directory.people.UserAttribute.USER_NAME;
import static dev.miroscim.directory.people.UserAttribute.USER_TYPE;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.miroscim.directory.organizations.OrganizationSettings.UserSchemas;
import dev.miroscim.directory.people.GroupRef;
import dev.miroscim.directory.people.Membership;
import dev.miroscim.directory.people.OrganizationRole;
import dev.miroscim.directory.people.UserAttribute;
import dev.miroscim.directory.users.User;
import dev.miroscim.scim.Meta;
import dev.miroscim.scim.schema.Schemas;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
        @JsonProperty(UserResource.ENTERPRISE) @Nullable Map<String, Object> enterprise) {

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
            @Nullable String familyName) {}

    /** Derived from the userName. Entra considers a server incompatible if emails is not a list of objects. */
    record Email(String value, String display, String type, boolean primary) {}

    record Photo(String type, String value) {}

    record GroupReference(String value, String display) {}

    record Role(String type, String value, String display, boolean primary) {}

    /** What the person has of the enterprise extension; null for nothing. */
    private static @Nullable Map<String, Object> enterprise(User member) {
        Map<String, Object> extension = new LinkedHashMap<>();
        for (UserAttribute attribute : UserAttribute.enterprise()) {
            String text = member.text(attribute);
            if (text != null) {
                part(extension, attribute.parent()).put(attribute.simpleName(), text);
            }
        }
        return extension.isEmpty() ? null : extension;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> part(Map<String, Object> extension, @Nullable String name) {
        return name == null
                ? extension
                : (Map<String, Object>) extension.computeIfAbsent(name, _ -> new LinkedHashMap<String, Object>());
    }

    static UserResource of(User member, String location, UserSchemas schemas) {
        Map<String, Object> enterprise = enterprise(member);
        String userName = member.required(USER_NAME);
        String photo = member.text(PHOTO);
        return new UserResource(
                enterprise != null && schemas == UserSchemas.WITH_EXTENSION ? WITH_ENTERPRISE : CORE_ONLY,
                Long.toString(member.id()),
                new Meta("User", location),
                userName,
                new Name(member.required(NAME_FORMATTED), member.text(GIVEN_NAME), member.text(FAMILY_NAME)),
                member.required(DISPLAY_NAME),
                member.required(USER_TYPE),
                member.state().active(),
                List.of(new Email(userName, userName, EMAIL_TYPE, true)),
                photo == null ? null : List.of(new Photo(PHOTO_TYPE, photo)),
                member.groups().stream().map(UserResource::reference).toList(),
                roles(member.state()),
                member.text(PREFERRED_LANGUAGE),
                enterprise);
    }

    private static List<Role> roles(Membership.State membership) {
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

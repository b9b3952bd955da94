package dev.miroscim.scim.schema;

import static dev.miroscim.directory.people.UserAttribute.DISPLAY_NAME;
import static dev.miroscim.directory.people.UserAttribute.FAMILY_NAME;
import static dev.miroscim.directory.people.UserAttribute.GIVEN_NAME;
import static dev.miroscim.directory.people.UserAttribute.NAME_FORMATTED;
import static dev.miroscim.directory.people.UserAttribute.PHOTO;
import static dev.miroscim.directory.people.UserAttribute.PREFERRED_LANGUAGE;
import static dev.miroscim.directory.people.UserAttribute.USER_NAME;
import static dev.miroscim.directory.people.UserAttribute.USER_TYPE;
import static dev.miroscim.scim.schema.AttributeBuilder.bool;
import static dev.miroscim.scim.schema.AttributeBuilder.complex;
import static dev.miroscim.scim.schema.AttributeBuilder.link;
import static dev.miroscim.scim.schema.AttributeBuilder.string;

import dev.miroscim.directory.organizations.License;
import dev.miroscim.directory.people.UserAttribute;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The schemas of this server, with exactly the attributes that Miro supports. Microsoft's validator sends every
 * advertised attribute and fails if the answer lacks it, as happens to servers that advertise {@code password}.
 */
public final class Schemas {

    public static final Schema USER = Schema.of(
            "urn:ietf:params:scim:schemas:core:2.0:User",
            "User",
            "User Account",
            string(USER_NAME).required().unique(),
            complex(
                    "name",
                    "The person's name. Miro keeps one full name and derives the parts from it.",
                    string(NAME_FORMATTED),
                    string(FAMILY_NAME),
                    string(GIVEN_NAME)),
            string(DISPLAY_NAME),
            string(USER_TYPE)
                    .oneOf(Arrays.stream(License.values())
                            .map(License::wireName)
                            .toList()),
            string(PREFERRED_LANGUAGE),
            bool("active", "Whether the person can use Miro in this organisation; false after a deactivation."),
            complex(
                            "emails",
                            "The only e-mail address, derived from userName.",
                            string("value", "The address."),
                            string("display", "The address as people see it."),
                            string("type", "What the address is for.").oneOf("work"),
                            bool("primary", "Always true."))
                    .multiValued()
                    .readOnly(),
            complex(
                            "photos",
                            "The profile picture.",
                            link(PHOTO),
                            string("type", "What the picture is for.").oneOf("photo"))
                    .multiValued(),
            complex(
                            "groups",
                            "The teams that the person is in.",
                            string("value", "The id of the group."),
                            string("display", "The name of the group."))
                    .multiValued()
                    .readOnly(),
            complex(
                            "roles",
                            "The role in the organisation and any admin roles.",
                            string(
                                    "value",
                                    "ORGANIZATION_INTERNAL_ADMIN or ORGANIZATION_INTERNAL_USER for the role in the organisation;"
                                            + " otherwise the name of an admin role."),
                            string("display", "The name of the role as people see it.")
                                    .readOnly(),
                            string("type", "Which of the two kinds of role it is.")
                                    .oneOf("organization_user_role", "organization_admin_role"),
                            bool("primary", "True for the role in the organisation, false for an admin role."))
                    .multiValued());

    public static final Schema GROUP = Schema.of(
            "urn:ietf:params:scim:schemas:core:2.0:Group",
            "Group",
            "Group",
            string("displayName", "The name of the group; where groups are teams, the team has a name of its own.")
                    .required(),
            complex(
                            "members",
                            "The people in the group.",
                            string("value", "The id of the user.").immutable(),
                            string("type", "What kind of resource the member is.")
                                    .oneOf("User")
                                    .immutable(),
                            string("display", "The full name of the user.").readOnly())
                    .multiValued());

    public static final Schema ENTERPRISE_USER = Schema.of(
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
            "EnterpriseUser",
            "Enterprise User",
            enterprise());

    /** The attributes that every resource has; RFC 7643 keeps them out of the schemas. */
    static final List<AttributeDefinition> COMMON = Stream.of(
                    string("schemas", "The URNs of the schemas that the resource uses.")
                            .multiValued()
                            .caseExact()
                            .readOnly()
                            .always(),
                    string("id", "The number that Miro gave the resource.")
                            .caseExact()
                            .unique()
                            .readOnly()
                            .always(),
                    complex(
                                    "meta",
                                    "About the resource itself.",
                                    string("resourceType", "The name of its type.")
                                            .caseExact(),
                                    string("location", "Its address.").caseExact())
                            .readOnly())
            .map(AttributeBuilder::build)
            .toList();

    private static final List<Schema> ALL = List.of(USER, GROUP, ENTERPRISE_USER);

    private Schemas() {}

    /** The enterprise attributes, each complex one in the place of the first of its parts. */
    private static AttributeBuilder[] enterprise() {
        Map<String, List<UserAttribute>> attributes = new LinkedHashMap<>();
        for (UserAttribute attribute : UserAttribute.enterprise()) {
            String name = attribute.parent() == null ? attribute.simpleName() : attribute.parent();
            attributes.computeIfAbsent(name, _ -> new ArrayList<>()).add(attribute);
        }
        return attributes.entrySet().stream()
                .map(attribute -> attribute.getValue().getFirst().parent() == null
                        ? string(attribute.getValue().getFirst())
                        : complex(
                                attribute.getKey(),
                                "The person's " + attribute.getKey() + ".",
                                attribute.getValue().stream()
                                        .map(AttributeBuilder::string)
                                        .toArray(AttributeBuilder[]::new)))
                .toArray(AttributeBuilder[]::new);
    }

    public static List<Schema> all() {
        return ALL;
    }

    /** The schema with this URN, in any case. */
    public static Optional<Schema> byUrn(String urn) {
        return ALL.stream().filter(schema -> schema.id().equalsIgnoreCase(urn)).findFirst();
    }
}

package dev.miroscim.scim.schema;

import static dev.miroscim.scim.schema.AttributeBuilder.bool;
import static dev.miroscim.scim.schema.AttributeBuilder.complex;
import static dev.miroscim.scim.schema.AttributeBuilder.link;
import static dev.miroscim.scim.schema.AttributeBuilder.string;

import dev.miroscim.directory.organizations.License;
import java.util.Arrays;
import java.util.List;
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
            string("userName", "The e-mail address that identifies the person, unique in all of Miro.")
                    .required()
                    .unique(),
            complex(
                    "name",
                    "The person's name. Miro keeps one full name and derives the parts from it.",
                    string("formatted", "The full name; used if there is no displayName."),
                    string("familyName", "The last name."),
                    string("givenName", "The first name.")),
            string("displayName", "The full name, as people see it in Miro; at most 60 characters."),
            string("userType", "The licence.")
                    .oneOf(Arrays.stream(License.values())
                            .map(License::wireName)
                            .toList()),
            string("preferredLanguage", "The language of Miro's pages for the person, such as en_US."),
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
                            link("value", "The address of the picture: a jpg, jpeg, bmp, png or gif."),
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
            string("employeeNumber", "The number the organisation has given the person; at most 20 characters."),
            string("costCenter", "The cost centre, which decides the billing group; at most 120 characters."),
            string("organization", "The name of the organisation; at most 120 characters."),
            string("division", "The name of the division; at most 120 characters."),
            string("department", "The name of the department; at most 120 characters."),
            complex(
                    "manager",
                    "The person's manager.",
                    string("value", "The id of the manager; ignored unless it is a number."),
                    string("displayName", "The name of the manager; at most 60 characters.")));

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

    public static List<Schema> all() {
        return ALL;
    }

    /** The schema with this URN, in any case. */
    public static Optional<Schema> byUrn(String urn) {
        return ALL.stream().filter(schema -> schema.id().equalsIgnoreCase(urn)).findFirst();
    }
}

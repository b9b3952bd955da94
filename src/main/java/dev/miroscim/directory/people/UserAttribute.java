package dev.miroscim.directory.people;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.miroscim.directory.Names;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The one list of a person's text attributes. SCIM's schema, filters and resource, seeds and the control API follow from
 * an attribute's line here; {@link Membership} keeps the value.
 */
public enum UserAttribute {
    USER_NAME(
            Schema.CORE,
            "userName",
            "profile.email",
            "email",
            254,
            "The e-mail address that identifies the person, unique in all of Miro"),
    DISPLAY_NAME(
            Schema.CORE,
            "displayName",
            "profile.fullName",
            "name",
            Names.LONGEST,
            "The full name, as people see it in Miro"),
    NAME_FORMATTED(
            Schema.CORE,
            "name.formatted",
            "profile.fullName",
            "name",
            Names.LONGEST,
            "The full name; used if there is no displayName"),
    GIVEN_NAME(Schema.CORE, "name.givenName", "profile.givenName", "givenName", Names.LONGEST, "The first name"),
    FAMILY_NAME(Schema.CORE, "name.familyName", "profile.familyName", "familyName", Names.LONGEST, "The last name"),
    USER_TYPE(Schema.CORE, "userType", "license", "license", UserAttribute.ANY_LENGTH, "The licence"),
    PHOTO(
            Schema.CORE,
            "photos.value",
            "profile.photoUrl",
            "photo",
            2_048,
            "The address of the picture: a jpg, jpeg, bmp, png or gif"),
    PREFERRED_LANGUAGE(
            Schema.CORE,
            "preferredLanguage",
            "profile.preferredLanguage",
            "language",
            60,
            "The language of Miro's pages for the person, such as en_US"),
    EMPLOYEE_NUMBER("employeeNumber", 20, "The number the organisation has given the person"),
    COST_CENTER("costCenter", 120, "The cost centre, which decides the billing group"),
    ORGANIZATION(
            Schema.ENTERPRISE, "organization", "organizationUnit", "organization", 120, "The name of the organisation"),
    DIVISION("division", 120, "The name of the division"),
    DEPARTMENT("department", 120, "The name of the department"),
    MANAGER(
            Schema.ENTERPRISE,
            "manager.value",
            "managerId",
            "manager",
            UserAttribute.ANY_LENGTH,
            "The id of the manager; ignored unless it is a number"),
    MANAGER_NAME(
            Schema.ENTERPRISE,
            "manager.displayName",
            "managerName",
            "managerName",
            Names.LONGEST,
            "The name of the manager");

    /** Of what can be only one of a few values, or a number. */
    private static final int ANY_LENGTH = Integer.MAX_VALUE;

    private static final Set<UserAttribute> DETAILS = Collections.unmodifiableSet(EnumSet.range(PHOTO, MANAGER_NAME));

    private static final Set<UserAttribute> ENTERPRISE = Arrays.stream(values())
            .filter(UserAttribute::isEnterprise)
            .collect(Collectors.collectingAndThen(
                    Collectors.toCollection(() -> EnumSet.noneOf(UserAttribute.class)), Collections::unmodifiableSet));

    private enum Schema {
        CORE,
        ENTERPRISE
    }

    private final Schema schema;
    private final String wireName;
    private final String column;
    private final String sqlColumn;
    private final String seedKey;
    private final int maxLength;
    private final String sentence;

    /** @param sentence without the full stop, before which the longest length comes */
    UserAttribute(Schema schema, String wireName, String column, String seedKey, int maxLength, String sentence) {
        this.schema = schema;
        this.wireName = wireName;
        this.column = column;
        String snakeCase = column.replaceAll("[A-Z]", "_$0").toLowerCase(Locale.ROOT);
        this.sqlColumn = snakeCase.contains(".") ? snakeCase : "m." + snakeCase;
        this.seedKey = seedKey;
        this.maxLength = maxLength;
        this.sentence = sentence;
    }

    /** An enterprise attribute that has one name everywhere. */
    UserAttribute(String name, int maxLength, String sentence) {
        this(Schema.ENTERPRISE, name, name, name, maxLength, sentence);
    }

    /**
     * The photo, the language and all enterprise attributes: what is kept as it comes, while addresses, names and
     * licences follow rules of their own.
     */
    public static Set<UserAttribute> details() {
        return DETAILS;
    }

    /** What belongs to SCIM's enterprise extension, in the order in which it is shown. */
    public static Set<UserAttribute> enterprise() {
        return ENTERPRISE;
    }

    /** Its name in SCIM, without a schema URN. */
    public String wireName() {
        return wireName;
    }

    /** The name of the complex attribute in SCIM that it is a part of; null if it stands for itself. */
    public @Nullable String parent() {
        int dot = wireName.indexOf('.');
        return dot < 0 ? null : wireName.substring(0, dot);
    }

    /** Its name in SCIM without that of the complex attribute. */
    public String simpleName() {
        return wireName.substring(wireName.indexOf('.') + 1);
    }

    /** Whether it belongs to SCIM's enterprise extension. */
    public boolean isEnterprise() {
        return schema == Schema.ENTERPRISE;
    }

    /** Where {@link Membership} keeps it, such as {@code costCenter} or {@code profile.email}. */
    public String column() {
        return column;
    }

    /** Its column in SQL on the tables {@code membership m} and {@code profile}. */
    public String sqlColumn() {
        return sqlColumn;
    }

    /** Its name in seeds and in the control API. */
    @JsonValue
    public String seedKey() {
        return seedKey;
    }

    /** What SCIM's schema says of it. */
    public String description() {
        return maxLength == ANY_LENGTH ? sentence + "." : sentence + "; at most " + maxLength + " characters.";
    }

    /** Whether it is one of the ways to say a person's name. */
    public boolean isName() {
        return switch (this) {
            case DISPLAY_NAME, NAME_FORMATTED, GIVEN_NAME, FAMILY_NAME, MANAGER_NAME -> true;
            default -> false;
        };
    }

    /** In characters (Unicode code points). */
    public int maxLength() {
        return maxLength;
    }
}

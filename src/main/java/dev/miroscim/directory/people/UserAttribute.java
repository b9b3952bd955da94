package dev.miroscim.directory.people;

/** The attributes of a member that callers can set as text, with the longest value Miro keeps. */
public enum UserAttribute {
    USER_NAME("userName", 254),
    DISPLAY_NAME("displayName", 60),
    NAME_FORMATTED("name.formatted", 60),
    GIVEN_NAME("name.givenName", 60),
    FAMILY_NAME("name.familyName", 60),
    USER_TYPE("userType", 60),
    PREFERRED_LANGUAGE("preferredLanguage", 60),
    PHOTO("photos.value", 2_048),
    EMPLOYEE_NUMBER("employeeNumber", 20),
    COST_CENTER("costCenter", 120),
    ORGANIZATION("organization", 120),
    DIVISION("division", 120),
    DEPARTMENT("department", 120),
    MANAGER("manager.value", 60),
    MANAGER_NAME("manager.displayName", 60);

    private final String wireName;
    private final int maxLength;

    UserAttribute(String wireName, int maxLength) {
        this.wireName = wireName;
        this.maxLength = maxLength;
    }

    /** Its name in SCIM, without a schema URN. */
    public String wireName() {
        return wireName;
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

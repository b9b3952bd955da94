package dev.miroscim.directory;

import static dev.miroscim.directory.MiroRule.Confidence.ASSUMED;
import static dev.miroscim.directory.MiroRule.Confidence.DOCUMENTED;
import static dev.miroscim.directory.MiroRule.Confidence.INFERRED;
import static dev.miroscim.directory.MiroRule.Confidence.OBSERVED;

import dev.miroscim.directory.RefusedException.Kind;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Every rule that Miro applies to provisioning, as far as it is known. Each is enforced in one place, which calls
 * {@link #note} where it lets a request pass otherwise than asked, or throws {@link #refusal}.
 */
public enum MiroRule {

    // Identity and attributes
    USER_NAME_IS_EMAIL(
            "user-name-is-email",
            DOCUMENTED,
            Source.HELP,
            "A userName is an e-mail address, and it identifies the person in Miro."),
    USER_NAME_UNIQUE(
            "user-name-unique",
            DOCUMENTED,
            Source.HELP,
            "A userName is unique across all organisations of Miro, regardless of case."),
    USER_NAME_CHANGE_NEEDS_CLAIMED_DOMAIN(
            "user-name-change-needs-claimed-domain",
            DOCUMENTED,
            Source.HELP,
            "An organisation can change a userName only while it claims the current e-mail domain."),
    USER_NAME_TARGET_CLAIMED_ELSEWHERE(
            "user-name-target-claimed-elsewhere",
            DOCUMENTED,
            Source.HELP,
            "A userName cannot move to a domain that another organisation has claimed."),
    USER_NAME_TARGET_UNCLAIMED(
            "user-name-target-unclaimed",
            ASSUMED,
            Source.HELP,
            "A userName can move to a domain that no organisation has claimed, unless the settings refuse it."),
    USER_NAME_CHANGE_IN_SEVERAL_ORGANIZATIONS(
            "user-name-change-in-several-organizations",
            DOCUMENTED,
            Source.ERRORS,
            "By an older rule of Miro, the userName of a person in several organisations cannot change."),
    EMAILS_DERIVED_FROM_USER_NAME(
            "emails-derived-from-username",
            DOCUMENTED,
            Source.ENTRA,
            "Miro derives a user's emails from userName and ignores what a client writes to them."),
    EMAILS_FILTER_WITHOUT_TARGET(
            "emails-filter-without-target",
            INFERRED,
            Source.ENTRA,
            "With strict e-mail writes, a path that filters emails finds no target, as Entra's logs show."),
    FULL_NAME_RESOLUTION(
            "full-name-resolution",
            DOCUMENTED,
            Source.USERS,
            "Miro keeps one full name: displayName, else name.formatted, else givenName and familyName, else userName."),
    VALUE_LENGTH(
            "value-length",
            DOCUMENTED,
            Source.REFERENCE,
            "Names have at most 60 characters (given and family name together), employeeNumber 20, other enterprise attributes 120."),
    MANAGER_VALUE_NUMERIC(
            "manager-value-numeric",
            DOCUMENTED,
            Source.REFERENCE,
            "Miro stores a manager as a number and ignores any other manager value."),
    UNSUPPORTED_ATTRIBUTE_IGNORED(
            "unsupported-attribute-ignored",
            DOCUMENTED,
            Source.HELP,
            "Miro ignores attributes that it does not support."),
    READ_ONLY_ATTRIBUTE_IGNORED(
            "read-only-attribute-ignored",
            INFERRED,
            Source.REFERENCE,
            "Miro ignores what a client sends for a user's id, meta and groups."),
    ACTIVE_KEPT(
            "active-kept",
            ASSUMED,
            Source.REFERENCE,
            "Removing active, or setting it to null, changes nothing: a user is always either active or inactive."),
    NOTHING_TO_REMOVE(
            "nothing-to-remove",
            INFERRED,
            Source.REFERENCE,
            "Removing something that is not there changes nothing and is not an error."),
    NAMES_TRIMMED(
            "names-trimmed",
            ASSUMED,
            Source.USERS,
            "Blanks around a name are removed; a name of blanks alone counts as no name."),
    PUT_KEEPS_ABSENT_ATTRIBUTES(
            "put-keeps-absent-attributes",
            ASSUMED,
            Source.REFERENCE,
            "PUT keeps attributes that it does not name, and clears those that it sets to null."),

    // Who is created, seen, kept
    GUESTS_INVISIBLE(
            "guests-invisible",
            DOCUMENTED,
            Source.REFERENCE,
            "Guests are not users of an organisation's SCIM API: it neither lists them nor finds them by id."),
    GUESTS_OF_FOREIGN_DOMAINS(
            "guests-of-foreign-domains",
            DOCUMENTED,
            Source.LICENSING,
            "On the Enterprise plan, guests can only come from domains that the organisation has not claimed."),
    DOMAIN_ALLOW_LIST(
            "domain-allow-list",
            DOCUMENTED,
            Source.ERRORS,
            "Only people whose e-mail domain is on the organisation's allow list can be created or added."),
    EXISTING_PROFILE_JOINS(
            "existing-profile-joins",
            INFERRED,
            Source.ERRORS,
            "Creating a user who already has a profile elsewhere in Miro adds that profile to the organisation."),
    GUEST_CREATED_IS_PROMOTED(
            "guest-created-is-promoted",
            ASSUMED,
            Source.REFERENCE,
            "Creating a user who is a guest of the organisation makes the guest a member, unless the settings refuse it."),
    DEACTIVATED_USER_IS_TAKEN(
            "deactivated-user-is-taken",
            ASSUMED,
            Source.ERRORS,
            "Creating a user who exists but is deactivated is a conflict, unless the settings reactivate the user."),
    DELETED_USER_CREATED_AGAIN(
            "deleted-user-created-again",
            DOCUMENTED,
            Source.DEACTIVATED,
            "A deleted user can be created again, because the Miro profile still exists."),
    CREATED_DEACTIVATED(
            "created-deactivated",
            ASSUMED,
            Source.REFERENCE,
            "A user created with active set to false starts deactivated and takes no seat."),
    NEW_USERS_JOIN_DEFAULT_TEAM(
            "new-users-join-default-team",
            DOCUMENTED,
            Source.REFERENCE,
            "Newly provisioned users join the default team."),
    DEACTIVATION_KEEPS_TEAMS(
            "deactivation-keeps-teams",
            DOCUMENTED,
            Source.DEACTIVATED,
            "A deactivated user keeps teams, boards and rights, ready for a later reactivation."),
    DEACTIVATED_USER_FROZEN(
            "deactivated-user-frozen",
            DOCUMENTED,
            Source.REFERENCE,
            "userName, userType and roles of a deactivated user cannot be changed."),
    BOARDS_GO_TO_OLDEST_ADMIN(
            "boards-go-to-oldest-admin",
            DOCUMENTED,
            Source.REFERENCE,
            "Boards of a user who is deleted or leaves a team go to the oldest team admin, or else the oldest company admin."),

    // Licences
    DEFAULT_LICENSE(
            "default-license",
            DOCUMENTED,
            Source.PROVISIONING,
            "A user created without userType gets the organisation's default licence."),
    FULL_SEATS_EXHAUSTED(
            "full-seats-exhausted",
            DOCUMENTED,
            Source.PROVISIONING,
            "When the default licence has no seats left, new users get Free Restricted, without an error."),
    EXPLICIT_LICENSE_WITHOUT_SEAT(
            "explicit-license-without-seat",
            OBSERVED,
            Source.PROVISIONING,
            "Requesting a licence that has no seat left is a conflict, unless the settings fall back to Free Restricted."),
    ADVANCED_LICENSE_LIMIT(
            "advanced-license-limit",
            DOCUMENTED,
            Source.LICENSING,
            "Flexible Licensing never covers Advanced licences: requesting one without a free seat is always a conflict."),
    LICENSE_NO_DOWNGRADE(
            "license-no-downgrade",
            DOCUMENTED,
            Source.ENTRA,
            "SCIM cannot downgrade a licence; only Miro's admin pages can."),
    FREE_LICENSE_FOR_NEW_USERS(
            "free-license-for-new-users", DOCUMENTED, Source.LICENSING, "Only new users can get the Free licence."),
    LICENSE_UNKNOWN(
            "license-unknown",
            ASSUMED,
            Source.REFERENCE,
            "A userType that is not a licence of the organisation is refused, unless the settings ignore it."),
    DEACTIVATED_USER_FREES_SEAT(
            "deactivated-user-frees-seat",
            DOCUMENTED,
            Source.DEACTIVATED,
            "A deactivated user takes no seat, but needs one to be reactivated."),

    // Roles and admins
    ORGANIZATION_ROLE_VALUES(
            "organization-role-values",
            DOCUMENTED,
            Source.REFERENCE,
            "The organisation role is ORGANIZATION_INTERNAL_ADMIN or ORGANIZATION_INTERNAL_USER; SCIM cannot give guest roles."),
    ADMIN_ROLE_VALUES(
            "admin-role-values",
            DOCUMENTED,
            Source.ROLES,
            "Admin roles are Content Admin, User Admin, Security Admin and the organisation's custom roles."),
    OTHER_ROLES_IGNORED(
            "other-roles-ignored", ASSUMED, Source.REFERENCE, "Miro ignores roles whose type it does not know."),
    ONE_PRIMARY_ROLE(
            "one-primary-role",
            DOCUMENTED,
            Source.REFERENCE,
            "A user has exactly one organisation role, and only that role is primary."),
    ORGANIZATION_ROLE_KEPT(
            "organization-role-kept",
            ASSUMED,
            Source.REFERENCE,
            "The organisation role can be replaced but not removed; a removal is ignored."),
    LAST_COMPANY_ADMIN(
            "last-company-admin",
            DOCUMENTED,
            Source.REFERENCE,
            "The last company admin cannot be deleted and cannot lose the admin role."),
    COMPANY_ADMIN_NOT_DEACTIVATED(
            "company-admin-not-deactivated",
            INFERRED,
            Source.DEACTIVATED,
            "A company admin must lose the admin role before being deactivated."),
    SOLE_TEAM_ADMIN_NOT_DEACTIVATED(
            "sole-team-admin-not-deactivated",
            DOCUMENTED,
            Source.SCRIPTS,
            "The only admin of a team cannot be deactivated."),

    // Groups
    GROUPS_NOT_CREATED_OR_DELETED(
            "groups-not-created-or-deleted", DOCUMENTED, Source.HELP, "SCIM cannot create or delete Miro's teams."),
    GROUPS_NOT_REPLACED(
            "groups-not-replaced",
            DOCUMENTED,
            Source.GROUP_CALLS,
            "Groups, whether teams or user groups, have no PUT; PATCH changes their name and members."),
    GROUP_NAME_APART_FROM_TEAM_NAME(
            "group-name-apart-from-team-name",
            DOCUMENTED,
            Source.ENTRA,
            "Renaming a group renames only the security group; the team keeps its own name."),
    GROUP_NAME_REQUIRED(
            "group-name-required",
            DOCUMENTED,
            Source.GROUPS,
            "A group must have a name, which can be changed but not removed or emptied."),
    GROUP_NAME_UNIQUE(
            "group-name-unique",
            ASSUMED,
            Source.GROUPS,
            "Two groups of an organisation cannot have the same displayName."),
    GROUP_ADD_REACTIVATES(
            "group-add-reactivates",
            DOCUMENTED,
            Source.REFERENCE,
            "Adding a deactivated user to a group reactivates the user."),
    GROUP_ADD_RECREATES(
            "group-add-recreates",
            DOCUMENTED,
            Source.REFERENCE,
            "Adding a deleted user to a group makes the person a member of the organisation again."),
    GROUP_ADD_CONVERTS_GUEST(
            "group-add-converts-guest",
            DOCUMENTED,
            Source.REFERENCE,
            "Adding a guest to a group makes the guest a member with a Full licence."),
    GROUP_ADD_KNOWN_MEMBER(
            "group-add-known-member",
            DOCUMENTED,
            Source.HELP,
            "Adding a user who is already in the group changes nothing."),
    GROUP_UNKNOWN_MEMBERS(
            "group-unknown-members",
            DOCUMENTED,
            Source.ERRORS,
            "Unknown ids are skipped when added to a group; if none of the added ids is known, the request is refused."),
    GROUP_REMOVE_NON_MEMBER(
            "group-remove-non-member",
            INFERRED,
            Source.REFERENCE,
            "Removing a user who is not in the group changes nothing."),
    LAST_TEAM_ADMIN(
            "last-team-admin",
            DOCUMENTED,
            Source.REFERENCE,
            "The last admin of a team can be neither removed from it nor deleted; the whole request is refused."),
    UNREGISTERED_USER_LEAVES(
            "unregistered-user-leaves",
            DOCUMENTED,
            Source.REFERENCE,
            "A user who never finished registering leaves the organisation when leaving the last team."),
    DEFAULT_TEAM_KEPT(
            "default-team-kept",
            ASSUMED,
            Source.REFERENCE,
            "Users can be removed from the default team, unless the settings refuse it."),
    GROUP_FILTER_SIMPLE_ATTRIBUTES(
            "group-filter-simple-attributes",
            DOCUMENTED,
            Source.REFERENCE,
            "Groups cannot be filtered by complex attributes, except by the member check that Entra sends."),

    // Teams over REST
    INVITED_USER_IN_ORGANIZATION(
            "invited-user-in-organization",
            DOCUMENTED,
            Source.INVITE,
            "Over REST, only people of the organisation can be invited to a team; others join through SCIM."),
    INVITE_DEACTIVATED_USER(
            "invite-deactivated-user",
            INFERRED,
            Source.DEACTIVATED,
            "A deactivated user cannot be invited to a team; only SCIM reactivates users."),
    INVITE_KNOWN_TEAM_MEMBER(
            "invite-known-team-member",
            DOCUMENTED,
            Source.SCRIPTS,
            "Inviting a member of the team is a conflict, unless the settings let an invitation with another role change the role."),

    // User groups
    USER_GROUP_NAME_UNIQUE(
            "user-group-name-unique",
            DOCUMENTED,
            Source.USER_GROUPS,
            "Two user groups of an organisation cannot have the same name."),
    USER_GROUP_MEMBERS(
            "user-group-members",
            ASSUMED,
            Source.USER_GROUPS,
            "Active and deactivated members of the organisation can be in user groups; guests cannot."),
    USER_GROUP_KNOWN_MEMBER(
            "user-group-known-member",
            DOCUMENTED,
            Source.USER_GROUPS,
            "Adding a user group's member to it again over REST is a conflict, except in a bulk change."),
    USER_GROUP_KNOWN_TEAM(
            "user-group-known-team",
            DOCUMENTED,
            Source.USER_GROUPS,
            "Adding a user group to a team that already has it is a conflict."),
    USER_GROUP_BULK_LIMIT(
            "user-group-bulk-limit",
            DOCUMENTED,
            Source.USER_GROUPS,
            "A bulk change of a user group adds and removes at most 500 users."),

    // Other calls of REST
    BOARDS_NEVER_OPENED(
            "boards-never-opened",
            ASSUMED,
            Source.BOARDS,
            "Nobody opens boards here, so sorting by last_opened uses the time of the last change."),
    SESSIONS_RESET(
            "sessions-reset",
            ASSUMED,
            Source.SESSIONS,
            "Nobody signs in here, so resetting a user's sessions finds none to end."),
    REVOCATION_BY_ANY_APP(
            "revocation-by-any-app",
            ASSUMED,
            Source.REVOKE,
            "Tokens belong to no app here, so any clientId and clientSecret can revoke one."),

    // Access and requests
    TOKEN_OPENS_ORGANIZATION(
            "token-opens-organization",
            DOCUMENTED,
            Source.START,
            "The SCIM token alone selects the organisation; every call needs a valid one."),
    REVOKED_TOKEN_VALID(
            "revoked-token-valid",
            INFERRED,
            Source.REVOKE,
            "Only a valid REST token can be revoked, and a revoked token no longer works."),
    TOKEN_SCOPES(
            "token-scopes", DOCUMENTED, Source.SCOPES, "A REST token allows only the calls that its scopes cover."),
    SCIM_SWITCHED_OFF(
            "scim-switched-off",
            DOCUMENTED,
            Source.ERRORS,
            "While SCIM is switched off for an organisation, its token is refused."),
    PAYLOAD_LIMIT(
            "payload-limit",
            DOCUMENTED,
            Source.RATE_LIMITS,
            "A request has at most 800,000 bytes, and a group PATCH at most 8,000 members."),
    RATE_LIMIT(
            "rate-limit",
            DOCUMENTED,
            Source.RATE_LIMITS,
            "SCIM limits calls per kind and organisation in 30 seconds; REST gives each token credits per minute."),
    PAGE_LIMIT(
            "page-limit",
            OBSERVED,
            Source.REFERENCE,
            "A page holds at most 1,000 resources; a larger count is reduced.");

    /** How well a rule is known. */
    public enum Confidence {
        /** Miro, or somebody quoting Miro, says so. */
        DOCUMENTED,
        /** A third party saw the real service answer so. */
        OBSERVED,
        /** It follows from what is documented or seen. */
        INFERRED,
        /** Nobody says; a setting or the least surprising answer. */
        ASSUMED
    }

    /** The pages the rules come from. */
    private static final class Source {
        static final String REFERENCE = "https://developers.miro.com/reference/scim-introduction";
        static final String START = "https://developers.miro.com/docs/how-to-enable-scim";
        static final String USERS = "https://developers.miro.com/docs/users";
        static final String GROUPS = "https://developers.miro.com/docs/groups";
        static final String GROUP_CALLS = "https://developers.miro.com/reference/patchgroup";
        static final String ERRORS = "https://developers.miro.com/docs/errors";
        static final String RATE_LIMITS = "https://developers.miro.com/docs/scim-rate-limits";
        static final String HELP = "https://help.miro.com/hc/en-us/articles/360036827513";
        static final String ENTRA = "https://help.miro.com/hc/en-us/articles/360036777814";
        static final String DEACTIVATED = "https://help.miro.com/hc/en-us/articles/360025025894";
        static final String PROVISIONING = "https://help.miro.com/hc/en-us/articles/4403139914130";
        static final String LICENSING = "https://help.miro.com/hc/en-us/articles/360018622159";
        static final String SCRIPTS = "https://github.com/MiroSolutionsEngineering/deactivate-stale-users";
        static final String BOARDS = "https://developers.miro.com/reference/get-boards";
        static final String SESSIONS = "https://developers.miro.com/reference/enterprise-post-user-sessions-reset";
        static final String REVOKE = "https://developers.miro.com/reference/revoke-token-v2";
        static final String INVITE = "https://developers.miro.com/reference/enterprise-invite-team-member";
        static final String USER_GROUPS = "https://developers.miro.com/reference/enterprise-update-group-members";
        static final String SCOPES = "https://developers.miro.com/reference/scopes";
        static final String ROLES = "https://help.miro.com/hc/en-us/articles/22182074695698";
    }

    private final String id;
    private final Confidence confidence;
    private final String source;
    private final String sentence;

    MiroRule(String id, Confidence confidence, String source, String sentence) {
        this.id = id;
        this.confidence = confidence;
        this.source = source;
        this.sentence = sentence;
    }

    /** The rule with this {@link #id()}. */
    public static Optional<MiroRule> byId(String id) {
        return Arrays.stream(values()).filter(rule -> rule.id.equals(id)).findFirst();
    }

    /** The stable name callers see, in kebab case. */
    public String id() {
        return id;
    }

    public Confidence confidence() {
        return confidence;
    }

    /** The address of the page that says so, or that comes nearest to saying it. */
    public String source() {
        return source;
    }

    /** What the rule says, in one sentence. */
    public String sentence() {
        return sentence;
    }

    /** Tells the caller that this rule acted on {@code attribute}. */
    public void note(@Nullable String attribute) {
        note(attribute, sentence);
    }

    /** Tells the caller that this rule acted on {@code attribute}, and what it did. */
    public void note(@Nullable String attribute, String what) {
        Notes.add(new Notes.Note(this, attribute, what));
    }

    /** Tells the caller that this rule refuses the whole request, where the exception is one of the caller's own. */
    public void noteRefusal() {
        noteRefusal(null, sentence);
    }

    /**
     * Tells the caller that this rule refuses the request, where the refusal itself is an exception of the caller's
     * own.
     */
    public void noteRefusal(@Nullable String attribute, String detail) {
        Notes.addRefusal(new Notes.Note(this, attribute, detail));
    }

    /** The exception to throw where this rule refuses a request. {@code detail} names the attribute and its value. */
    public RefusedException refusal(Kind kind, @Nullable String attribute, String detail) {
        noteRefusal(attribute, detail);
        return new RefusedException(kind, detail);
    }
}

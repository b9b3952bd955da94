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
            "A user's userName is an e-mail address, which is the person's identity in Miro."),
    USER_NAME_UNIQUE(
            "user-name-unique",
            DOCUMENTED,
            Source.HELP,
            "A userName is unique in all of Miro, whatever its case, and not only in one organisation."),
    USER_NAME_CHANGE_NEEDS_CLAIMED_DOMAIN(
            "user-name-change-needs-claimed-domain",
            DOCUMENTED,
            Source.HELP,
            "A userName can be changed only while its current domain is claimed by the calling organisation."),
    USER_NAME_TARGET_CLAIMED_ELSEWHERE(
            "user-name-target-claimed-elsewhere",
            DOCUMENTED,
            Source.HELP,
            "A userName cannot be changed to a domain that another organisation has claimed."),
    USER_NAME_TARGET_UNCLAIMED(
            "user-name-target-unclaimed",
            ASSUMED,
            Source.HELP,
            "A userName can be changed to a domain that nobody has claimed, unless the organisation's settings refuse it."),
    USER_NAME_CHANGE_IN_SEVERAL_ORGANIZATIONS(
            "user-name-change-in-several-organizations",
            DOCUMENTED,
            Source.ERRORS,
            "By Miro's older rule, the userName of a person who is in several organisations cannot be changed."),
    EMAILS_DERIVED_FROM_USER_NAME(
            "emails-derived-from-username",
            DOCUMENTED,
            Source.ENTRA,
            "The emails of a user are derived from userName; what a client writes to them is ignored."),
    EMAILS_FILTER_WITHOUT_TARGET(
            "emails-filter-without-target",
            INFERRED,
            Source.ENTRA,
            "With strict e-mail writes, a filtered path into emails finds no target, as Entra's log shows of Miro."),
    FULL_NAME_RESOLUTION(
            "full-name-resolution",
            DOCUMENTED,
            Source.USERS,
            "Miro keeps one full name: displayName, else name.formatted, else givenName and familyName, else userName."),
    VALUE_LENGTH(
            "value-length",
            DOCUMENTED,
            Source.REFERENCE,
            "Names have at most 60 characters (given and family name together), employeeNumber 20, other enterprise ones 120."),
    MANAGER_VALUE_NUMERIC(
            "manager-value-numeric",
            DOCUMENTED,
            Source.REFERENCE,
            "The manager is kept as a number; a manager value that is not one is ignored."),
    UNSUPPORTED_ATTRIBUTE_IGNORED(
            "unsupported-attribute-ignored",
            DOCUMENTED,
            Source.HELP,
            "Attributes that Miro does not support are ignored."),
    READ_ONLY_ATTRIBUTE_IGNORED(
            "read-only-attribute-ignored",
            INFERRED,
            Source.REFERENCE,
            "What a client sends for id, meta and groups of a user is ignored."),
    ACTIVE_KEPT(
            "active-kept",
            ASSUMED,
            Source.REFERENCE,
            "A user is either active or not: taking active away, or setting it to nothing, changes nothing."),
    NOTHING_TO_REMOVE(
            "nothing-to-remove",
            INFERRED,
            Source.REFERENCE,
            "Removing what is not there changes nothing and is no error."),
    NAMES_TRIMMED(
            "names-trimmed",
            ASSUMED,
            Source.USERS,
            "Blanks around a name are cut off, and a name of nothing but blanks is none."),
    PUT_KEEPS_ABSENT_ATTRIBUTES(
            "put-keeps-absent-attributes",
            ASSUMED,
            Source.REFERENCE,
            "A PUT leaves attributes that it does not name as they are; it clears those that it sets to null."),

    // Who is created, seen, kept
    GUESTS_INVISIBLE(
            "guests-invisible",
            DOCUMENTED,
            Source.REFERENCE,
            "Guests of an organisation are not users of its SCIM API: they are neither listed nor found by id."),
    GUESTS_OF_FOREIGN_DOMAINS(
            "guests-of-foreign-domains",
            DOCUMENTED,
            Source.LICENSING,
            "On the Enterprise plan only people of domains that the organisation has not claimed can be guests."),
    DOMAIN_ALLOW_LIST(
            "domain-allow-list",
            DOCUMENTED,
            Source.ERRORS,
            "Only people whose e-mail domain is on the organisation's allow list can be created or added."),
    EXISTING_PROFILE_JOINS(
            "existing-profile-joins",
            INFERRED,
            Source.ERRORS,
            "Creating a user whose profile exists elsewhere in Miro joins that profile to the organisation."),
    GUEST_CREATED_IS_PROMOTED(
            "guest-created-is-promoted",
            ASSUMED,
            Source.REFERENCE,
            "Creating a user who is a guest of the organisation makes the guest a member, unless settings refuse it."),
    DEACTIVATED_USER_IS_TAKEN(
            "deactivated-user-is-taken",
            ASSUMED,
            Source.ERRORS,
            "Creating a user who exists deactivated conflicts with that user, unless settings reactivate instead."),
    DELETED_USER_CREATED_AGAIN(
            "deleted-user-created-again",
            DOCUMENTED,
            Source.DEACTIVATED,
            "A user who was deleted can be created again; the Miro profile had survived."),
    CREATED_DEACTIVATED(
            "created-deactivated",
            ASSUMED,
            Source.REFERENCE,
            "A user created with active false exists deactivated and takes no seat."),
    NEW_USERS_JOIN_DEFAULT_TEAM(
            "new-users-join-default-team",
            DOCUMENTED,
            Source.REFERENCE,
            "Newly provisioned users are added to the default team."),
    DEACTIVATION_KEEPS_TEAMS(
            "deactivation-keeps-teams",
            DOCUMENTED,
            Source.DEACTIVATED,
            "A deactivated user keeps teams, boards and rights for a later reactivation."),
    DEACTIVATED_USER_FROZEN(
            "deactivated-user-frozen",
            DOCUMENTED,
            Source.REFERENCE,
            "userName, userType and roles of a deactivated user cannot be changed."),
    BOARDS_GO_TO_OLDEST_ADMIN(
            "boards-go-to-oldest-admin",
            DOCUMENTED,
            Source.REFERENCE,
            "The boards of a user who is deleted or leaves a team go to the oldest team admin, else the oldest company admin."),

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
            "When the seats of the default licence are used up, new users get Free Restricted without an error."),
    EXPLICIT_LICENSE_WITHOUT_SEAT(
            "explicit-license-without-seat",
            OBSERVED,
            Source.PROVISIONING,
            "Asking for a licence that has no seat left conflicts, unless settings let it fall back to Free Restricted."),
    ADVANCED_LICENSE_LIMIT(
            "advanced-license-limit",
            DOCUMENTED,
            Source.LICENSING,
            "Advanced licences are never under Flexible Licensing: asking for one without a seat always conflicts."),
    LICENSE_NO_DOWNGRADE(
            "license-no-downgrade",
            DOCUMENTED,
            Source.ENTRA,
            "A licence cannot be downgraded over SCIM, only in Miro's admin pages."),
    FREE_LICENSE_FOR_NEW_USERS(
            "free-license-for-new-users",
            DOCUMENTED,
            Source.LICENSING,
            "The Free licence can only be given to new users."),
    LICENSE_UNKNOWN(
            "license-unknown",
            ASSUMED,
            Source.REFERENCE,
            "A userType that is not a licence of the organisation is refused, unless settings ignore it."),
    DEACTIVATED_USER_FREES_SEAT(
            "deactivated-user-frees-seat",
            DOCUMENTED,
            Source.DEACTIVATED,
            "A deactivated user takes no seat, and needs one again when reactivated."),

    // Roles and admins
    ORGANIZATION_ROLE_VALUES(
            "organization-role-values",
            DOCUMENTED,
            Source.REFERENCE,
            "The organisation role is ORGANIZATION_INTERNAL_ADMIN or ORGANIZATION_INTERNAL_USER; guest roles cannot be set."),
    ADMIN_ROLE_VALUES(
            "admin-role-values",
            DOCUMENTED,
            Source.ROLES,
            "Admin roles are Content Admin, User Admin, Security Admin and the organisation's custom roles."),
    OTHER_ROLES_IGNORED(
            "other-roles-ignored", ASSUMED, Source.REFERENCE, "Roles of a type that Miro does not know are ignored."),
    ONE_PRIMARY_ROLE(
            "one-primary-role",
            DOCUMENTED,
            Source.REFERENCE,
            "A user has exactly one organisation role, and only that is primary."),
    ORGANIZATION_ROLE_KEPT(
            "organization-role-kept",
            ASSUMED,
            Source.REFERENCE,
            "The organisation role can be replaced but not removed; a removal is ignored."),
    LAST_COMPANY_ADMIN(
            "last-company-admin",
            DOCUMENTED,
            Source.REFERENCE,
            "The last company admin can be neither deleted nor made a plain member."),
    COMPANY_ADMIN_NOT_DEACTIVATED(
            "company-admin-not-deactivated",
            INFERRED,
            Source.DEACTIVATED,
            "A company admin cannot be deactivated before the admin role is revoked."),
    SOLE_TEAM_ADMIN_NOT_DEACTIVATED(
            "sole-team-admin-not-deactivated",
            DOCUMENTED,
            Source.SCRIPTS,
            "The only admin of a team cannot be deactivated."),

    // Groups
    GROUPS_NOT_CREATED_OR_DELETED(
            "groups-not-created-or-deleted",
            DOCUMENTED,
            Source.HELP,
            "Miro's teams are neither created nor deleted over SCIM."),
    GROUPS_NOT_REPLACED(
            "groups-not-replaced",
            DOCUMENTED,
            Source.GROUP_CALLS,
            "Groups have no PUT, be they teams or user groups: their name and members are changed by PATCH."),
    GROUP_NAME_APART_FROM_TEAM_NAME(
            "group-name-apart-from-team-name",
            DOCUMENTED,
            Source.ENTRA,
            "Renaming a group renames the security group alone; the team keeps its own name."),
    GROUP_NAME_REQUIRED(
            "group-name-required",
            DOCUMENTED,
            Source.GROUPS,
            "A group has a name, which can be changed but neither removed nor emptied."),
    GROUP_NAME_UNIQUE(
            "group-name-unique",
            ASSUMED,
            Source.GROUPS,
            "Two groups of one organisation cannot have the same displayName."),
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
            "Adding a user who is in the group already changes nothing."),
    GROUP_UNKNOWN_MEMBERS(
            "group-unknown-members",
            DOCUMENTED,
            Source.ERRORS,
            "Ids that no user has are skipped when added to a group, and refused when none of the added ids has a user."),
    GROUP_REMOVE_NON_MEMBER(
            "group-remove-non-member",
            INFERRED,
            Source.REFERENCE,
            "Removing a user who is not in the group changes nothing."),
    LAST_TEAM_ADMIN(
            "last-team-admin",
            DOCUMENTED,
            Source.REFERENCE,
            "The last admin of a team can be neither removed from it nor deleted; then none of the members is removed."),
    UNREGISTERED_USER_LEAVES(
            "unregistered-user-leaves",
            DOCUMENTED,
            Source.REFERENCE,
            "A user who never registered fully leaves the organisation with the last team."),
    DEFAULT_TEAM_KEPT(
            "default-team-kept",
            ASSUMED,
            Source.REFERENCE,
            "Users can be removed from the default team, unless the organisation's settings refuse it."),
    GROUP_FILTER_SIMPLE_ATTRIBUTES(
            "group-filter-simple-attributes",
            DOCUMENTED,
            Source.REFERENCE,
            "Groups cannot be filtered by complex attributes, except for the member reference check that Entra sends."),

    // Teams over REST
    INVITED_USER_IN_ORGANIZATION(
            "invited-user-in-organization",
            DOCUMENTED,
            Source.INVITE,
            "Only somebody who is in the organisation can be invited to a team over REST; SCIM brings others in."),
    INVITE_DEACTIVATED_USER(
            "invite-deactivated-user",
            INFERRED,
            Source.DEACTIVATED,
            "A deactivated user cannot be invited to a team; only adding the user over SCIM reactivates."),
    INVITE_KNOWN_TEAM_MEMBER(
            "invite-known-team-member",
            DOCUMENTED,
            Source.SCRIPTS,
            "Inviting a member of the team conflicts, unless settings let an invitation with another role change the role."),

    // User groups
    USER_GROUP_NAME_UNIQUE(
            "user-group-name-unique",
            DOCUMENTED,
            Source.USER_GROUPS,
            "Two user groups of one organisation cannot have the same name."),
    USER_GROUP_MEMBERS(
            "user-group-members",
            ASSUMED,
            Source.USER_GROUPS,
            "Members of the organisation, active or deactivated, can be in user groups; guests cannot."),
    USER_GROUP_KNOWN_MEMBER(
            "user-group-known-member",
            DOCUMENTED,
            Source.USER_GROUPS,
            "Adding somebody over REST who is in the user group already conflicts, unless it is a bulk change."),
    USER_GROUP_KNOWN_TEAM(
            "user-group-known-team",
            DOCUMENTED,
            Source.USER_GROUPS,
            "Putting a user group into a team in which it is already conflicts."),
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
            "Nobody opens boards here, so those sorted by last_opened are in the order of their last change."),
    SESSIONS_RESET(
            "sessions-reset",
            ASSUMED,
            Source.SESSIONS,
            "Nobody signs in here, so resetting the sessions of a user finds none to end."),
    REVOCATION_BY_ANY_APP(
            "revocation-by-any-app",
            ASSUMED,
            Source.REVOKE,
            "Tokens belong to no app here, so any clientId with any clientSecret may revoke one."),

    // Access and requests
    TOKEN_OPENS_ORGANIZATION(
            "token-opens-organization",
            DOCUMENTED,
            Source.START,
            "The SCIM token alone says which organisation is meant; without a valid one nothing is answered."),
    REVOKED_TOKEN_VALID(
            "revoked-token-valid",
            INFERRED,
            Source.REVOKE,
            "Only a valid REST token can be revoked; once revoked it opens nothing any more."),
    TOKEN_SCOPES("token-scopes", DOCUMENTED, Source.SCOPES, "A REST token opens only the calls whose scopes it has."),
    SCIM_SWITCHED_OFF(
            "scim-switched-off",
            DOCUMENTED,
            Source.ERRORS,
            "While SCIM is switched off for an organisation, its token is refused."),
    PAYLOAD_LIMIT(
            "payload-limit",
            DOCUMENTED,
            Source.RATE_LIMITS,
            "A request has at most 800,000 bytes and a group PATCH at most 8,000 members."),
    RATE_LIMIT(
            "rate-limit",
            DOCUMENTED,
            Source.RATE_LIMITS,
            "Each kind of SCIM call has a limit for an organisation in 30 seconds; a REST token has credits for a minute."),
    PAGE_LIMIT(
            "page-limit", OBSERVED, Source.REFERENCE, "A page has at most 1,000 resources; a larger count is reduced.");

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

package dev.miroscim.directory.teams;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A team's settings in the form of Miro's reference. They are stored and have no effect. A setting that was never
 * decided is null.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TeamSettings(
        @Nullable AccountDiscovery teamAccountDiscoverySettings,
        @Nullable Collaboration teamCollaborationSettings,
        @Nullable CopyAccessLevel teamCopyAccessLevelSettings,
        @Nullable Invitation teamInvitationSettings,
        @Nullable SharingPolicy teamSharingPolicySettings) {

    /** The settings of a new team. Miro's reference names no defaults; these are permissive. */
    public static final TeamSettings DEFAULTS = new TeamSettings(
            new AccountDiscovery(Discovery.HIDDEN),
            new Collaboration(Switch.ENABLED),
            new CopyAccessLevel(Copiers.ANYONE, CopierLimit.ANYONE),
            new Invitation(Permission.ALLOWED, Inviters.ALL_MEMBERS),
            new SharingPolicy(
                    List.of(),
                    Creators.ALL_MEMBERS,
                    Access.PRIVATE,
                    Sharers.TEAM_MEMBERS_WITH_EDITING_RIGHTS,
                    Access.PRIVATE,
                    ProjectAccess.VIEW,
                    Permission.ALLOWED,
                    Restriction.DISABLED,
                    Permission.ALLOWED,
                    Sharing.ALLOWED,
                    Sharing.ALLOWED));

    private static final TeamSettings NONE = new TeamSettings(null, null, null, null, null);

    /** Who finds the team. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record AccountDiscovery(@Nullable Discovery accountDiscovery) {

        AccountDiscovery over(AccountDiscovery others) {
            return new AccountDiscovery(first(accountDiscovery, others.accountDiscovery));
        }
    }

    /** Whether boards and projects can have co-owners. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Collaboration(@Nullable Switch coOwnerRole) {

        Collaboration over(Collaboration others) {
            return new Collaboration(first(coOwnerRole, others.coOwnerRole));
        }
    }

    /** Who can copy what is on new boards. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record CopyAccessLevel(
            @Nullable Copiers copyAccessLevel, @Nullable CopierLimit copyAccessLevelLimitation) {

        CopyAccessLevel over(CopyAccessLevel others) {
            return new CopyAccessLevel(
                    first(copyAccessLevel, others.copyAccessLevel),
                    first(copyAccessLevelLimitation, others.copyAccessLevelLimitation));
        }
    }

    /** Who can invite whom. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Invitation(
            @Nullable Permission inviteExternalUsers,
            @Nullable Inviters whoCanInvite) {

        Invitation over(Invitation others) {
            return new Invitation(
                    first(inviteExternalUsers, others.inviteExternalUsers), first(whoCanInvite, others.whoCanInvite));
        }
    }

    /** With whom boards and projects can be shared. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record SharingPolicy(
            @Nullable List<String> allowListedDomains,
            @Nullable Creators createAssetAccessLevel,
            @Nullable Access defaultBoardAccess,
            @Nullable Sharers defaultBoardSharingAccess,
            @Nullable Access defaultOrganizationAccess,
            @Nullable ProjectAccess defaultProjectAccess,
            @Nullable Permission moveBoardToAccount,
            @Nullable Restriction restrictAllowedDomains,
            @Nullable Permission sharingOnAccount,
            @Nullable Sharing sharingOnOrganization,
            @Nullable Sharing sharingViaPublicLink) {

        SharingPolicy over(SharingPolicy others) {
            return new SharingPolicy(
                    first(allowListedDomains, others.allowListedDomains),
                    first(createAssetAccessLevel, others.createAssetAccessLevel),
                    first(defaultBoardAccess, others.defaultBoardAccess),
                    first(defaultBoardSharingAccess, others.defaultBoardSharingAccess),
                    first(defaultOrganizationAccess, others.defaultOrganizationAccess),
                    first(defaultProjectAccess, others.defaultProjectAccess),
                    first(moveBoardToAccount, others.moveBoardToAccount),
                    first(restrictAllowedDomains, others.restrictAllowedDomains),
                    first(sharingOnAccount, others.sharingOnAccount),
                    first(sharingOnOrganization, others.sharingOnOrganization),
                    first(sharingViaPublicLink, others.sharingViaPublicLink));
        }
    }

    /** A value that a setting can have, as Miro writes it. */
    interface Value {

        String name();

        @JsonValue
        default String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public enum Discovery implements Value {
        HIDDEN,
        REQUEST,
        JOIN
    }

    public enum Switch implements Value {
        ENABLED,
        DISABLED
    }

    public enum Copiers implements Value {
        ANYONE,
        TEAM_MEMBERS,
        TEAM_EDITORS,
        BOARD_OWNER
    }

    public enum CopierLimit implements Value {
        ANYONE,
        TEAM_MEMBERS
    }

    public enum Permission implements Value {
        ALLOWED,
        NOT_ALLOWED
    }

    public enum Inviters implements Value {
        ONLY_ORG_ADMINS,
        ADMINS,
        ALL_MEMBERS
    }

    public enum Creators implements Value {
        COMPANY_ADMINS,
        ADMINS,
        ALL_MEMBERS
    }

    public enum Access implements Value {
        PRIVATE,
        VIEW,
        COMMENT,
        EDIT
    }

    public enum ProjectAccess implements Value {
        PRIVATE,
        VIEW
    }

    public enum Sharers implements Value {
        TEAM_MEMBERS_WITH_EDITING_RIGHTS,
        OWNER_AND_COOWNERS
    }

    public enum Restriction implements Value {
        ENABLED,
        ENABLED_WITH_EXTERNAL_USER_ACCESS,
        DISABLED
    }

    public enum Sharing implements Value {
        ALLOWED,
        ALLOWED_WITH_EDITING,
        NOT_ALLOWED
    }

    /** These settings, completed by {@code others}. */
    TeamSettings over(@Nullable TeamSettings others) {
        TeamSettings base = others == null ? NONE : others;
        return new TeamSettings(
                teamAccountDiscoverySettings == null || base.teamAccountDiscoverySettings == null
                        ? first(teamAccountDiscoverySettings, base.teamAccountDiscoverySettings)
                        : teamAccountDiscoverySettings.over(base.teamAccountDiscoverySettings),
                teamCollaborationSettings == null || base.teamCollaborationSettings == null
                        ? first(teamCollaborationSettings, base.teamCollaborationSettings)
                        : teamCollaborationSettings.over(base.teamCollaborationSettings),
                teamCopyAccessLevelSettings == null || base.teamCopyAccessLevelSettings == null
                        ? first(teamCopyAccessLevelSettings, base.teamCopyAccessLevelSettings)
                        : teamCopyAccessLevelSettings.over(base.teamCopyAccessLevelSettings),
                teamInvitationSettings == null || base.teamInvitationSettings == null
                        ? first(teamInvitationSettings, base.teamInvitationSettings)
                        : teamInvitationSettings.over(base.teamInvitationSettings),
                teamSharingPolicySettings == null || base.teamSharingPolicySettings == null
                        ? first(teamSharingPolicySettings, base.teamSharingPolicySettings)
                        : teamSharingPolicySettings.over(base.teamSharingPolicySettings));
    }

    private static <T> @Nullable T first(@Nullable T own, @Nullable T other) {
        return own == null ? other : own;
    }
}

package dev.miroscim.directory.groups;

import static dev.miroscim.directory.MiroRule.USER_GROUP_KNOWN_TEAM;
import static dev.miroscim.directory.RefusedException.Kind.CONFLICT;
import static dev.miroscim.directory.RefusedException.Kind.INVALID_VALUE;

import dev.miroscim.directory.DirectoryChange;
import dev.miroscim.directory.RefusedException;
import dev.miroscim.directory.Slice;
import dev.miroscim.directory.teams.Team;
import dev.miroscim.directory.teams.Teams;
import dev.miroscim.directory.usergroups.UserGroup;
import dev.miroscim.directory.usergroups.UserGroups;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.util.List;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Which user groups are in which teams. Their members do not become members of the team. */
@Service
public class UserGroupTeams {

    private final UserGroupTeamRepository userGroupTeams;
    private final EntityManager entities;
    private final UserGroups groups;
    private final Teams teams;
    private final Clock clock;

    UserGroupTeams(
            UserGroupTeamRepository userGroupTeams,
            EntityManager entities,
            UserGroups groups,
            Teams teams,
            Clock clock) {
        this.userGroupTeams = userGroupTeams;
        this.entities = entities;
        this.groups = groups;
        this.teams = teams;
        this.clock = clock;
    }

    /** Ids of the teams that a user group is in, from the one after {@code after} on. */
    @Transactional(readOnly = true)
    public Slice<Long> teamsOf(long organizationId, long groupId, long after, int limit) {
        List<Long> ids = userGroupTeams.teamsOf(organizationId, groupId, after, Limit.of(limit + 1));
        if (ids.isEmpty()) {
            groups.find(organizationId, groupId);
        }
        return Slice.of(ids, limit);
    }

    /** Ids of the user groups that are in a team, from the one after {@code after} on. */
    @Transactional(readOnly = true)
    public Slice<Long> groupsOf(long organizationId, long teamId, long after, int limit) {
        List<Long> ids = userGroupTeams.groupsOf(organizationId, teamId, after, Limit.of(limit + 1));
        if (ids.isEmpty()) {
            teams.find(organizationId, teamId);
        }
        return Slice.of(ids, limit);
    }

    /** Refuses as not found a user group that is not in the team. */
    @Transactional(readOnly = true)
    public void find(long organizationId, long groupId, long teamId) {
        groups.find(organizationId, groupId);
        teams.find(organizationId, teamId);
        if (entities.find(UserGroupTeam.class, new UserGroupTeam.Key(groupId, teamId)) == null) {
            throw notInTeam(groupId);
        }
    }

    /**
     * Adds a user group to a team. An unknown user group is an invalid value, since the body of the request names it.
     */
    @DirectoryChange
    public void add(long organizationId, long groupId, long teamId) {
        Team team = teams.hold(organizationId, teamId);
        UserGroup group = groups.read(organizationId, groupId, LockModeType.PESSIMISTIC_WRITE)
                .orElseThrow(
                        () -> new RefusedException(INVALID_VALUE, "userGroupId " + groupId + " is not a user group"));
        if (entities.find(UserGroupTeam.class, new UserGroupTeam.Key(groupId, teamId)) != null) {
            throw USER_GROUP_KNOWN_TEAM.refusal(
                    CONFLICT, "userGroupId", "User group " + groupId + " is in the team already");
        }
        entities.persist(new UserGroupTeam(group, team, clock.instant()));
    }

    /** Removes a user group from a team. */
    @DirectoryChange
    public void remove(long organizationId, long groupId, long teamId) {
        teams.hold(organizationId, teamId);
        groups.hold(organizationId, groupId);
        UserGroupTeam place = entities.find(UserGroupTeam.class, new UserGroupTeam.Key(groupId, teamId));
        if (place == null) {
            throw notInTeam(groupId);
        }
        entities.remove(place);
    }

    private static RefusedException notInTeam(long groupId) {
        return RefusedException.notFound("User group of the team", Long.toString(groupId));
    }
}

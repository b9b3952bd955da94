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
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Which user groups have been put into which teams. Their members do not become members of the team by it. */
@Service
public class UserGroupTeams {

    private final EntityManager entities;
    private final UserGroups groups;
    private final Teams teams;
    private final Clock clock;

    UserGroupTeams(EntityManager entities, UserGroups groups, Teams teams, Clock clock) {
        this.entities = entities;
        this.groups = groups;
        this.teams = teams;
        this.clock = clock;
    }

    /** Ids of the teams that a user group is in, from the one after {@code after} on. */
    @Transactional(readOnly = true)
    public Slice<Long> teamsOf(long organizationId, long groupId, long after, int limit) {
        List<Long> ids = entities.createQuery("""
                        select gt.team.id from UserGroupTeam gt
                        where gt.userGroup.id = :group and gt.userGroup.organizationId = :organization
                          and gt.team.id > :after
                        order by gt.team.id
                        """, Long.class)
                .setParameter("group", groupId)
                .setParameter("organization", organizationId)
                .setParameter("after", after)
                .setMaxResults(limit + 1)
                .getResultList();
        if (ids.isEmpty()) {
            groups.find(organizationId, groupId);
        }
        return Slice.of(ids, limit);
    }

    /** Ids of the user groups that are in a team, from the one after {@code after} on. */
    @Transactional(readOnly = true)
    public Slice<Long> groupsOf(long organizationId, long teamId, long after, int limit) {
        List<Long> ids = entities.createQuery("""
                        select gt.userGroup.id from UserGroupTeam gt
                        where gt.team.id = :team and gt.team.organizationId = :organization
                          and gt.userGroup.id > :after
                        order by gt.userGroup.id
                        """, Long.class)
                .setParameter("team", teamId)
                .setParameter("organization", organizationId)
                .setParameter("after", after)
                .setMaxResults(limit + 1)
                .getResultList();
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

    /** Puts a user group into a team. One that does not exist is a wrong value: the request names it in its body. */
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

    /** Takes a user group out of a team. */
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

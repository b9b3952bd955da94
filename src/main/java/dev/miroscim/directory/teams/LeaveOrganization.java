package dev.miroscim.directory.teams;

import dev.miroscim.directory.people.PeopleAudit;
import dev.miroscim.directory.usergroups.UserGroupMembers;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.Collection;
import org.springframework.stereotype.Component;

/** How people leave an organisation: their boards go to others, and they leave its teams and user groups. */
@Component
public class LeaveOrganization {

    private final EntityManager entities;
    private final Boards boards;
    private final UserGroupMembers userGroups;
    private final PeopleAudit peopleAudit;
    private final TeamAudit teamAudit;
    private final Clock clock;

    LeaveOrganization(
            EntityManager entities,
            Boards boards,
            UserGroupMembers userGroups,
            PeopleAudit peopleAudit,
            TeamAudit teamAudit,
            Clock clock) {
        this.entities = entities;
        this.boards = boards;
        this.userGroups = userGroups;
        this.peopleAudit = peopleAudit;
        this.teamAudit = teamAudit;
        this.clock = clock;
    }

    /**
     * Ends memberships of one organisation, whose rows the caller holds and has checked by the rules. Roles and
     * enterprise attributes end with them. Works in the database, since there may be any number: entities that were read
     * before are out of date afterwards.
     */
    public void leave(long organizationId, Collection<Long> memberships) {
        if (memberships.isEmpty()) {
            return;
        }
        entities.flush();
        boards.handOver(organizationId, null, memberships);
        Long[] leaving = memberships.toArray(Long[]::new);
        leaveTeams(organizationId, leaving);
        userGroups.removeFromAll(organizationId, leaving);
        entities.createNativeQuery("""
                        update membership set status = 'REMOVED', role = 'INTERNAL_USER', admin_roles = '{}',
                          employee_number = null, cost_center = null, organization_unit = null, division = null,
                          department = null, manager_id = null, manager_name = null, last_activity_at = null,
                          modified_at = :now
                        where id = any(:leaving)
                        """)
                .setParameter("leaving", leaving)
                .setParameter("now", clock.instant())
                .executeUpdate();
        peopleAudit.left(organizationId, memberships);
    }

    private void leaveTeams(long organizationId, Long[] leaving) {
        teamAudit.changed(
                organizationId, TeamRoleChange.execute(entities, """
                        with gone as (
                          delete from team_member where membership_id = any(:members)
                          returning team_id, membership_id, role)
                        select t.id as team_id, t.name as team_name, g.membership_id as member, g.role as former,
                          cast(null as text) as role
                        from gone g join team t on t.id = g.team_id order by g.membership_id, t.id
                        """, query -> query.setParameter("members", leaving)));
    }
}

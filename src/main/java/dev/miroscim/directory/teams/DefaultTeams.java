package dev.miroscim.directory.teams;

import static dev.miroscim.directory.MiroRule.NEW_USERS_JOIN_DEFAULT_TEAM;

import dev.miroscim.directory.audit.AuditEvent.Subject;
import dev.miroscim.directory.people.GroupRef;
import dev.miroscim.directory.people.Membership;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.List;
import org.hibernate.Session;
import org.springframework.stereotype.Component;

/** The teams that new members join by themselves. */
@Component
public class DefaultTeams {

    private final EntityManager entities;
    private final TeamAudit audit;
    private final Clock clock;

    DefaultTeams(EntityManager entities, TeamAudit audit, Clock clock) {
        this.entities = entities;
        this.audit = audit;
        this.clock = clock;
    }

    /** Adds a member to every default team of the organisation. */
    public List<GroupRef> join(Membership membership) {
        List<GroupRef> joined = entities
                .unwrap(Session.class)
                .createNativeQuery("""
                        with joined as (
                            insert into team_member (team_id, membership_id, role, joined_at)
                            select id, :membership, 'MEMBER', :now from team
                            where organization_id = :organization and default_team
                            on conflict do nothing returning team_id)
                        select t.id, t.group_name, t.name
                        from joined join team t on t.id = joined.team_id order by t.id
                        """, Object[].class)
                .addScalar("id", Long.class)
                .addScalar("group_name", String.class)
                .addScalar("name", String.class)
                .setParameter("membership", membership.id())
                .setParameter("organization", membership.organizationId())
                .setParameter("now", clock.instant())
                .getResultList()
                .stream()
                .map(row -> {
                    audit.changed(
                            membership.organizationId(),
                            List.of(new TeamRoleChange(
                                    new Subject((Long) row[0], (String) row[2]),
                                    membership.id(),
                                    null,
                                    TeamRole.MEMBER)));
                    return new GroupRef((Long) row[0], (String) row[1]);
                })
                .toList();
        if (!joined.isEmpty()) {
            NEW_USERS_JOIN_DEFAULT_TEAM.note("groups");
        }
        return joined;
    }
}

package dev.miroscim.directory.teams;

import dev.miroscim.directory.organizations.Organization;
import dev.miroscim.directory.people.Membership;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import org.springframework.stereotype.Component;

/** Adds people to a team, on every plane. The caller holds the team and the people. */
@Component
public class AddTeamMembers {

    private final EntityManager entities;
    private final MemberPromotion promotion;
    private final TeamAudit audit;
    private final Clock clock;

    AddTeamMembers(EntityManager entities, MemberPromotion promotion, TeamAudit audit, Clock clock) {
        this.entities = entities;
        this.promotion = promotion;
        this.audit = audit;
        this.clock = clock;
    }

    /** A role that a person, by the id of the membership, gets in a team. */
    public record Assignment(long team, long member, TeamRole role) {}

    /** Promotes people to members and adds them to the team. Returns how many were not members of it before. */
    public int add(Organization organization, Team team, Collection<Membership> joining) {
        List<Membership> guests = joining.stream()
                .filter(membership -> promotion.promoteAlone(organization, membership))
                .toList();
        entities.flush();
        List<TeamRoleChange> added = TeamRoleChange.execute(
                entities,
                """
                with former as (
                  select membership_id, role from team_member
                  where team_id = :team and membership_id = any(:members)),
                added as (
                  insert into team_member (team_id, membership_id, role, joined_at)
                  select :team, id, 'MEMBER', :now from unnest(:members) as id
                  on conflict (team_id, membership_id) do update set role = 'MEMBER'
                  where team_member.role in ('NON_TEAM', 'TEAM_GUEST')
                  returning membership_id, role),
                touched as (
                  update team set modified_at = :now where id = :team and exists (select 1 from added))
                select :team as team_id, :name as team_name, a.membership_id as member, f.role as former, a.role as role
                from added a left join former f on f.membership_id = a.membership_id
                order by a.membership_id
                """,
                query -> query.setParameter("team", team.id())
                        .setParameter("name", team.name())
                        .setParameter(
                                "members", joining.stream().map(Membership::id).toArray(Long[]::new))
                        .setParameter("now", clock.instant()));
        audit.changed(organization.id(), added);
        promotion.convertTeamRoles(guests);
        return added.size();
    }

    /** Gives people roles in teams, whether they are in them or not. No rule is asked. */
    public void assign(long organizationId, Collection<Assignment> assignments) {
        if (assignments.isEmpty()) {
            return;
        }
        entities.flush();
        audit.changed(
                organizationId,
                TeamRoleChange.execute(
                        entities,
                        """
                with former as (
                  select team_id, membership_id, role from team_member
                  where team_id = any(:teams) and membership_id = any(:members)),
                placed as (
                  insert into team_member (team_id, membership_id, role, joined_at)
                  select team, member, role, :now from unnest(:teams, :members, :roles) as p (team, member, role)
                  on conflict (team_id, membership_id) do update set role = excluded.role
                  where team_member.role <> excluded.role
                  returning team_id, membership_id, role)
                select t.id as team_id, t.name as team_name, p.membership_id as member, f.role as former, p.role as role
                from placed p join team t on t.id = p.team_id
                left join former f on f.team_id = p.team_id and f.membership_id = p.membership_id
                order by p.membership_id, t.id
                """,
                        query -> query.setParameter(
                                        "teams",
                                        assignments.stream()
                                                .map(Assignment::team)
                                                .toArray(Long[]::new))
                                .setParameter(
                                        "members",
                                        assignments.stream()
                                                .map(Assignment::member)
                                                .toArray(Long[]::new))
                                .setParameter(
                                        "roles",
                                        assignments.stream()
                                                .map(assignment ->
                                                        assignment.role().name())
                                                .toArray(String[]::new))
                                .setParameter("now", clock.instant())));
    }
}

package dev.miroscim.directory.teams;

import static dev.miroscim.directory.MiroRule.DEFAULT_TEAM_KEPT;
import static dev.miroscim.directory.MiroRule.UNREGISTERED_USER_LEAVES;
import static dev.miroscim.directory.RefusedException.Kind.CONFLICT;

import dev.miroscim.directory.organizations.Organization;
import dev.miroscim.directory.organizations.OrganizationSettings.Policy;
import dev.miroscim.directory.people.Membership;
import dev.miroscim.directory.people.OrganizationRole;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hibernate.Session;
import org.springframework.stereotype.Component;

/** Removes people from a team, on every plane. The caller holds the team and the people. */
@Component
public class RemoveTeamMembers {

    /** How many people a note names. */
    private static final int MOST_NAMED = 100;

    private final EntityManager entities;
    private final LastAdminRule admins;
    private final Boards boards;
    private final LeaveOrganization leaveOrganization;
    private final TeamAudit audit;
    private final Clock clock;

    RemoveTeamMembers(
            EntityManager entities,
            LastAdminRule admins,
            Boards boards,
            LeaveOrganization leaveOrganization,
            TeamAudit audit,
            Clock clock) {
        this.entities = entities;
        this.admins = admins;
        this.boards = boards;
        this.leaveOrganization = leaveOrganization;
        this.audit = audit;
        this.clock = clock;
    }

    /** Removes those of {@code candidates} who are in the team, all or none. Returns how many were in it. */
    public int remove(Organization organization, Team team, Collection<Membership> candidates) {
        return remove(
                organization,
                team,
                "m.id = any(:members)",
                candidates.stream().map(Membership::id).toArray(Long[]::new));
    }

    /** Removes all members of the team but these. Guests stay: SCIM does not see them. */
    public void removeAllBut(Organization organization, Team team, Collection<Membership> staying) {
        remove(
                organization,
                team,
                "m.id <> all(:members) and m.role in ('INTERNAL_ADMIN', 'INTERNAL_USER')",
                staying.stream().map(Membership::id).toArray(Long[]::new));
    }

    /** Passes ids as an array, since there may be more than a statement has parameters, and reads admins alone. */
    private int remove(Organization organization, Team team, String who, Long[] members) {
        entities.flush();
        Map<Long, TeamRole> leaving = new LinkedHashMap<>();
        entities.unwrap(Session.class)
                .createNativeQuery("""
                        select m.id as id, tm.role as role
                        from team_member tm join membership m on m.id = tm.membership_id
                        where tm.team_id = :team and %s
                        order by m.id
                        """.formatted(who), Object[].class)
                .addScalar("id", Long.class)
                .addScalar("role", String.class)
                .setParameter("team", team.id())
                .setParameter("members", members)
                .getResultList()
                .forEach(row -> leaving.put((Long) row[0], TeamRole.valueOf((String) row[1])));
        if (leaving.isEmpty()) {
            return 0;
        }
        if (team.defaultTeam() && organization.settings().leaveDefaultTeam() == Policy.REFUSE) {
            throw DEFAULT_TEAM_KEPT.refusal(
                    CONFLICT, "members", "Users cannot be removed from the default team '" + team.groupName() + "'");
        }
        admins.keepLastTeamAdmin(
                organization.id(),
                team,
                read(leaving.keySet().stream()
                        .filter(id -> leaving.get(id) == TeamRole.ADMIN)
                        .toList()));
        boards.handOver(organization.id(), team.id(), leaving.keySet());
        List<Unregistered> withoutTeam = delete(team, leaving.keySet());
        audit.changed(
                organization.id(),
                leaving.entrySet().stream()
                        .map(left -> TeamRoleChange.of(team, left.getKey(), left.getValue(), null))
                        .toList());
        leaveOrganization(organization, withoutTeam);
        return leaving.size();
    }

    /** Somebody who never registered and is in no team any more. */
    private record Unregistered(long id, String email, OrganizationRole role) {}

    private List<Unregistered> delete(Team team, Collection<Long> leaving) {
        return entities.unwrap(Session.class)
                .createNativeQuery("""
                        with gone as (
                          delete from team_member where team_id = :team and membership_id = any(:members)
                          returning membership_id),
                        touched as (update team set modified_at = :now where id = :team)
                        select m.id as id, p.email as email, m.role as role from gone
                        join membership m on m.id = gone.membership_id join profile p on p.id = m.profile_id
                        where not p.registered and not exists (
                          select 1 from team_member tm where tm.membership_id = m.id and tm.team_id <> :team)
                        order by m.id
                        """, Object[].class)
                .addScalar("id", Long.class)
                .addScalar("email", String.class)
                .addScalar("role", String.class)
                .setParameter("team", team.id())
                .setParameter("members", leaving.toArray(Long[]::new))
                .setParameter("now", clock.instant())
                .getResultStream()
                .map(row -> new Unregistered((Long) row[0], (String) row[1], OrganizationRole.valueOf((String) row[2])))
                .toList();
    }

    /** People who never registered leave the organisation with their last team. */
    private void leaveOrganization(Organization organization, List<Unregistered> leaving) {
        admins.keepLastCompanyAdmin(
                read(leaving.stream()
                        .filter(person -> person.role() == OrganizationRole.INTERNAL_ADMIN)
                        .map(Unregistered::id)
                        .toList()),
                "members");
        leaveOrganization.leave(
                organization.id(), leaving.stream().map(Unregistered::id).toList());
        if (leaving.size() > MOST_NAMED) {
            UNREGISTERED_USER_LEAVES.note("members", leaving.size() + " never registered and left the organisation.");
            return;
        }
        for (Unregistered person : leaving) {
            UNREGISTERED_USER_LEAVES.note("members", person.email() + " never registered and left the organisation.");
        }
    }

    /** Reads admins, of whom there are few. */
    private List<Membership> read(List<Long> ids) {
        return ids.isEmpty()
                ? List.of()
                : entities.createQuery(
                                "select m from Membership m join fetch m.profile where m.id in :ids order by m.id",
                                Membership.class)
                        .setParameter("ids", ids)
                        .getResultList();
    }

    /** Removes a person from a team whatever the rules say; boards go to others. */
    public void removeByAdministrator(Membership person, Team team) {
        long organizationId = person.organizationId();
        boards.handOver(organizationId, team.id(), List.of(person.id()));
        audit.changed(
                organizationId,
                TeamRoleChange.execute(
                        entities,
                        """
                delete from team_member where team_id = :team and membership_id = :member
                returning team_id, :name as team_name, membership_id as member, role as former, cast(null as text) as role
                """,
                        query -> query.setParameter("team", team.id())
                                .setParameter("name", team.name())
                                .setParameter("member", person.id())));
    }
}

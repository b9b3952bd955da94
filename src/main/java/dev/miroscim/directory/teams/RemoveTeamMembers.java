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
import java.util.List;
import java.util.Objects;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;
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
                "tm.membership_id = any(:members)",
                candidates.stream().map(Membership::id).toArray(Long[]::new));
    }

    /** Removes all members of the team but these. Guests stay: SCIM does not see them. */
    public void removeAllBut(Organization organization, Team team, Collection<Membership> staying) {
        remove(
                organization,
                team,
                "tm.membership_id <> all(:members) and m.role in ('INTERNAL_ADMIN', 'INTERNAL_USER')",
                staying.stream().map(Membership::id).toArray(Long[]::new));
    }

    /**
     * Passes ids as an array, since there may be more than a statement has parameters, and reads admins alone. The rules
     * are asked about those who have gone, which saves a statement; a refusal brings them back.
     */
    private int remove(Organization organization, Team team, String who, Long[] members) {
        entities.flush();
        List<Gone> gone = delete(team, who, members);
        if (gone.isEmpty()) {
            return 0;
        }
        if (team.defaultTeam() && organization.settings().leaveDefaultTeam() == Policy.REFUSE) {
            throw DEFAULT_TEAM_KEPT.refusal(
                    CONFLICT, "members", "Users cannot be removed from the default team '" + team.groupName() + "'");
        }
        List<Membership> goneAdmins =
                read(gone.stream().filter(Gone::admin).map(Gone::member).toList());
        admins.keepLastTeamAdmin(organization.id(), team, goneAdmins);
        // Only now is it certain which boards admins have: a change that leaves boards to them holds the organisation.
        if (!goneAdmins.isEmpty() || gone.stream().anyMatch(Gone::ownsBoards)) {
            boards.handOver(
                    organization.id(),
                    team.id(),
                    gone.stream().map(Gone::member).toList());
        }
        audit.changed(
                organization.id(),
                gone.stream()
                        .map(person -> TeamRoleChange.of(team, person.member(), person.former(), null))
                        .toList());
        leaveOrganization(
                organization,
                gone.stream().map(Gone::unregistered).filter(Objects::nonNull).toList());
        return gone.size();
    }

    /**
     * A person who is no longer in the team.
     *
     * @param member the id of the membership
     * @param ownsBoards whether boards of the team belong to this person
     */
    private record Gone(
            long member,
            TeamRole former,
            boolean ownsBoards,
            @Nullable Unregistered unregistered) {

        boolean admin() {
            return former == TeamRole.ADMIN;
        }
    }

    /** Somebody who never registered and is in no team any more. */
    private record Unregistered(long id, String email, OrganizationRole role) {}

    private List<Gone> delete(Team team, String who, Long[] members) {
        return entities.unwrap(Session.class)
                .createNativeQuery("""
                        with gone as (
                          delete from team_member tm using membership m
                          where tm.team_id = :team and m.id = tm.membership_id and %s
                          returning tm.membership_id, tm.role, m.role as member_role, m.profile_id),
                        touched as (update team set modified_at = :now where id = :team and exists (select 1 from gone))
                        select g.membership_id as id, g.role as role,
                          exists (select 1 from board b where b.owner_id = g.membership_id and b.team_id = :team) as owns_boards,
                          p.email as email, g.member_role as member_role
                        from gone g left join profile p on p.id = g.profile_id and not p.registered and not exists (
                          select 1 from team_member tm where tm.membership_id = g.membership_id and tm.team_id <> :team)
                        order by g.membership_id
                        """.formatted(who), Object[].class)
                .addScalar("id", Long.class)
                .addScalar("role", String.class)
                .addScalar("owns_boards", Boolean.class)
                .addScalar("email", String.class)
                .addScalar("member_role", String.class)
                .setParameter("team", team.id())
                .setParameter("members", members)
                .setParameter("now", clock.instant())
                .getResultStream()
                .map(row -> new Gone(
                        (Long) row[0],
                        TeamRole.valueOf((String) row[1]),
                        (Boolean) row[2],
                        row[3] == null
                                ? null
                                : new Unregistered(
                                        (Long) row[0], (String) row[3], OrganizationRole.valueOf((String) row[4]))))
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

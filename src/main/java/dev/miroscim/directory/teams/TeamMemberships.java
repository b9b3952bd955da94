package dev.miroscim.directory.teams;

import static dev.miroscim.directory.MiroRule.DEFAULT_TEAM_KEPT;
import static dev.miroscim.directory.MiroRule.GROUP_ADD_CONVERTS_GUEST;
import static dev.miroscim.directory.MiroRule.GROUP_ADD_REACTIVATES;
import static dev.miroscim.directory.MiroRule.GROUP_ADD_RECREATES;
import static dev.miroscim.directory.MiroRule.UNREGISTERED_USER_LEAVES;
import static dev.miroscim.directory.RefusedException.Kind.CONFLICT;

import dev.miroscim.directory.audit.AuditEvent.Subject;
import dev.miroscim.directory.audit.AuditTrail;
import dev.miroscim.directory.audit.AuditTrail.Seat;
import dev.miroscim.directory.organizations.LicenseAssignment;
import dev.miroscim.directory.organizations.Organization;
import dev.miroscim.directory.organizations.OrganizationSettings.Policy;
import dev.miroscim.directory.people.Membership;
import dev.miroscim.directory.people.Membership.Status;
import dev.miroscim.directory.people.OrganizationRole;
import dev.miroscim.directory.people.Profile;
import dev.miroscim.directory.people.UserNames;
import dev.miroscim.directory.users.Users;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hibernate.Session;
import org.springframework.stereotype.Component;

/**
 * How people come into teams and go, on whichever plane somebody asks for it. The team and the memberships are held.
 */
@Component
public class TeamMemberships {

    /** By name in the journal. */
    private static final int MOST_TOLD = 100;

    private final EntityManager entities;
    private final Users users;
    private final LicenseAssignment licenses;
    private final UserNames userNames;
    private final LastAdminRule admins;
    private final Boards boards;
    private final AuditTrail audit;
    private final Clock clock;

    TeamMemberships(
            EntityManager entities,
            Users users,
            LicenseAssignment licenses,
            UserNames userNames,
            LastAdminRule admins,
            Boards boards,
            AuditTrail audit,
            Clock clock) {
        this.entities = entities;
        this.users = users;
        this.licenses = licenses;
        this.userNames = userNames;
        this.admins = admins;
        this.boards = boards;
        this.audit = audit;
        this.clock = clock;
    }

    /** Makes a full member of somebody who was deactivated, deleted or a guest. */
    void welcome(Organization organization, Membership membership) {
        if (admit(organization, membership)) {
            users.settle(List.of(membership));
        }
    }

    /** Returns whether it was a guest, who has to settle in as a member of teams too. */
    private boolean admit(Organization organization, Membership membership) {
        Profile profile = membership.profile();
        if (membership.status() == Status.REMOVED) {
            userNames.checkAllowed(organization, profile.email());
            membership.join(licenses.forNewMember(organization, null, true), clock.instant());
            entities.flush();
            users.joinDefaultTeams(membership);
            GROUP_ADD_RECREATES.note("members", profile.email() + " was deleted and is a member again.");
            return false;
        }
        if (!membership.role().isMember()) {
            userNames.checkAllowed(organization, profile.email());
            membership.join(licenses.forConvertedGuest(organization), clock.instant());
            GROUP_ADD_CONVERTS_GUEST.note(
                    "members",
                    "%s was a guest and is a member with the licence '%s'."
                            .formatted(profile.email(), membership.license().wireName()));
            return true;
        }
        if (!membership.active()) {
            users.reactivate(organization, membership);
            GROUP_ADD_REACTIVATES.note("members", profile.email() + " was deactivated and is active again.");
        }
        return false;
    }

    /** Welcomes people and adds them to the team, and returns how many of them were not in it as members. */
    public int add(Organization organization, Team team, Collection<Membership> joining) {
        List<Membership> guests = joining.stream()
                .filter(membership -> admit(organization, membership))
                .toList();
        entities.flush();
        List<Seat> added = Seat.read(
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
        audit.moved(organization.id(), added);
        users.settle(guests);
        return added.size();
    }

    /** Takes out of the team those of {@code candidates} who are in it, all or none, and returns how many that were. */
    public int remove(Organization organization, Team team, Collection<Membership> candidates) {
        return remove(
                organization,
                team,
                "m.id = any(:members)",
                candidates.stream().map(Membership::id).toArray(Long[]::new));
    }

    /** Takes all members out of the team but these; guests are none. */
    public void removeAllBut(Organization organization, Team team, Collection<Membership> staying) {
        remove(
                organization,
                team,
                "m.id <> all(:members) and m.role in ('INTERNAL_ADMIN', 'INTERNAL_USER')",
                staying.stream().map(Membership::id).toArray(Long[]::new));
    }

    /**
     * They may be more than a statement has parameters, so they travel as arrays, and only those with a part to play
     * are read.
     */
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
        List<Stranded> stranded = takeOut(team, leaving.keySet());
        Subject left = AuditTrail.subject(team);
        audit.moved(
                organization.id(),
                leaving.entrySet().stream()
                        .map(seat -> new Seat(left, seat.getKey(), seat.getValue(), null))
                        .toList());
        dismiss(organization, stranded);
        return leaving.size();
    }

    /** Somebody who never registered and is in no team any more. */
    private record Stranded(long id, String email, OrganizationRole role) {}

    private List<Stranded> takeOut(Team team, Collection<Long> leaving) {
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
                .map(row -> new Stranded((Long) row[0], (String) row[1], OrganizationRole.valueOf((String) row[2])))
                .toList();
    }

    /** Lets people who never registered leave the organisation with the last team. */
    private void dismiss(Organization organization, List<Stranded> leaving) {
        admins.keepLastCompanyAdmin(
                read(leaving.stream()
                        .filter(person -> person.role() == OrganizationRole.INTERNAL_ADMIN)
                        .map(Stranded::id)
                        .toList()),
                "members");
        users.leaveOrganization(
                organization.id(), leaving.stream().map(Stranded::id).toList());
        if (leaving.size() > MOST_TOLD) {
            UNREGISTERED_USER_LEAVES.note("members", leaving.size() + " never registered and left the organisation.");
            return;
        }
        for (Stranded person : leaving) {
            UNREGISTERED_USER_LEAVES.note("members", person.email() + " never registered and left the organisation.");
        }
    }

    /** Admins, of whom there are few. */
    private List<Membership> read(List<Long> ids) {
        return ids.isEmpty()
                ? List.of()
                : entities.createQuery(
                                "select m from Membership m join fetch m.profile where m.id in :ids order by m.id",
                                Membership.class)
                        .setParameter("ids", ids)
                        .getResultList();
    }
}

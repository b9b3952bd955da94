package dev.miroscim.directory;

import static dev.miroscim.directory.MiroRule.DEFAULT_TEAM_KEPT;
import static dev.miroscim.directory.MiroRule.GROUP_ADD_CONVERTS_GUEST;
import static dev.miroscim.directory.MiroRule.GROUP_ADD_REACTIVATES;
import static dev.miroscim.directory.MiroRule.GROUP_ADD_RECREATES;
import static dev.miroscim.directory.MiroRule.UNREGISTERED_USER_LEAVES;
import static dev.miroscim.directory.RefusedException.Kind.CONFLICT;

import dev.miroscim.directory.Membership.Status;
import dev.miroscim.directory.OrganizationSettings.Answer;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** How people come into teams and go, on whichever plane somebody asks for it. The team and the memberships are held. */
@Component
class TeamSeats {

    private final EntityManager entities;
    private final Members members;
    private final Licenses licenses;
    private final UserNames userNames;
    private final Admins admins;
    private final Boards boards;
    private final Clock clock;

    TeamSeats(
            EntityManager entities,
            Members members,
            Licenses licenses,
            UserNames userNames,
            Admins admins,
            Boards boards,
            Clock clock) {
        this.entities = entities;
        this.members = members;
        this.licenses = licenses;
        this.userNames = userNames;
        this.admins = admins;
        this.boards = boards;
        this.clock = clock;
    }

    /** Makes a full member of somebody who was deactivated, deleted or a guest. */
    void welcome(Organization organization, Membership membership) {
        if (admit(organization, membership)) {
            members.settle(List.of(membership));
        }
    }

    /** Returns whether it was a guest, who has to settle in as a member of teams too. */
    private boolean admit(Organization organization, Membership membership) {
        Profile profile = membership.profile();
        if (membership.status() == Status.REMOVED) {
            userNames.checkAllowed(organization, profile.email());
            membership.join(licenses.forNewMember(organization, null, true), clock.instant());
            entities.flush();
            members.joinDefaultTeams(membership);
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
            members.reactivate(organization, membership);
            GROUP_ADD_REACTIVATES.note("members", profile.email() + " was deactivated and is active again.");
        }
        return false;
    }

    /** Welcomes people and adds them to the team, and returns how many of them were not in it as members. */
    int add(Organization organization, Team team, Collection<Membership> joining) {
        List<Membership> guests = joining.stream()
                .filter(membership -> admit(organization, membership))
                .toList();
        entities.flush();
        int added = entities.createNativeQuery("""
                        insert into team_member (team_id, membership_id, role, joined_at)
                        select :team, id, 'MEMBER', :now from unnest(:members) as id
                        on conflict (team_id, membership_id) do update set role = 'MEMBER'
                        where team_member.role in ('NON_TEAM', 'TEAM_GUEST')
                        """)
                .setParameter("team", team.id())
                .setParameter("members", joining.stream().map(Membership::id).toArray(Long[]::new))
                .setParameter("now", clock.instant())
                .executeUpdate();
        members.settle(guests);
        return added;
    }

    /** Takes out of the team those of {@code candidates} who are in it, all or none, and returns how many that were. */
    int remove(Organization organization, Team team, Collection<Membership> candidates) {
        Map<Long, Map<Long, TeamRole>> places = places(candidates);
        List<Membership> leaving = candidates.stream()
                .filter(membership ->
                        places.getOrDefault(membership.id(), Map.of()).containsKey(team.id()))
                .toList();
        if (leaving.isEmpty()) {
            return 0;
        }
        if (team.defaultTeam() && organization.settings().leaveDefaultTeam() == Answer.REFUSE) {
            throw DEFAULT_TEAM_KEPT.refusal(
                    CONFLICT, "members", "Users cannot be removed from the default team '" + team.groupName() + "'");
        }
        admins.keepLastTeamAdmin(
                organization.id(),
                team,
                leaving.stream()
                        .filter(membership -> places.get(membership.id()).get(team.id()) == TeamRole.ADMIN)
                        .toList());
        boards.handOver(
                organization.id(),
                team.id(),
                leaving.stream().map(Membership::id).toList());
        entities.createQuery("delete from TeamMember tm where tm.team = :team and tm.membership in :members")
                .setParameter("team", team)
                .setParameter("members", leaving)
                .executeUpdate();
        dismiss(leaving.stream()
                .filter(membership -> !membership.profile().registered()
                        && places.get(membership.id()).size() == 1)
                .toList());
        return leaving.size();
    }

    /** Lets people who never registered leave the organisation with the last team. */
    private void dismiss(List<Membership> leaving) {
        admins.keepLastCompanyAdmin(leaving, "members");
        members.leaveOrganization(leaving);
        for (Membership membership : leaving) {
            UNREGISTERED_USER_LEAVES.note(
                    "members", membership.profile().email() + " never registered and left the organisation.");
        }
    }

    /** The teams that each member is in, by membership, with the role there. */
    private Map<Long, Map<Long, TeamRole>> places(Collection<Membership> members) {
        if (members.isEmpty()) {
            return Map.of();
        }
        Map<Long, Map<Long, TeamRole>> places = new HashMap<>();
        entities.createQuery("""
                        select tm.membership.id, tm.team.id, tm.role from TeamMember tm where tm.membership in :members
                        """, Object[].class)
                .setParameter("members", members)
                .getResultList()
                .forEach(row -> places.computeIfAbsent((Long) row[0], member -> new HashMap<>())
                        .put((Long) row[1], (TeamRole) row[2]));
        return places;
    }
}

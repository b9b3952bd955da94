package dev.miroscim.directory.teams;

import static dev.miroscim.directory.MiroRule.INVITED_USER_IN_ORGANIZATION;
import static dev.miroscim.directory.MiroRule.INVITE_DEACTIVATED_USER;
import static dev.miroscim.directory.MiroRule.INVITE_KNOWN_TEAM_MEMBER;
import static dev.miroscim.directory.RefusedException.Kind.CONFLICT;
import static dev.miroscim.directory.RefusedException.Kind.NOT_FOUND;

import dev.miroscim.directory.DirectoryChange;
import dev.miroscim.directory.RefusedException;
import dev.miroscim.directory.Slice;
import dev.miroscim.directory.organizations.Organization;
import dev.miroscim.directory.organizations.OrganizationSettings.Policy;
import dev.miroscim.directory.organizations.Organizations;
import dev.miroscim.directory.people.Membership;
import dev.miroscim.directory.people.OrganizationMembers;
import dev.miroscim.directory.people.People;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Who is in which team, including guests, for REST. */
@Service
public class TeamMembers {

    private final TeamMemberRepository teamMembers;
    private final EntityManager entities;
    private final Organizations organizations;
    private final Teams teams;
    private final OrganizationMembers members;
    private final People people;
    private final MemberPromotion promotion;
    private final RemoveTeamMembers removeTeamMembers;
    private final LastAdminRule admins;
    private final TeamAudit audit;
    private final Clock clock;

    TeamMembers(
            TeamMemberRepository teamMembers,
            EntityManager entities,
            Organizations organizations,
            Teams teams,
            OrganizationMembers members,
            People people,
            MemberPromotion promotion,
            RemoveTeamMembers removeTeamMembers,
            LastAdminRule admins,
            TeamAudit audit,
            Clock clock) {
        this.teamMembers = teamMembers;
        this.entities = entities;
        this.organizations = organizations;
        this.teams = teams;
        this.members = members;
        this.people = people;
        this.promotion = promotion;
        this.removeTeamMembers = removeTeamMembers;
        this.admins = admins;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Members of a team in the order in which they came to the organisation, from the one after the person
     * {@code after} on; 0 for the first.
     *
     * @param roles the roles of those to list
     */
    @Transactional(readOnly = true)
    public Slice<TeamMember> list(long organizationId, long teamId, Set<TeamRole> roles, long after, int limit) {
        Limit most = Limit.of(limit + 1);
        List<TeamMember> page = after == 0
                ? teamMembers.first(organizationId, teamId, roles, most)
                : teamMembers.after(organizationId, teamId, roles, after, most);
        if (page.isEmpty()) {
            teams.find(organizationId, teamId);
            members.requireCursor(organizationId, after);
        }
        return Slice.of(page, limit);
    }

    /** The ids of the teams that a person is in. */
    @Transactional(readOnly = true)
    public List<Long> teamsOf(long organizationId, long personId) {
        return teamMembers.teamsOf(organizationId, personId);
    }

    /** A member of a team, refused as not found if the person is none. */
    @Transactional(readOnly = true)
    public TeamMember find(long organizationId, long teamId, long personId) {
        teams.find(organizationId, teamId);
        return teamMembers.find(teamId, personId).orElseThrow(() -> notInTeam(personId));
    }

    /**
     * Adds a person of the organisation to a team. A guest becomes a member, as over SCIM.
     *
     * @param by the id of the person who invites; null if unknown
     */
    @DirectoryChange
    public TeamMember invite(long organizationId, long teamId, String email, TeamRole role, @Nullable Long by) {
        Organization organization = organizations.get(organizationId);
        Team team = teams.hold(organizationId, teamId);
        Membership person = people.hold(organization, email)
                .orElseThrow(() -> INVITED_USER_IN_ORGANIZATION.refusal(
                        NOT_FOUND, "email", "User " + email + " is not in the organization"));
        if (!person.active()) {
            throw INVITE_DEACTIVATED_USER.refusal(CONFLICT, "email", "User " + email + " is deactivated");
        }
        TeamMember member = teamMembers.find(teamId, person.profileId()).orElse(null);
        boolean known = member != null && (member.role() == TeamRole.MEMBER || member.role() == TeamRole.ADMIN);
        if (known && (member.role() == role || organization.settings().inviteTeamMember() == Policy.REFUSE)) {
            throw INVITE_KNOWN_TEAM_MEMBER.refusal(CONFLICT, "email", "User already exists in the account");
        }
        promotion.promote(organization, person);
        if (member == null) {
            member = new TeamMember(team, person, role, clock.instant(), by);
            entities.persist(member);
            team.touch(clock.instant());
            audit.changed(organizationId, List.of(TeamRoleChange.of(team, person.id(), null, role)));
            return member;
        }
        if (known) {
            INVITE_KNOWN_TEAM_MEMBER.note(
                    "role", person.profile().email() + " was in the team already and got the role that was asked for.");
        }
        return become(member, role, by);
    }

    /**
     * Changes a person's role in a team. The last admin stays one.
     *
     * @param by the id of the person who changes it; null if unknown
     */
    @DirectoryChange
    public TeamMember changeRole(long organizationId, long teamId, long personId, TeamRole role, @Nullable Long by) {
        teams.hold(organizationId, teamId);
        Membership person = people.hold(organizationId, personId);
        TeamMember member = teamMembers.find(teamId, personId).orElseThrow(() -> notInTeam(personId));
        if (member.role() == role) {
            return member;
        }
        if (!person.role().isMember()) {
            promotion.promote(organizations.get(organizationId), person);
        }
        return become(member, role, by);
    }

    /** Removes a person from a team, by the same rules as over SCIM. */
    @DirectoryChange
    public void remove(long organizationId, long teamId, long personId) {
        Organization organization = organizations.get(organizationId);
        Team team = teams.hold(organizationId, teamId);
        Membership person = people.hold(organizationId, personId);
        if (removeTeamMembers.remove(organization, team, List.of(person)) == 0) {
            throw notInTeam(personId);
        }
    }

    private TeamMember become(TeamMember member, TeamRole role, @Nullable Long by) {
        if (member.role() == TeamRole.ADMIN) {
            admins.keepLastTeamAdmin(member.membership().organizationId(), member.team(), List.of(member.membership()));
        }
        // If a guest was just promoted, the trail already has an event with the usual role.
        audit.changedAgain(
                member.membership().organizationId(),
                TeamRoleChange.of(member.team(), member.membership().id(), member.role(), role));
        member.become(role, clock.instant(), by);
        return member;
    }

    private static RefusedException notInTeam(long personId) {
        return RefusedException.notFound("Team member", Long.toString(personId));
    }
}

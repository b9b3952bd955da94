package dev.miroscim.directory.teams;

import static dev.miroscim.directory.MiroRule.LAST_COMPANY_ADMIN;
import static dev.miroscim.directory.MiroRule.LAST_TEAM_ADMIN;
import static dev.miroscim.directory.MiroRule.SOLE_TEAM_ADMIN_NOT_DEACTIVATED;
import static dev.miroscim.directory.RefusedException.Kind.CONFLICT;

import dev.miroscim.directory.organizations.Organizations;
import dev.miroscim.directory.people.Membership;
import dev.miroscim.directory.people.OrganizationRole;
import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Keeps the last admin of an organisation and of each team. */
@Component
public class LastAdminRule {

    private final EntityManager entities;
    private final Organizations organizations;

    LastAdminRule(EntityManager entities, Organizations organizations) {
        this.entities = entities;
        this.organizations = organizations;
    }

    /** Refuses if no active company admin is left without {@code leaving}. */
    public void keepLastCompanyAdmin(List<Membership> leaving, String attribute) {
        List<Membership> admins = leaving.stream()
                .filter(member -> member.role() == OrganizationRole.INTERNAL_ADMIN && member.active())
                .toList();
        if (admins.isEmpty()) {
            return;
        }
        long organizationId = admins.getFirst().organizationId();
        organizations.lock(organizationId);
        long others = entities.createQuery("""
                        select count(m) from Membership m
                        where m.organizationId = :organization and m.role = INTERNAL_ADMIN and m.status = ACTIVE
                          and m not in :leaving
                        """, Long.class)
                .setParameter("organization", organizationId)
                .setParameter("leaving", admins)
                .getSingleResult();
        if (others == 0) {
            throw LAST_COMPANY_ADMIN.refusal(
                    CONFLICT,
                    attribute,
                    "User " + admins.getFirst().profileId() + " is the last admin of the organisation");
        }
    }

    /** Refuses if a member who is to be deleted is the only active admin of one of {@code teams}. */
    public void keepLastTeamAdmin(Membership member, List<Team> administered) {
        for (Team team : withoutOtherAdmin(member.organizationId(), administered, Set.of(member.id()))) {
            throw LAST_TEAM_ADMIN.refusal(CONFLICT, "id", withoutAdmin(team));
        }
    }

    /** Refuses if a member who is to be deactivated is the only active admin of one of {@code teams}. */
    public void keepSoleTeamAdminActive(Membership member, List<Team> administered) {
        for (Team team : withoutOtherAdmin(member.organizationId(), administered, Set.of(member.id()))) {
            throw SOLE_TEAM_ADMIN_NOT_DEACTIVATED.refusal(CONFLICT, "active", withoutAdmin(team));
        }
    }

    /** Refuses if no active admin of {@code team} is left without {@code leavingAdmins}. */
    void keepLastTeamAdmin(long organizationId, Team team, Collection<Membership> leavingAdmins) {
        List<Long> ids = leavingAdmins.stream().map(Membership::id).toList();
        if (!withoutOtherAdmin(organizationId, List.of(team), ids).isEmpty()) {
            throw LAST_TEAM_ADMIN.refusal(CONFLICT, "members", withoutAdmin(team));
        }
    }

    /**
     * Miro's own text, which calls a team an account, followed by the team's own name, which group calls do not
     * change.
     */
    private static String withoutAdmin(Team team) {
        return "Any account in organization must have at least one admin: team '" + team.name() + "'";
    }

    private List<Team> withoutOtherAdmin(long organizationId, List<Team> teams, Collection<Long> leaving) {
        if (teams.isEmpty() || leaving.isEmpty()) {
            return List.of();
        }
        organizations.lock(organizationId);
        return entities.createQuery("""
                        select t from Team t where t in :teams and not exists (
                          select 1 from TeamMember a
                          where a.team = t and a.role = ADMIN and a.membership.status = ACTIVE
                            and a.membership.id not in :leaving)
                        order by t.id
                        """, Team.class)
                .setParameter("teams", teams)
                .setParameter("leaving", leaving)
                .getResultList();
    }
}

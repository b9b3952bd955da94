package dev.miroscim.directory.teams;

import static dev.miroscim.directory.MiroRule.GROUP_ADD_CONVERTS_GUEST;
import static dev.miroscim.directory.MiroRule.GROUP_ADD_REACTIVATES;
import static dev.miroscim.directory.MiroRule.GROUP_ADD_RECREATES;

import dev.miroscim.directory.organizations.LicenseAssignment;
import dev.miroscim.directory.organizations.Organization;
import dev.miroscim.directory.people.Membership;
import dev.miroscim.directory.people.Membership.Status;
import dev.miroscim.directory.people.Profile;
import dev.miroscim.directory.people.UserNames;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.List;
import org.springframework.stereotype.Component;

/** Makes active members of the organisation of people who were deactivated, deleted or guests. The caller holds them. */
@Component
public class MemberPromotion {

    private final EntityManager entities;
    private final LicenseAssignment licenses;
    private final UserNames userNames;
    private final DefaultTeams defaultTeams;
    private final TeamAudit audit;
    private final Clock clock;

    MemberPromotion(
            EntityManager entities,
            LicenseAssignment licenses,
            UserNames userNames,
            DefaultTeams defaultTeams,
            TeamAudit audit,
            Clock clock) {
        this.entities = entities;
        this.licenses = licenses;
        this.userNames = userNames;
        this.defaultTeams = defaultTeams;
        this.audit = audit;
        this.clock = clock;
    }

    /** Makes a full member of somebody who was deactivated, deleted or a guest. */
    void promote(Organization organization, Membership membership) {
        if (promoteAlone(organization, membership)) {
            convertTeamRoles(List.of(membership));
        }
    }

    /** Returns whether the person was a guest, whose roles in teams have to be {@linkplain #convertTeamRoles converted}. */
    boolean promoteAlone(Organization organization, Membership membership) {
        Profile profile = membership.profile();
        if (membership.status() == Status.REMOVED) {
            userNames.checkAllowed(organization, profile.email());
            membership.join(licenses.forNewMember(organization, null, true), clock.instant());
            entities.flush();
            defaultTeams.join(membership);
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
            reactivate(organization, membership);
            GROUP_ADD_REACTIVATES.note("members", profile.email() + " was deactivated and is active again.");
        }
        return false;
    }

    /** Makes a deactivated member active again, as far as there is a seat. */
    public void reactivate(Organization organization, Membership membership) {
        membership.assign(licenses.forReactivated(organization, membership.license()), clock.instant());
        membership.become(Status.ACTIVE);
        membership.touch(clock.instant());
    }

    /** Makes team members of people who were guests in teams and are members of the organisation now. */
    public void convertTeamRoles(List<Membership> formerGuests) {
        if (formerGuests.isEmpty()) {
            return;
        }
        entities.flush();
        Long[] members = formerGuests.stream().map(Membership::id).toArray(Long[]::new);
        audit.changed(
                formerGuests.getFirst().organizationId(),
                TeamRoleChange.execute(entities, """
                        update team_member tm set role = 'MEMBER'
                        from team_member former join team t on t.id = former.team_id
                        where former.team_id = tm.team_id and former.membership_id = tm.membership_id
                          and tm.membership_id = any(:members) and tm.role in ('NON_TEAM', 'TEAM_GUEST')
                        returning t.id as team_id, t.name as team_name, tm.membership_id as member, former.role as former, tm.role as role
                        """, query -> query.setParameter("members", members)));
    }
}

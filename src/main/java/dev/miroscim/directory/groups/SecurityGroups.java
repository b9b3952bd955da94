package dev.miroscim.directory.groups;

import static dev.miroscim.directory.MiroRule.GROUPS_NOT_CREATED_OR_DELETED;
import static dev.miroscim.directory.MiroRule.GROUPS_NOT_REPLACED;
import static dev.miroscim.directory.MiroRule.GROUP_NAME_APART_FROM_TEAM_NAME;
import static dev.miroscim.directory.RefusedException.Kind.NOT_SUPPORTED;
import static dev.miroscim.directory.people.UserAttribute.DISPLAY_NAME;

import dev.miroscim.directory.ListQuery;
import dev.miroscim.directory.Listing;
import dev.miroscim.directory.LockOrder.Lock;
import dev.miroscim.directory.Names;
import dev.miroscim.directory.RefusedException;
import dev.miroscim.directory.organizations.Organizations;
import dev.miroscim.directory.people.Membership;
import dev.miroscim.directory.people.People;
import dev.miroscim.directory.teams.AddTeamMembers;
import dev.miroscim.directory.teams.RemoveTeamMembers;
import dev.miroscim.directory.teams.Team;
import dev.miroscim.directory.teams.Teams;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Teams under the names of their security groups, which is what SCIM calls groups. */
@Service
public class SecurityGroups extends ScimGroups<Team> {

    private final Organizations organizations;
    private final Teams teams;
    private final AddTeamMembers addTeamMembers;
    private final RemoveTeamMembers removeTeamMembers;
    private final Clock clock;

    SecurityGroups(
            EntityManager entities,
            DataSource dataSource,
            People people,
            Organizations organizations,
            Teams teams,
            AddTeamMembers addTeamMembers,
            RemoveTeamMembers removeTeamMembers,
            Clock clock) {
        super(
                entities,
                people,
                new HoldGroupAndPeople<>(entities, people, Team.class, "team", Lock.TEAM),
                new MembersOfGroups(dataSource, "team_member", "team_id"));
        this.organizations = organizations;
        this.teams = teams;
        this.addTeamMembers = addTeamMembers;
        this.removeTeamMembers = removeTeamMembers;
        this.clock = clock;
    }

    /** Teams are created in Miro and matched by their names. */
    public RefusedException refuseToCreate() {
        return GROUPS_NOT_CREATED_OR_DELETED.refusal(
                NOT_SUPPORTED,
                null,
                "Groups are teams of Miro, which are not created over SCIM: create the team in Miro and match it by its"
                        + " displayName");
    }

    /** Groups of both kinds are changed by PATCH only. */
    public static RefusedException refuseToReplace() {
        return GROUPS_NOT_REPLACED.refusal(
                NOT_SUPPORTED, null, "Groups are not replaced over SCIM: change them by PATCH");
    }

    /** Teams are deleted in Miro. */
    public RefusedException refuseToDelete() {
        return GROUPS_NOT_CREATED_OR_DELETED.refusal(
                NOT_SUPPORTED,
                null,
                "Groups are teams of Miro, which are not deleted over SCIM: delete the team in Miro");
    }

    @Override
    Listing<Team> page(long organizationId, ListQuery query) {
        return teams.page(organizationId, query);
    }

    @Override
    Optional<Team> read(long organizationId, long id, LockModeType lock) {
        return teams.read(organizationId, id, lock);
    }

    @Override
    void watch(Team team) {
        teams.watch(team);
    }

    @Override
    Group group(Team team) {
        return new Group(team.id(), team.groupName(), GroupMembers.NONE);
    }

    @Override
    void rename(long organizationId, Team team, @Nullable String displayName) {
        String kept = Names.require(DISPLAY_NAME, displayName);
        // Okta sends the unchanged name with every change of members.
        if (kept.equals(team.groupName())) {
            return;
        }
        teams.requireFreeGroupName(organizationId, DISPLAY_NAME, kept, team.id());
        team.renameGroup(kept);
        team.touch(clock.instant());
        GROUP_NAME_APART_FROM_TEAM_NAME.note(
                DISPLAY_NAME, "The group is called '%s' now, the team still '%s'.".formatted(kept, team.name()));
    }

    @Override
    void holdAllMembers(long organizationId, Team team, List<Long> joining) {
        teams.holdPeople(organizationId, team, joining);
    }

    /** Joining a team makes members of guests, and of people who were deactivated or deleted. */
    @Override
    boolean accepts(Membership person) {
        return true;
    }

    @Override
    int add(long organizationId, Team team, List<Membership> joining) {
        return addTeamMembers.add(organizations.get(organizationId), team, joining);
    }

    @Override
    int remove(long organizationId, Team team, List<Membership> leaving) {
        return removeTeamMembers.remove(organizations.get(organizationId), team, leaving);
    }

    @Override
    void removeAllBut(long organizationId, Team team, List<Membership> staying) {
        removeTeamMembers.removeAllBut(organizations.get(organizationId), team, staying);
    }
}

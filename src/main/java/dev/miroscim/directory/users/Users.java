package dev.miroscim.directory.users;

import static dev.miroscim.directory.MiroRule.GUESTS_INVISIBLE;
import static dev.miroscim.directory.RefusedException.Kind.NOT_FOUND;

import dev.miroscim.directory.DirectoryChange;
import dev.miroscim.directory.ListQuery;
import dev.miroscim.directory.Listing;
import dev.miroscim.directory.RefusedException;
import dev.miroscim.directory.people.Membership;
import dev.miroscim.directory.people.Membership.Status;
import dev.miroscim.directory.people.People;
import dev.miroscim.directory.teams.LastAdminRule;
import dev.miroscim.directory.teams.LeaveOrganization;
import java.util.List;
import org.springframework.stereotype.Service;

/** Users: the people of an organisation that SCIM sees. */
@Service
public class Users {

    private final People people;
    private final UserPages pages;
    private final TeamsOfUser teams;
    private final LastAdminRule admins;
    private final LeaveOrganization leaveOrganization;

    Users(
            People people,
            UserPages pages,
            TeamsOfUser teams,
            LastAdminRule admins,
            LeaveOrganization leaveOrganization) {
        this.people = people;
        this.pages = pages;
        this.teams = teams;
        this.admins = admins;
        this.leaveOrganization = leaveOrganization;
    }

    /** The users that the query's filter matches. */
    public Listing<User> list(long organizationId, ListQuery query) {
        return pages.list(organizationId, query);
    }

    /** The user with this id, refused as not found if there is none or only a guest. */
    public User find(long organizationId, long id, boolean withGroups) {
        User user = pages.find(organizationId, id, withGroups).orElseThrow(() -> RefusedException.noResource(id));
        requireVisible(user.state(), id);
        return user;
    }

    /**
     * Removes a user from the organisation. The profile stays in Miro, so that the person can come back with the same
     * id.
     */
    @DirectoryChange
    public void delete(long organizationId, long id) {
        Membership membership = Users.requireVisible(people.lock(organizationId, id), id);
        admins.keepLastCompanyAdmin(List.of(membership), "id");
        admins.keepLastTeamAdmin(membership, TeamsOfUser.administered(teams.of(membership)));
        leaveOrganization.leave(organizationId, List.of(membership.id()));
    }

    static Membership requireVisible(List<Membership> found, long id) {
        Membership membership = found.stream().findFirst().orElseThrow(() -> RefusedException.noResource(id));
        requireVisible(membership.state(), id);
        return membership;
    }

    private static void requireVisible(Membership.State state, long id) {
        if (state.status() == Status.REMOVED) {
            throw RefusedException.noResource(id);
        }
        if (!state.role().isMember()) {
            throw GUESTS_INVISIBLE.refusal(NOT_FOUND, "id", RefusedException.NO_RESOURCE.formatted(id));
        }
    }
}

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
import org.springframework.transaction.annotation.Transactional;

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
    @Transactional(readOnly = true)
    public Listing<User> list(long organizationId, ListQuery<Membership> query) {
        return pages.list(organizationId, query);
    }

    /** The user with this id, refused as not found if there is none or only a guest. */
    @Transactional(readOnly = true)
    public User find(long organizationId, long id, boolean withGroups) {
        Membership membership = requireVisible(people.read(organizationId, id), id);
        return withGroups ? pages.withGroups(membership) : new User(membership, List.of());
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
        Membership membership = found.isEmpty() ? null : found.getFirst();
        if (membership != null && membership.visible()) {
            return membership;
        }
        if (membership != null && !membership.role().isMember() && membership.status() != Status.REMOVED) {
            throw GUESTS_INVISIBLE.refusal(NOT_FOUND, "id", RefusedException.NO_RESOURCE.formatted(id));
        }
        throw RefusedException.noResource(id);
    }
}

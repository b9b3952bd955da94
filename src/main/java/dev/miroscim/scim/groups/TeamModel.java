package dev.miroscim.scim.groups;

import dev.miroscim.directory.Listing;
import dev.miroscim.directory.groups.Group;
import dev.miroscim.directory.groups.GroupChange;
import dev.miroscim.directory.groups.SecurityGroups;
import dev.miroscim.directory.people.GroupTable;
import dev.miroscim.scim.query.ListParameters;
import java.util.List;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;

/** The model that Miro calls legacy: groups are teams, which SCIM can neither create nor delete. */
@Component
class TeamModel implements GroupModel {

    private final SecurityGroups groups;

    TeamModel(SecurityGroups groups) {
        this.groups = groups;
    }

    @Override
    public void requireSupported(HttpMethod method) {
        switch (method.name()) {
            case "POST" -> throw groups.refuseToCreate();
            case "DELETE" -> throw groups.refuseToDelete();
            default -> {}
        }
    }

    @Override
    public Listing<Group> list(long organizationId, ListParameters parameters, String location) {
        return groups.list(organizationId, GroupQuery.of(organizationId, parameters, location, GroupTable.TEAMS));
    }

    @Override
    public Group find(long organizationId, long id, boolean withMembers) {
        return groups.find(organizationId, id, withMembers);
    }

    @Override
    public Group create(long organizationId, NewGroup group, boolean withMembers) {
        throw groups.refuseToCreate();
    }

    @Override
    public Group change(long organizationId, long id, List<GroupChange> changes, boolean withMembers) {
        return groups.change(organizationId, id, changes, withMembers);
    }

    @Override
    public void delete(long organizationId, long id) {
        throw groups.refuseToDelete();
    }
}

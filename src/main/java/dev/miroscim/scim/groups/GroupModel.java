package dev.miroscim.scim.groups;

import dev.miroscim.directory.Listing;
import dev.miroscim.directory.groups.Group;
import dev.miroscim.directory.groups.GroupChange;
import dev.miroscim.scim.query.ListParameters;
import java.util.List;
import org.springframework.http.HttpMethod;

/** The kind of groups in an organisation: Miro's teams, or its user groups. */
interface GroupModel {

    /** Refuses a method that this model does not support, before the request is read. */
    default void requireSupported(HttpMethod method) {}

    /** @param location the address that precedes a group's id */
    Listing<Group> list(long organizationId, ListParameters parameters, String location);

    Group find(long organizationId, long id, boolean withMembers);

    Group create(long organizationId, NewGroup group, boolean withMembers);

    Group change(long organizationId, long id, List<GroupChange> changes, boolean withMembers);

    void delete(long organizationId, long id);
}

package dev.miroscim.directory.groups;

/**
 * A team under the name of its security group.
 *
 * @param members none if the request did not ask for them
 */
public record Group(long id, String displayName, GroupMembers members) {

    Group with(GroupMembers members) {
        return new Group(id, displayName, members);
    }
}

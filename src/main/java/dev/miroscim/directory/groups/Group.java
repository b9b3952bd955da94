package dev.miroscim.directory.groups;

import java.util.List;

/**
 * A team under the name of its security group.
 *
 * @param members the members that SCIM sees, by id; empty if the request did not ask for them
 */
public record Group(long id, String displayName, List<MemberRef> members) {}

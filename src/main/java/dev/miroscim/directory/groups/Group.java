package dev.miroscim.directory.groups;

import java.util.List;

/**
 * A team under the name of its security group.
 *
 * @param members those whom SCIM can see, by id; empty also where the caller did not want them
 */
public record Group(long id, String displayName, List<MemberRef> members) {}

package dev.miroscim.directory.users;

import dev.miroscim.directory.people.GroupRef;
import dev.miroscim.directory.people.Membership;
import java.util.List;

/** A user and the groups it is in, by id. */
public record User(Membership membership, List<GroupRef> groups) {

    /** The id that both planes show. */
    public long id() {
        return membership.profileId();
    }
}

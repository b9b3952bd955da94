package dev.miroscim.directory.users;

import dev.miroscim.directory.people.GroupRef;
import dev.miroscim.directory.people.Membership;
import dev.miroscim.directory.people.UserAttribute;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A user and the groups it is in, by id.
 *
 * @param id the id that both planes show
 */
public record User(long id, Membership.State state, List<GroupRef> groups) {

    static User of(Membership membership, List<GroupRef> groups) {
        return new User(membership.profileId(), membership.state(), groups);
    }

    /** The value of this attribute. */
    public @Nullable String text(UserAttribute attribute) {
        return state.texts().get(attribute);
    }

    /** The value of an attribute that everybody has. */
    public String required(UserAttribute attribute) {
        return Objects.requireNonNull(text(attribute));
    }
}

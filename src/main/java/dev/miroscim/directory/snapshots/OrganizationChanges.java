package dev.miroscim.directory.snapshots;

import dev.miroscim.directory.organizations.License;
import dev.miroscim.directory.teams.TeamRole;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is different in an organisation since a snapshot, as an administrator would say it. What changed and changed back
 * is not in it.
 *
 * @param seats the licences whose seats more or fewer people take
 * @param settings the settings that have another value
 */
public record OrganizationChanges(
        Snapshot since,
        PeopleChanges people,
        GroupChanges teams,
        GroupChanges userGroups,
        List<SeatsChange> seats,
        BoardChanges boards,
        List<ValueChange> settings) {

    /** Somebody in the organisation, with the name and address of now, or of then for people who left. */
    public record Person(String id, String email, String name) {}

    /** A team, a user group or a board. */
    public record Named(String id, String name) {}

    /**
     * @param changed without those that are in one of the other lists, unless something else about them changed as well
     */
    public record PeopleChanges(
            List<Person> created,
            List<PersonChange> changed,
            List<Person> deactivated,
            List<Person> reactivated,
            List<Person> gone) {}

    /** @param changes at least one */
    public record PersonChange(Person person, List<ValueChange> changes) {}

    /**
     * @param name of what changed, as the control API calls it
     * @param from the earlier value; null if there was none
     * @param to the present value; null if there is none
     */
    public record ValueChange(
            String name, @Nullable Object from, @Nullable Object to) {}

    /** @param joined people who came into teams or user groups, new ones too; {@code left} likewise */
    public record GroupChanges(
            List<Named> created,
            List<GroupChange> changed,
            List<Named> gone,
            List<MemberChange> joined,
            List<MemberChange> left,
            List<RoleChange> roles) {}

    public record GroupChange(Named group, List<ValueChange> changes) {}

    /** @param role in a team; null in a user group */
    public record MemberChange(
            Named group, Person person, @Nullable TeamRole role) {}

    public record RoleChange(Named team, Person person, TeamRole from, TeamRole to) {}

    /** How many seats of a licence active members take. */
    public record SeatsChange(License license, long before, long after) {}

    public record BoardChanges(List<BoardPlace> created, List<BoardMove> moved, List<BoardPlace> gone) {}

    public record BoardPlace(Named board, Named team, Person owner) {}

    /** A board that has another name, owner or team. */
    public record BoardMove(BoardPlace from, BoardPlace to) {}
}

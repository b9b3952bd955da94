package dev.miroscim.directory.groups;

import static dev.miroscim.directory.MiroRule.GROUP_ADD_KNOWN_MEMBER;
import static dev.miroscim.directory.MiroRule.GROUP_REMOVE_NON_MEMBER;

import dev.miroscim.directory.DirectoryChange;
import dev.miroscim.directory.ListQuery;
import dev.miroscim.directory.Listing;
import dev.miroscim.directory.RefusedException;
import dev.miroscim.directory.people.MemberReference;
import dev.miroscim.directory.people.Membership;
import dev.miroscim.directory.people.People;
import dev.miroscim.directory.people.VisibleMembers;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.annotation.Transactional;

/**
 * Groups as SCIM sees them, whatever they are in Miro. Reading groups and carrying out changes is the same for all
 * kinds; subclasses implement what joining and leaving bring about.
 *
 * @param <E> the entity behind a group
 */
public abstract class ScimGroups<E> {

    /** The attribute with a group's name. */
    static final String DISPLAY_NAME = "displayName";

    private final EntityManager entities;
    private final People people;
    private final String membersOfOne;
    private final String membersOfMany;

    /**
     * @param memberTable the table of who is in which group
     * @param groupColumn the column of the group in it
     */
    ScimGroups(EntityManager entities, People people, String memberTable, String groupColumn) {
        this.entities = entities;
        this.people = people;
        String members = """
                select g.%2$s as group_id, p.id, p.full_name
                from %1$s g join membership m on m.id = g.membership_id join profile p on p.id = m.profile_id
                where g.%2$s = %%s and %3$s
                order by p.id
                """.formatted(memberTable, groupColumn, VisibleMembers.SQL);
        this.membersOfOne = members.formatted(":groups");
        this.membersOfMany = members.formatted("any(:groups)");
    }

    /** The groups that the query asks for, without their members. */
    abstract Listing<E> page(long organizationId, ListQuery query);

    /** The group with this id, held if {@code lock} says so. */
    abstract Optional<E> read(long organizationId, long id, LockModeType lock);

    /** The group without its members. */
    abstract Group group(E entity);

    /** Renames a group that is held, unless it has the name already. */
    abstract void rename(long organizationId, E group, @Nullable String displayName);

    /** Holds everybody who is in the group, and the people with these ids, where rules ask about those who leave. */
    void holdAllMembers(long organizationId, E group, List<Long> joining) {}

    /** Whether this person can join. */
    abstract boolean accepts(Membership person);

    /** Adds people who are held, and returns how many were not in the group before. */
    abstract int add(long organizationId, E group, List<Membership> joining);

    /** Removes people who are held, and returns how many were in the group. */
    abstract int remove(long organizationId, E group, List<Membership> leaving);

    /** Removes everybody but these people. */
    abstract void removeAllBut(long organizationId, E group, List<Membership> staying);

    /** Groups that the query's filter matches. */
    @Transactional(readOnly = true)
    public Listing<Group> list(long organizationId, ListQuery query) {
        Listing<E> page = page(organizationId, query);
        List<Group> groups = page.items().stream().map(this::group).toList();
        return new Listing<>(page.total(), query.collections() ? withMembers(groups) : groups);
    }

    /** The group with this id, refused as not found if there is none. */
    @Transactional(readOnly = true)
    public Group find(long organizationId, long id, boolean withMembers) {
        return view(require(organizationId, id, LockModeType.NONE), withMembers);
    }

    /** Makes all changes, in their order, or none. */
    @DirectoryChange
    public Group change(long organizationId, long id, List<GroupChange> changes, boolean withMembers) {
        E group = require(organizationId, id, LockModeType.PESSIMISTIC_WRITE);
        NetMemberChanges wanted = new NetMemberChanges();
        for (GroupChange change : changes) {
            if (change instanceof GroupChange.Rename(String displayName)) {
                rename(organizationId, group, displayName);
            } else {
                wanted.add(change);
            }
        }
        if (wanted.everybodyElseLeaves()) {
            holdAllMembers(organizationId, group, ReferencedMembers.ids(wanted.joining(), List.of()));
        }
        ReferencedMembers named = ReferencedMembers.hold(people, organizationId, wanted.joining(), wanted.leaving());
        List<Membership> joined =
                wanted.joining().isEmpty() ? List.of() : add(organizationId, group, wanted.joining(), named);
        if (wanted.everybodyElseLeaves()) {
            removeAllBut(organizationId, group, joined);
        } else if (!wanted.leaving().isEmpty()
                && remove(organizationId, group, named.leaving(wanted.leaving()))
                        < wanted.leaving().size()) {
            GROUP_REMOVE_NON_MEMBER.note("members");
        }
        entities.flush();
        return view(group, withMembers);
    }

    /** Adds the first members of a new group. */
    void addFirst(long organizationId, E group, List<MemberReference> members) {
        if (!members.isEmpty()) {
            add(organizationId, group, members, ReferencedMembers.hold(people, organizationId, members, List.of()));
        }
    }

    private List<Membership> add(
            long organizationId, E group, Collection<MemberReference> references, ReferencedMembers named) {
        List<Membership> joining = named.joining(references, this::accepts);
        if (add(organizationId, group, joining) < joining.size()) {
            GROUP_ADD_KNOWN_MEMBER.note("members");
        }
        return joining;
    }

    E require(long organizationId, long id, LockModeType lock) {
        return read(organizationId, id, lock).orElseThrow(() -> RefusedException.noResource(id));
    }

    Group view(E entity, boolean withMembers) {
        Group group = group(entity);
        return withMembers ? withMembers(List.of(group)).getFirst() : group;
    }

    private List<Group> withMembers(List<Group> groups) {
        if (groups.isEmpty()) {
            return groups;
        }
        // PostgreSQL plans for ten groups where it does not know how many an array holds.
        boolean one = groups.size() == 1;
        Map<Long, List<MemberRef>> members = new HashMap<>();
        entities.unwrap(Session.class)
                .createNativeQuery(one ? membersOfOne : membersOfMany, Object[].class)
                .addScalar("group_id", Long.class)
                .addScalar("id", Long.class)
                .addScalar("full_name", String.class)
                .setParameter(
                        "groups",
                        one
                                ? groups.getFirst().id()
                                : groups.stream().map(Group::id).toArray(Long[]::new))
                .getResultList()
                .forEach(row -> members.computeIfAbsent((Long) row[0], _ -> new ArrayList<>())
                        .add(new MemberRef((Long) row[1], (String) row[2])));
        return groups.stream()
                .map(group -> new Group(group.id(), group.displayName(), members.getOrDefault(group.id(), List.of())))
                .toList();
    }
}

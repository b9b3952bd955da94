package dev.miroscim.directory.groups;

import static dev.miroscim.directory.MiroRule.GROUP_ADD_KNOWN_MEMBER;
import static dev.miroscim.directory.MiroRule.GROUP_REMOVE_NON_MEMBER;
import static dev.miroscim.directory.groups.ReferencedMembers.ids;

import dev.miroscim.directory.DirectoryChange;
import dev.miroscim.directory.ListQuery;
import dev.miroscim.directory.Listing;
import dev.miroscim.directory.RefusedException;
import dev.miroscim.directory.groups.HoldGroupAndPeople.Held;
import dev.miroscim.directory.people.MemberReference;
import dev.miroscim.directory.people.Membership;
import dev.miroscim.directory.people.People;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
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
    private final HoldGroupAndPeople<E> groupsAndPeople;
    private final MembersOfGroups membersOfGroups;

    ScimGroups(
            EntityManager entities,
            People people,
            HoldGroupAndPeople<E> groupsAndPeople,
            MembersOfGroups membersOfGroups) {
        this.entities = entities;
        this.people = people;
        this.groupsAndPeople = groupsAndPeople;
        this.membersOfGroups = membersOfGroups;
    }

    /** The groups that the query asks for, without their members. */
    abstract Listing<E> page(long organizationId, ListQuery query);

    /** The group with this id, held if {@code lock} says so. */
    abstract Optional<E> read(long organizationId, long id, LockModeType lock);

    /** Writes to the audit log what changes in the names of a group that is held. */
    abstract void watch(E group);

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
        NetMemberChanges wanted = new NetMemberChanges();
        changes.stream()
                .filter(change -> !(change instanceof GroupChange.Rename))
                .forEach(wanted::add);
        Held<E> held = hold(organizationId, id, wanted);
        E group = held.group();
        for (GroupChange change : changes) {
            if (change instanceof GroupChange.Rename(String displayName)) {
                rename(organizationId, group, displayName);
            }
        }
        ReferencedMembers named = ReferencedMembers.of(held.people());
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

    private Held<E> hold(long organizationId, long id, NetMemberChanges wanted) {
        List<Long> named = wanted.named();
        if (!wanted.everybodyElseLeaves() && !named.isEmpty()) {
            Optional<Held<E>> held = groupsAndPeople.hold(organizationId, id, named);
            if (held.isPresent()) {
                watch(held.get().group());
                return held.get();
            }
        }
        E group = require(organizationId, id, LockModeType.PESSIMISTIC_WRITE);
        if (wanted.everybodyElseLeaves()) {
            holdAllMembers(organizationId, group, named);
        }
        return new Held<>(group, people.holdAll(organizationId, named));
    }

    /** Adds the first members of a new group. */
    void addFirst(long organizationId, E group, List<MemberReference> members) {
        if (!members.isEmpty()) {
            add(organizationId, group, members, ReferencedMembers.of(people.holdAll(organizationId, ids(members))));
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
        return withMembers ? group.with(membersOfGroups.of(group.id())) : group;
    }

    private List<Group> withMembers(List<Group> groups) {
        if (groups.isEmpty()) {
            return groups;
        }
        List<GroupMembers> members =
                membersOfGroups.of(groups.stream().map(Group::id).toArray(Long[]::new));
        return IntStream.range(0, groups.size())
                .mapToObj(i -> groups.get(i).with(members.get(i)))
                .toList();
    }
}

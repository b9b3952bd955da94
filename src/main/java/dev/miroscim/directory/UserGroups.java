package dev.miroscim.directory;

import static dev.miroscim.directory.MiroRule.GROUP_ADD_KNOWN_MEMBER;
import static dev.miroscim.directory.MiroRule.GROUP_REMOVE_NON_MEMBER;
import static dev.miroscim.directory.MiroRule.USER_GROUP_KNOWN_MEMBER;
import static dev.miroscim.directory.MiroRule.USER_GROUP_MEMBERS;
import static dev.miroscim.directory.MiroRule.USER_GROUP_NAME_UNIQUE;
import static dev.miroscim.directory.RefusedException.Kind.CONFLICT;
import static dev.miroscim.directory.RefusedException.Kind.INVALID_VALUE;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import java.time.Clock;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * User groups and their members. Coming into one and leaving it has none of the consequences that it has with teams: no
 * board moves, nobody is reactivated or leaves the organisation, and there is no last admin.
 */
@Service
public class UserGroups {

    private final EntityManager entities;
    private final Organizations organizations;
    private final People people;
    private final Clock clock;

    UserGroups(EntityManager entities, Organizations organizations, People people, Clock clock) {
        this.entities = entities;
        this.organizations = organizations;
        this.people = people;
        this.clock = clock;
    }

    /** User groups in the order of their ids, from the one after {@code after} on. */
    @Transactional(readOnly = true)
    public Slice<UserGroup> list(long organizationId, long after, int limit) {
        return Slice.of(
                entities.createQuery("""
                                select g from UserGroup g where g.organizationId = :organization and g.id > :after
                                order by g.id
                                """, UserGroup.class)
                        .setParameter("organization", organizationId)
                        .setParameter("after", after)
                        .setMaxResults(limit + 1)
                        .setHint("org.hibernate.readOnly", true)
                        .getResultList(),
                limit);
    }

    /** The user group with this id, refused as not found if there is none. */
    @Transactional(readOnly = true)
    public UserGroup find(long organizationId, long id) {
        return find(organizationId, id, LockModeType.NONE);
    }

    @DirectoryChange
    public UserGroup create(long organizationId, @Nullable String name, @Nullable String description) {
        Names.require("name", name);
        requireFreeName(organizationId, name, 0);
        UserGroup group = new UserGroup(null, organizationId, name, described(description), clock.instant());
        entities.persist(group);
        return group;
    }

    /** Renames a user group and describes it anew; what is null stays. */
    @DirectoryChange
    public UserGroup change(long organizationId, long id, @Nullable String name, @Nullable String description) {
        UserGroup group = hold(organizationId, id);
        if (name != null) {
            rename(organizationId, group, name);
        }
        if (description != null) {
            group.describe(described(description));
        }
        group.touch(clock.instant());
        return group;
    }

    /** Deletes a user group. Its members stay in the organisation and in their teams. */
    @DirectoryChange
    public void delete(long organizationId, long id) {
        entities.remove(hold(organizationId, id));
    }

    /** Members of a user group, from the one after the person {@code after} on; 0 for the first. */
    @Transactional(readOnly = true)
    public Slice<Membership> members(long organizationId, long id, long after, int limit) {
        TypedQuery<Membership> query = entities.createQuery(
                        """
                        select m from UserGroupMember gm join gm.membership m join fetch m.profile
                        where gm.userGroup.id = :group and gm.userGroup.organizationId = :organization
                        """ + (after == 0 ? "" : People.AFTER) + " order by m.id", Membership.class)
                .setParameter("group", id)
                .setParameter("organization", organizationId)
                .setMaxResults(limit + 1)
                .setHint("org.hibernate.readOnly", true);
        if (after != 0) {
            query.setParameter("after", after);
        }
        List<Membership> members = query.getResultList();
        if (members.isEmpty()) {
            find(organizationId, id);
            people.requireCursor(organizationId, after);
        }
        return Slice.of(members, limit);
    }

    /** A member of a user group, refused as not found if the person is none. */
    @Transactional(readOnly = true)
    public Membership member(long organizationId, long id, long personId) {
        find(organizationId, id);
        return entities
                .createQuery("""
                        select m from UserGroupMember gm join gm.membership m join fetch m.profile p
                        where gm.userGroup.id = :group and p.id = :person
                        """, Membership.class)
                .setParameter("group", id)
                .setParameter("person", personId)
                .getResultList()
                .stream()
                .findFirst()
                .orElseThrow(() -> notInGroup(personId));
    }

    /** Adds the person with this e-mail address. */
    @DirectoryChange
    public Membership addMember(long organizationId, long id, String email) {
        Organization organization = organizations.get(organizationId);
        UserGroup group = hold(organizationId, id);
        Membership person =
                people.hold(organization, email).filter(Membership::visible).orElseThrow(() -> unknown(List.of(email)));
        if (join(group, List.of(person)).isEmpty()) {
            throw USER_GROUP_KNOWN_MEMBER.refusal(
                    CONFLICT, "email", "User " + email + " is a member of the user group already");
        }
        return person;
    }

    @DirectoryChange
    public void removeMember(long organizationId, long id, long personId) {
        UserGroup group = hold(organizationId, id);
        if (leave(group, List.of(people.hold(organizationId, personId))).isEmpty()) {
            throw notInGroup(personId);
        }
    }

    /**
     * Adds many at once, all or none.
     *
     * @param named ids and e-mail addresses of members of the organisation
     * @return those who were not in the user group before
     */
    @DirectoryChange
    public List<Membership> addMembers(long organizationId, long id, Collection<String> named) {
        UserGroup group = hold(organizationId, id);
        List<Membership> joining = hold(organizations.get(organizationId), named);
        List<Membership> joined = join(group, joining);
        if (joined.size() < joining.size()) {
            GROUP_ADD_KNOWN_MEMBER.note("membersToAdd");
        }
        return joined;
    }

    /**
     * Removes many at once, all or none.
     *
     * @param named ids and e-mail addresses of members of the organisation
     * @return those who were in the user group before
     */
    @DirectoryChange
    public List<Membership> removeMembers(long organizationId, long id, Collection<String> named) {
        UserGroup group = hold(organizationId, id);
        List<Membership> leaving = hold(organizations.get(organizationId), named);
        List<Membership> left = leave(group, leaving);
        if (left.size() < leaving.size()) {
            GROUP_REMOVE_NON_MEMBER.note("membersToRemove");
        }
        return left;
    }

    /** Holds the user group with this id until the end of the transaction. */
    UserGroup hold(long organizationId, long id) {
        return find(organizationId, id, LockModeType.PESSIMISTIC_WRITE);
    }

    void rename(long organizationId, UserGroup group, String name) {
        Names.require("name", name);
        requireFreeName(organizationId, name, group.id());
        group.rename(name);
    }

    /** Adds people who are held, and returns those who were not in the user group before. */
    List<Membership> join(UserGroup group, Collection<Membership> joining) {
        entities.flush();
        List<?> joined = entities.createNativeQuery("""
                        insert into user_group_member (user_group_id, membership_id, joined_at)
                        select :group, id, :now from unnest(:members) as id
                        on conflict do nothing returning membership_id
                        """, Long.class)
                .setParameter("group", group.id())
                .setParameter("members", ids(joining))
                .setParameter("now", clock.instant())
                .getResultList();
        return only(joining, joined, group);
    }

    /** Removes people who are held, and returns those who were in the user group before. */
    List<Membership> leave(UserGroup group, Collection<Membership> leaving) {
        List<?> left = entities.createNativeQuery("""
                        delete from user_group_member
                        where user_group_id = :group and membership_id = any(:members) returning membership_id
                        """, Long.class)
                .setParameter("group", group.id())
                .setParameter("members", ids(leaving))
                .getResultList();
        return only(leaving, left, group);
    }

    private List<Membership> only(Collection<Membership> people, List<?> changed, UserGroup group) {
        if (!changed.isEmpty()) {
            group.touch(clock.instant());
        }
        Set<?> ids = new HashSet<>(changed);
        return people.stream().filter(person -> ids.contains(person.id())).toList();
    }

    /** Holds the members with these ids and e-mail addresses, refused if one of them is nobody's. */
    private List<Membership> hold(Organization organization, Collection<String> named) {
        Set<Long> ids = new LinkedHashSet<>();
        Set<String> emails = new LinkedHashSet<>();
        for (String name : named) {
            if (name.matches("[0-9]{1,18}|[1-8][0-9]{18}")) {
                ids.add(Long.valueOf(name));
            } else {
                emails.add(name.toLowerCase(Locale.ROOT));
            }
        }
        entities.createNativeQuery("""
                        select 1 from membership m join profile p on p.id = m.profile_id
                        where m.organization_id = :organization and p.universe_id = :universe
                          and (p.id = any(:ids) or lower(p.email) = any(:emails))
                        order by m.id for no key update of m
                        """)
                .setParameter("organization", organization.id())
                .setParameter("universe", organization.universeId())
                .setParameter("ids", ids.toArray(Long[]::new))
                .setParameter("emails", emails.toArray(String[]::new))
                .getResultList();
        List<Membership> found = entities.createQuery("""
                        select m from Membership m join fetch m.profile p
                        where m.organizationId = :organization and p.universeId = :universe
                          and m.status <> REMOVED and m.role in (INTERNAL_ADMIN, INTERNAL_USER)
                          and (p.id in :ids or lower(p.email) in :emails)
                        order by m.id
                        """, Membership.class)
                .setParameter("organization", organization.id())
                .setParameter("universe", organization.universeId())
                .setParameter("ids", ids)
                .setParameter("emails", emails)
                .getResultList();
        for (Membership person : found) {
            ids.remove(person.profileId());
            emails.remove(person.profile().email().toLowerCase(Locale.ROOT));
        }
        if (!ids.isEmpty() || !emails.isEmpty()) {
            throw unknown(Stream.concat(ids.stream(), emails.stream())
                    .map(Object::toString)
                    .toList());
        }
        return found;
    }

    private UserGroup find(long organizationId, long id, LockModeType lock) {
        return read(organizationId, id, lock)
                .orElseThrow(() -> RefusedException.notFound("User group", Long.toString(id)));
    }

    Optional<UserGroup> read(long organizationId, long id, LockModeType lock) {
        return entities
                .createQuery(
                        "select g from UserGroup g where g.organizationId = :organization and g.id = :id",
                        UserGroup.class)
                .setParameter("organization", organizationId)
                .setParameter("id", id)
                .setLockMode(lock)
                .getResultList()
                .stream()
                .findFirst();
    }

    private void requireFreeName(long organizationId, String name, long except) {
        boolean taken = !entities.createQuery("""
                        select g.id from UserGroup g
                        where g.organizationId = :organization and lower(g.name) = lower(:name) and g.id <> :id
                        """, Long.class)
                .setParameter("organization", organizationId)
                .setParameter("name", name)
                .setParameter("id", except)
                .getResultList()
                .isEmpty();
        if (taken) {
            throw USER_GROUP_NAME_UNIQUE.refusal(
                    CONFLICT, "name", "name '" + name + "' is the name of another user group");
        }
    }

    static @Nullable String described(@Nullable String description) {
        return description == null || description.isEmpty()
                ? null
                : Names.requireLength("description", description, UserGroup.LONGEST_DESCRIPTION);
    }

    private static Long[] ids(Collection<Membership> people) {
        return people.stream().map(Membership::id).toArray(Long[]::new);
    }

    private static RefusedException unknown(List<String> named) {
        String shown = named.stream().limit(20).collect(Collectors.joining(", "));
        return USER_GROUP_MEMBERS.refusal(
                INVALID_VALUE,
                "members",
                "Not members of the organization: " + shown + (named.size() > 20 ? ", …" : ""));
    }

    private static RefusedException notInGroup(long personId) {
        return RefusedException.notFound("User group member", Long.toString(personId));
    }
}

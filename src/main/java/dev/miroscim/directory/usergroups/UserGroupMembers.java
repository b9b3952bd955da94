package dev.miroscim.directory.usergroups;

import static dev.miroscim.directory.MiroRule.GROUP_ADD_KNOWN_MEMBER;
import static dev.miroscim.directory.MiroRule.GROUP_REMOVE_NON_MEMBER;
import static dev.miroscim.directory.MiroRule.USER_GROUP_KNOWN_MEMBER;
import static dev.miroscim.directory.MiroRule.USER_GROUP_MEMBERS;
import static dev.miroscim.directory.RefusedException.Kind.CONFLICT;
import static dev.miroscim.directory.RefusedException.Kind.INVALID_VALUE;

import dev.miroscim.directory.DirectoryChange;
import dev.miroscim.directory.LockOrder;
import dev.miroscim.directory.LockOrder.Lock;
import dev.miroscim.directory.RefusedException;
import dev.miroscim.directory.Slice;
import dev.miroscim.directory.audit.AuditEvent.Subject;
import dev.miroscim.directory.organizations.Organization;
import dev.miroscim.directory.organizations.Organizations;
import dev.miroscim.directory.people.MemberReference;
import dev.miroscim.directory.people.Membership;
import dev.miroscim.directory.people.OrganizationMembers;
import dev.miroscim.directory.people.People;
import dev.miroscim.directory.people.Profiles;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Reads and changes who is in which user group. */
@Service
public class UserGroupMembers {

    private final UserGroupMemberRepository members;
    private final EntityManager entities;
    private final Organizations organizations;
    private final UserGroups groups;
    private final People people;
    private final OrganizationMembers organizationMembers;
    private final UserGroupAudit audit;
    private final Clock clock;

    UserGroupMembers(
            UserGroupMemberRepository members,
            EntityManager entities,
            Organizations organizations,
            UserGroups groups,
            People people,
            OrganizationMembers organizationMembers,
            UserGroupAudit audit,
            Clock clock) {
        this.members = members;
        this.entities = entities;
        this.organizations = organizations;
        this.groups = groups;
        this.people = people;
        this.organizationMembers = organizationMembers;
        this.audit = audit;
        this.clock = clock;
    }

    /** Members of a user group, from the one after the person {@code after} on; 0 for the first. */
    @Transactional(readOnly = true)
    public Slice<Membership> members(long organizationId, long id, long after, int limit) {
        Limit most = Limit.of(limit + 1);
        List<Membership> page =
                after == 0 ? members.first(organizationId, id, most) : members.after(organizationId, id, after, most);
        if (page.isEmpty()) {
            groups.find(organizationId, id);
            organizationMembers.requireCursor(organizationId, after);
        }
        return Slice.of(page, limit);
    }

    /** A member of a user group, refused as not found if the person is none. */
    @Transactional(readOnly = true)
    public Membership member(long organizationId, long id, long personId) {
        groups.find(organizationId, id);
        return members.find(id, personId).orElseThrow(() -> notInGroup(personId));
    }

    /** Adds the person with this e-mail address. */
    @DirectoryChange
    public Membership addMember(long organizationId, long id, String email) {
        Organization organization = organizations.get(organizationId);
        UserGroup group = groups.hold(organizationId, id);
        Membership person = people.hold(organization, email)
                .filter(Membership::visible)
                .orElseThrow(() -> USER_GROUP_MEMBERS.refusal(INVALID_VALUE, "email", notMembers(List.of(email))));
        if (add(group, List.of(person)).isEmpty()) {
            throw USER_GROUP_KNOWN_MEMBER.refusal(
                    CONFLICT, "email", "User " + email + " is a member of the user group already");
        }
        return person;
    }

    @DirectoryChange
    public void removeMember(long organizationId, long id, long personId) {
        UserGroup group = groups.hold(organizationId, id);
        if (remove(group, List.of(people.hold(organizationId, personId))).isEmpty()) {
            throw notInGroup(personId);
        }
    }

    /**
     * The outcome of one half of a bulk change.
     *
     * @param affected the people who were added or removed, without those for whom nothing changed; null if the half
     *     was refused
     * @param refusal why some or all of the named people were refused; null if none was
     */
    public record Outcome(
            @Nullable List<Membership> affected, @Nullable String refusal) {}

    /** The outcomes of the additions and of the removals of a bulk change. */
    public record BulkChange(Outcome added, Outcome removed) {}

    /**
     * Adds and removes many people, named by ids or e-mail addresses. Adding may succeed in part, as Miro's reference
     * says: members of the organisation are added and the others reported. Removing is all or nothing. The two halves
     * are independent.
     */
    @DirectoryChange
    public BulkChange changeMembers(
            long organizationId, long id, Collection<String> adding, Collection<String> removing) {
        UserGroup group = groups.hold(organizationId, id);
        Named named = hold(
                organizations.get(organizationId),
                Stream.concat(adding.stream(), removing.stream()).toList());
        return new BulkChange(addNamed(group, named, adding), removeNamed(group, named, removing));
    }

    private Outcome addNamed(UserGroup group, Named named, Collection<String> adding) {
        List<Membership> joining = named.known(adding);
        List<Membership> joined = joining.isEmpty() ? List.of() : add(group, joining);
        if (joined.size() < joining.size()) {
            GROUP_ADD_KNOWN_MEMBER.note("membersToAdd");
        }
        String refusal = refusal("membersToAdd", named.unknown(adding));
        return new Outcome(refusal != null && joining.isEmpty() ? null : joined, refusal);
    }

    private Outcome removeNamed(UserGroup group, Named named, Collection<String> removing) {
        String refusal = refusal("membersToRemove", named.unknown(removing));
        if (refusal != null) {
            return new Outcome(null, refusal);
        }
        List<Membership> leaving = named.known(removing);
        List<Membership> left = leaving.isEmpty() ? List.of() : remove(group, leaving);
        if (left.size() < leaving.size()) {
            GROUP_REMOVE_NON_MEMBER.note("membersToRemove");
        }
        return new Outcome(left, null);
    }

    private static @Nullable String refusal(String attribute, List<String> unknown) {
        if (unknown.isEmpty()) {
            return null;
        }
        String refusal = notMembers(unknown);
        USER_GROUP_MEMBERS.note(attribute, refusal);
        return refusal;
    }

    /** Adds people who are held, and returns those who were not in the user group before. */
    public List<Membership> add(UserGroup group, Collection<Membership> joining) {
        entities.flush();
        List<?> joined = entities.createNativeQuery("""
                        with joined as (
                          insert into user_group_member (user_group_id, membership_id, joined_at)
                          select :group, id, :now from unnest(:members) as id
                          on conflict do nothing returning membership_id),
                        touched as (
                          update user_group set modified_at = :now where id = :group and exists (select 1 from joined))
                        select membership_id from joined
                        """, Long.class)
                .setParameter("group", group.id())
                .setParameter("members", ids(joining))
                .setParameter("now", clock.instant())
                .getResultList();
        List<Membership> newcomers = only(joining, joined);
        audit.joined(group, newcomers.stream().map(Membership::id).toList());
        return newcomers;
    }

    /** Removes people who are held, and returns those who were in the user group before. */
    public List<Membership> remove(UserGroup group, Collection<Membership> leaving) {
        List<?> left = entities.createNativeQuery("""
                        with gone as (
                          delete from user_group_member
                          where user_group_id = :group and membership_id = any(:members) returning membership_id),
                        touched as (
                          update user_group set modified_at = :now where id = :group and exists (select 1 from gone))
                        select membership_id from gone
                        """, Long.class)
                .setParameter("group", group.id())
                .setParameter("members", ids(leaving))
                .setParameter("now", clock.instant())
                .getResultList();
        List<Membership> gone = only(leaving, left);
        audit.left(group, gone.stream().map(Membership::id).toList());
        return gone;
    }

    /**
     * Removes everybody except these people, in one statement for any number. People who leave a user group need not
     * be held, since no rule asks about them.
     */
    public void removeAllBut(UserGroup group, Collection<Membership> staying) {
        List<Long> left = entities.unwrap(Session.class)
                .createNativeQuery("""
                        delete from user_group_member
                        where user_group_id = :group and membership_id <> all(:staying) returning membership_id
                        """, Long.class)
                .setParameter("group", group.id())
                .setParameter("staying", ids(staying))
                .getResultList();
        if (!left.isEmpty()) {
            group.touch(clock.instant());
            audit.left(group, left);
        }
    }

    /** Removes people from all user groups, by the ids of their memberships. */
    public void removeFromAll(long organizationId, Long[] leaving) {
        entities.unwrap(Session.class)
                .createNativeQuery("""
                        with gone as (
                          delete from user_group_member where membership_id = any(:leaving)
                          returning user_group_id, membership_id)
                        select u.id, u.name, g.membership_id
                        from gone g join user_group u on u.id = g.user_group_id order by g.membership_id, u.id
                        """, Object[].class)
                .addScalar("id", Long.class)
                .addScalar("name", String.class)
                .addScalar("membership_id", Long.class)
                .setParameter("leaving", leaving)
                .getResultList()
                .forEach(row -> audit.left(organizationId, new Subject((Long) row[0], (String) row[1]), (Long) row[2]));
    }

    private static List<Membership> only(Collection<Membership> people, List<?> changed) {
        Set<?> ids = new HashSet<>(changed);
        return people.stream().filter(person -> ids.contains(person.id())).toList();
    }

    /** Members of an organisation, by the id or address in the request. */
    private record Named(Map<String, Membership> people) {

        List<Membership> known(Collection<String> names) {
            return names.stream()
                    .map(people::get)
                    .filter(Objects::nonNull)
                    .distinct()
                    .toList();
        }

        List<String> unknown(Collection<String> names) {
            return names.stream()
                    .filter(name -> !people.containsKey(name))
                    .distinct()
                    .toList();
        }
    }

    /** Holds those of the people with these ids and e-mail addresses who are members of the organisation. */
    private Named hold(Organization organization, Collection<String> names) {
        Set<Long> ids = new LinkedHashSet<>();
        Set<String> emails = new LinkedHashSet<>();
        for (String name : names) {
            long id = MemberReference.number(name);
            if (id > 0) {
                ids.add(id);
            } else {
                emails.add(name);
            }
        }
        LockOrder.take(Lock.MEMBERSHIP, organization.id());
        Map<String, Long> named = new HashMap<>();
        entities.unwrap(Session.class)
                .createNativeQuery("""
                        with named as (
                            select n.name, m.id from unnest(:emails) as n (name)
                            join profile p on %s
                            join membership m on m.organization_id = :organization and m.profile_id = p.id
                            union all
                            select cast(n.id as text), m.id from unnest(:ids) as n (id)
                            join membership m on m.organization_id = :organization and m.profile_id = n.id)
                        select n.name as name, m.id as id from named n join membership m on m.id = n.id
                        order by m.id for no key update of m
                        """.formatted(Profiles.hasEmail("n.name")), Object[].class)
                .addScalar("name", String.class)
                .addScalar("id", Long.class)
                .setParameter("organization", organization.id())
                .setParameter("universe", organization.universeId())
                .setParameter("ids", ids.toArray(Long[]::new))
                .setParameter("emails", emails.toArray(String[]::new))
                .getResultList()
                .forEach(row -> named.put((String) row[0], (Long) row[1]));
        Map<Long, Membership> visible = members.visible(Set.copyOf(named.values())).stream()
                .collect(Collectors.toMap(Membership::id, person -> person));
        named.values().retainAll(visible.keySet());
        Map<String, Membership> people = new HashMap<>();
        named.forEach((name, id) -> people.put(name, visible.get(id)));
        return new Named(people);
    }

    private static Long[] ids(Collection<Membership> people) {
        return people.stream().map(Membership::id).toArray(Long[]::new);
    }

    private static String notMembers(List<String> named) {
        String shown = named.stream().limit(20).collect(Collectors.joining(", "));
        return "Not members of the organization: " + shown + (named.size() > 20 ? ", …" : "");
    }

    private static RefusedException notInGroup(long personId) {
        return RefusedException.notFound("User group member", Long.toString(personId));
    }
}

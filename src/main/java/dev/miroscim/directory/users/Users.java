package dev.miroscim.directory.users;

import static dev.miroscim.directory.MiroRule.COMPANY_ADMIN_NOT_DEACTIVATED;
import static dev.miroscim.directory.MiroRule.CREATED_DEACTIVATED;
import static dev.miroscim.directory.MiroRule.DEACTIVATED_USER_FROZEN;
import static dev.miroscim.directory.MiroRule.DEACTIVATED_USER_IS_TAKEN;
import static dev.miroscim.directory.MiroRule.DEACTIVATION_KEEPS_TEAMS;
import static dev.miroscim.directory.MiroRule.DELETED_USER_CREATED_AGAIN;
import static dev.miroscim.directory.MiroRule.EMAILS_DERIVED_FROM_USER_NAME;
import static dev.miroscim.directory.MiroRule.EMAILS_FILTER_WITHOUT_TARGET;
import static dev.miroscim.directory.MiroRule.EXISTING_PROFILE_JOINS;
import static dev.miroscim.directory.MiroRule.FULL_NAME_RESOLUTION;
import static dev.miroscim.directory.MiroRule.GUESTS_INVISIBLE;
import static dev.miroscim.directory.MiroRule.GUEST_CREATED_IS_PROMOTED;
import static dev.miroscim.directory.MiroRule.MANAGER_VALUE_NUMERIC;
import static dev.miroscim.directory.MiroRule.NEW_USERS_JOIN_DEFAULT_TEAM;
import static dev.miroscim.directory.MiroRule.PUT_KEEPS_ABSENT_ATTRIBUTES;
import static dev.miroscim.directory.RefusedException.Kind.CONFLICT;
import static dev.miroscim.directory.RefusedException.Kind.NOT_FOUND;
import static dev.miroscim.directory.RefusedException.Kind.NO_TARGET;
import static dev.miroscim.directory.people.UserAttribute.MANAGER;
import static dev.miroscim.directory.people.UserAttribute.MANAGER_NAME;
import static dev.miroscim.directory.people.UserAttribute.PHOTO;
import static dev.miroscim.directory.people.UserAttribute.PREFERRED_LANGUAGE;
import static dev.miroscim.directory.people.UserAttribute.USER_NAME;
import static dev.miroscim.directory.people.UserAttribute.USER_TYPE;

import dev.miroscim.directory.DirectoryChange;
import dev.miroscim.directory.ListQuery;
import dev.miroscim.directory.Listing;
import dev.miroscim.directory.RefusedException;
import dev.miroscim.directory.Texts;
import dev.miroscim.directory.audit.AuditEvent.Subject;
import dev.miroscim.directory.audit.AuditTrail;
import dev.miroscim.directory.audit.AuditTrail.Seat;
import dev.miroscim.directory.organizations.License;
import dev.miroscim.directory.organizations.LicenseAssignment;
import dev.miroscim.directory.organizations.Organization;
import dev.miroscim.directory.organizations.OrganizationSettings.EmailWrites;
import dev.miroscim.directory.organizations.OrganizationSettings.GroupModel;
import dev.miroscim.directory.organizations.OrganizationSettings.Policy;
import dev.miroscim.directory.organizations.Organizations;
import dev.miroscim.directory.people.FullName;
import dev.miroscim.directory.people.GroupRef;
import dev.miroscim.directory.people.Membership;
import dev.miroscim.directory.people.Membership.Status;
import dev.miroscim.directory.people.OrganizationRole;
import dev.miroscim.directory.people.Profile;
import dev.miroscim.directory.people.UserAttribute;
import dev.miroscim.directory.people.UserChanges;
import dev.miroscim.directory.people.UserChanges.Emails;
import dev.miroscim.directory.people.UserNames;
import dev.miroscim.directory.teams.Boards;
import dev.miroscim.directory.teams.LastAdminRule;
import dev.miroscim.directory.teams.Team;
import dev.miroscim.directory.teams.TeamRole;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The members of organisations, as far as SCIM sees them, and what happens to them. */
@Service
public class Users {

    /** The ways to say the one name. */
    private static final Set<UserAttribute> NAMES =
            EnumSet.range(UserAttribute.DISPLAY_NAME, UserAttribute.FAMILY_NAME);

    private static final Set<UserAttribute> ENTERPRISE =
            EnumSet.range(UserAttribute.EMPLOYEE_NUMBER, UserAttribute.MANAGER_NAME);

    private static final int MOST_ATTEMPTS_TO_LOCK = 20;

    private final EntityManager entities;
    private final Organizations organizations;
    private final UserPages lists;
    private final UserNames userNames;
    private final LicenseAssignment licenses;
    private final UserRoles roles;
    private final LastAdminRule admins;
    private final Boards boards;
    private final AuditTrail audit;
    private final Clock clock;

    Users(
            EntityManager entities,
            Organizations organizations,
            UserPages lists,
            UserNames userNames,
            LicenseAssignment licenses,
            UserRoles roles,
            LastAdminRule admins,
            Boards boards,
            AuditTrail audit,
            Clock clock) {
        this.entities = entities;
        this.organizations = organizations;
        this.lists = lists;
        this.userNames = userNames;
        this.licenses = licenses;
        this.roles = roles;
        this.admins = admins;
        this.boards = boards;
        this.audit = audit;
        this.clock = clock;
    }

    /** Members that the query's filter matches, guests and removed ones left out. */
    @Transactional(readOnly = true)
    public Listing<User> list(long organizationId, ListQuery<Membership> query) {
        return lists.list(organizationId, query);
    }

    /** The member with this id. Refused as not found if there is none, or only a guest. */
    @Transactional(readOnly = true)
    public User find(long organizationId, long id, boolean withGroups) {
        Membership membership = requireVisible(read(organizationId, id), id);
        return withGroups ? lists.withGroups(membership) : new User(membership, List.of());
    }

    /**
     * Makes somebody a member: a new person, one who is known elsewhere in Miro, a guest, or one who was deleted.
     *
     * @param decide what the caller asks for; read here, so that a refusal is told of and not what it would have
     *     ignored
     * @param withGroups whether the caller wants to know the groups, if it takes a statement to find them
     */
    @DirectoryChange
    public User create(long organizationId, Supplier<UserChanges> decide, boolean withGroups) {
        UserChanges wanted = decide.get();
        Organization organization = organizations.get(organizationId);
        checkEmails(organization, wanted);
        checkLengths(wanted, null);
        String email = userNames.required(wanted.text(USER_NAME));
        userNames.checkAllowed(organization, email);
        noteEmails(wanted, email);
        boolean active = !Boolean.FALSE.equals(wanted.active());

        Address address = address(organization, email);
        KnownPerson known = address.owner();
        Membership membership = known == null
                ? null
                : lock(organizationId, known.id()).stream().findFirst().orElse(null);
        Profile profile = membership == null ? null : membership.profile();
        if (profile == null && known != null) {
            // Other organisations that the person is in change the profile as well.
            profile = entities.find(Profile.class, known.id(), LockModeType.PESSIMISTIC_WRITE);
        }
        if (profile != null && !profile.email().equals(known.email())) {
            throw new PessimisticLockingFailureException("the person got another address before the row was held");
        }
        if (membership != null && membership.visible()) {
            return createExisting(organization, membership, wanted, email);
        }
        boolean guest = membership != null && membership.status() != Status.REMOVED;
        if (guest) {
            promoteGuest(organization, email);
        } else if (membership != null) {
            DELETED_USER_CREATED_AGAIN.note("userName");
        }

        FullName name = FullName.resolve(profile == null ? null : profile.ownName(), wanted, email);
        License license = licenses.forNewMember(organization, wanted.text(USER_TYPE), active);
        if (profile == null) {
            profile = new Profile(
                    address.freeId() - 1,
                    organization.universeId(),
                    email,
                    name.value(),
                    organization.settings().newUsersRegistered());
        } else {
            if (membership == null) {
                EXISTING_PROFILE_JOINS.note("userName");
            }
            audit.watch(organizationId, profile);
            profile.changeEmail(email);
        }
        Instant now = clock.instant();
        boolean first = membership == null;
        if (first) {
            membership = new Membership(
                    address.freeId(), organizationId, profile, OrganizationRole.INTERNAL_USER, license, now);
            audit.watchNewcomer(membership);
        } else {
            membership.join(license, now);
        }
        profile.rename(name);
        describe(membership, wanted);
        roles.assign(membership, roles.read(organization, membership, wanted));
        if (!active) {
            CREATED_DEACTIVATED.note("active");
            membership.become(Status.DEACTIVATED);
        }
        // Only now that they are complete: what is persisted first is updated for everything that follows.
        entities.persist(profile);
        entities.persist(membership);
        entities.flush();
        if (guest) {
            settle(List.of(membership));
        }
        List<GroupRef> joined = joinDefaultTeams(membership);
        if (!withGroups || (first && organization.settings().groupModel() == GroupModel.TEAMS)) {
            return new User(membership, joined);
        }
        return lists.withGroups(membership);
    }

    /**
     * Changes a member.
     *
     * @param decide what to change, told from the member as it is while nobody else can change it
     */
    @DirectoryChange
    public User change(long organizationId, long id, Function<User, UserChanges> decide) {
        Organization organization = organizations.get(organizationId);
        Membership membership = requireVisible(lock(organizationId, id), id);
        List<TeamPlace> places = places(membership);
        User member = withGroups(organization, membership, places);
        UserChanges wanted = decide.apply(member);
        checkEmails(organization, wanted);
        checkLengths(wanted, membership);

        Membership.State before = membership.state();
        boolean activeBefore = membership.active();
        License licenseBefore = membership.license();
        boolean active = Objects.requireNonNullElse(wanted.active(), activeBefore);
        boolean frozen = !activeBefore && !active;
        if (active && !activeBefore) {
            reactivate(organization, membership);
        }
        Profile profile = membership.profile();
        FullName formerName = profile.ownName();
        Map<UserAttribute, String> clearedNames = clearedNames(membership, wanted);
        changeUserName(organization, profile, wanted, frozen);
        noteEmails(wanted, profile.email());
        changeLicense(organization, membership, licenseBefore, wanted, frozen);
        changeRoles(organization, membership, wanted, frozen);
        describe(membership, wanted);
        profile.rename(FullName.resolve(formerName, wanted, profile.email()));
        clearedNames.forEach((name, former) -> {
            if (former.equals(membership.text(name))) {
                FULL_NAME_RESOLUTION.note(name.wireName(), name.wireName() + " follows from what is left of the name.");
            }
        });
        if (activeBefore && !active) {
            deactivate(organization, membership, places);
        }
        if (!membership.state().equals(before)) {
            membership.touch(clock.instant());
        }
        entities.flush();
        return member;
    }

    /** The names that the member has and {@code wanted} takes away, as they are. */
    private static Map<UserAttribute, String> clearedNames(Membership member, UserChanges wanted) {
        Map<UserAttribute, String> cleared = new EnumMap<>(UserAttribute.class);
        for (UserAttribute name : NAMES) {
            String text = member.text(name);
            if (text != null && wanted.names(name) && wanted.text(name) == null) {
                cleared.put(name, text);
            }
        }
        return cleared;
    }

    /**
     * Changes a member to what a whole resource says; what it does not name stays.
     *
     * @param decide what it says, told from the member as it is while nobody else can change it
     */
    @DirectoryChange
    public User replace(long organizationId, long id, Function<User, UserChanges> decide) {
        return change(organizationId, id, member -> {
            UserChanges wanted = decide.apply(member);
            userNames.required(wanted.text(USER_NAME));
            List<String> kept = absent(wanted, member.membership());
            if (!kept.isEmpty()) {
                PUT_KEEPS_ABSENT_ATTRIBUTES.note(null, "Not named and kept: " + String.join(", ", kept) + ".");
            }
            return wanted;
        });
    }

    /** What {@code member} has and {@code wanted} does not name. */
    private static List<String> absent(UserChanges wanted, Membership member) {
        List<String> absent = new ArrayList<>();
        for (UserAttribute attribute : UserAttribute.values()) {
            boolean named =
                    NAMES.contains(attribute) ? NAMES.stream().anyMatch(wanted::names) : wanted.names(attribute);
            if (!named && member.text(attribute) != null) {
                absent.add(attribute.wireName());
            }
        }
        if (!wanted.namesActive()) {
            absent.add("active");
        }
        if (wanted.organizationRole() == null && wanted.adminRoles() == null) {
            absent.add("roles");
        }
        return absent;
    }

    /** Removes a member from the organisation. The profile stays in Miro, and the id comes back with the person. */
    @DirectoryChange
    public void delete(long organizationId, long id) {
        Membership membership = requireVisible(lock(organizationId, id), id);
        admins.keepLastCompanyAdmin(List.of(membership), "id");
        admins.keepLastTeamAdmin(membership, administered(places(membership)));
        leaveOrganization(organizationId, List.of(membership.id()));
    }

    /**
     * The end of memberships of one organisation, whose rows are locked and whose rules have been asked. Admin roles
     * end with the organisation role, and what the organisation noted about the people goes too. There may be any
     * number of them, so it happens in the database, and what was read of them before is not true any more.
     */
    public void leaveOrganization(long organizationId, Collection<Long> memberships) {
        if (memberships.isEmpty()) {
            return;
        }
        entities.flush();
        boards.handOver(organizationId, null, memberships);
        Long[] leaving = memberships.toArray(Long[]::new);
        leaveTeams(organizationId, leaving);
        leaveUserGroups(organizationId, leaving);
        entities.createNativeQuery("""
                        update membership set status = 'REMOVED', role = 'INTERNAL_USER', admin_roles = '{}',
                          employee_number = null, cost_center = null, organization_unit = null, division = null,
                          department = null, manager_id = null, manager_name = null, last_activity_at = null,
                          modified_at = :now
                        where id = any(:leaving)
                        """)
                .setParameter("leaving", leaving)
                .setParameter("now", clock.instant())
                .executeUpdate();
        audit.leftOrganization(organizationId, memberships);
    }

    private void leaveTeams(long organizationId, Long[] leaving) {
        audit.moved(organizationId, Seat.read(entities, """
                        with gone as (
                          delete from team_member where membership_id = any(:members)
                          returning team_id, membership_id, role)
                        select t.id as team_id, t.name as team_name, g.membership_id as member, g.role as former,
                          cast(null as text) as role
                        from gone g join team t on t.id = g.team_id order by g.membership_id, t.id
                        """, query -> query.setParameter("members", leaving)));
    }

    /** Takes people out of all user groups, which only members of the organisation are in. */
    public void leaveUserGroups(long organizationId, Long[] leaving) {
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

    /** Makes a deactivated member active again, as far as there is a seat. */
    public void reactivate(Organization organization, Membership membership) {
        membership.assign(licenses.forReactivated(organization, membership.license()), clock.instant());
        membership.become(Status.ACTIVE);
        membership.touch(clock.instant());
    }

    /** Makes members of teams of those who were guests in them and are members of the organisation now. */
    public void settle(List<Membership> formerGuests) {
        if (formerGuests.isEmpty()) {
            return;
        }
        entities.flush();
        Long[] members = formerGuests.stream().map(Membership::id).toArray(Long[]::new);
        audit.moved(
                formerGuests.getFirst().organizationId(),
                Seat.read(entities, """
                        update team_member tm set role = 'MEMBER'
                        from team_member former join team t on t.id = former.team_id
                        where former.team_id = tm.team_id and former.membership_id = tm.membership_id
                          and tm.membership_id = any(:members) and tm.role in ('NON_TEAM', 'TEAM_GUEST')
                        returning t.id as team_id, t.name as team_name, tm.membership_id as member, former.role as former, tm.role as role
                        """, query -> query.setParameter("members", members)));
    }

    /** Adds a member to every default team of the organisation. */
    public List<GroupRef> joinDefaultTeams(Membership membership) {
        List<GroupRef> joined = entities
                .unwrap(Session.class)
                .createNativeQuery("""
                        with joined as (
                            insert into team_member (team_id, membership_id, role, joined_at)
                            select id, :membership, 'MEMBER', :now from team
                            where organization_id = :organization and default_team
                            on conflict do nothing returning team_id)
                        select t.id, t.group_name, t.name
                        from joined join team t on t.id = joined.team_id order by t.id
                        """, Object[].class)
                .addScalar("id", Long.class)
                .addScalar("group_name", String.class)
                .addScalar("name", String.class)
                .setParameter("membership", membership.id())
                .setParameter("organization", membership.organizationId())
                .setParameter("now", clock.instant())
                .getResultList()
                .stream()
                .map(row -> {
                    audit.moved(
                            membership.organizationId(),
                            List.of(new Seat(
                                    new Subject((Long) row[0], (String) row[2]),
                                    membership.id(),
                                    null,
                                    TeamRole.MEMBER)));
                    return new GroupRef((Long) row[0], (String) row[1]);
                })
                .toList();
        if (!joined.isEmpty()) {
            NEW_USERS_JOIN_DEFAULT_TEAM.note("groups");
        }
        return joined;
    }

    private User createExisting(Organization organization, Membership membership, UserChanges wanted, String email) {
        if (membership.active()) {
            throw userNames.takenOnCreate(email);
        }
        if (organization.settings().createDeactivated() == Policy.REFUSE) {
            throw DEACTIVATED_USER_IS_TAKEN.refusal(
                    CONFLICT, USER_NAME.wireName(), email + " is not unique: the user exists and is deactivated");
        }
        DEACTIVATED_USER_IS_TAKEN.note("active", "The deactivated user was reactivated instead of created.");
        return change(
                membership.organizationId(),
                membership.profileId(),
                current -> wanted.active() == null ? wanted.setActive(true) : wanted);
    }

    private static void promoteGuest(Organization organization, String email) {
        if (organization.settings().createGuest() == Policy.REFUSE) {
            throw GUEST_CREATED_IS_PROMOTED.refusal(
                    CONFLICT, USER_NAME.wireName(), email + " is not unique: the user is a guest of the organisation");
        }
        GUEST_CREATED_IS_PROMOTED.note("roles", "The guest became a member.");
    }

    private void changeUserName(Organization organization, Profile profile, UserChanges wanted, boolean frozen) {
        if (!wanted.names(USER_NAME)) {
            return;
        }
        String email = userNames.required(wanted.text(USER_NAME));
        if (email.equalsIgnoreCase(profile.email())) {
            // Another spelling of the same address: nothing that a domain or a state could stand in the way of.
            profile.changeEmail(email);
        } else if (!keepsFrozen(organization, frozen, USER_NAME.wireName())) {
            userNames.checkChange(organization, profile, email);
            profile.changeEmail(email);
        }
    }

    /** @param before the licence that the caller saw, which the way back from deactivation may have lost to others */
    private void changeLicense(
            Organization organization, Membership membership, License before, UserChanges wanted, boolean frozen) {
        String userType = wanted.text(USER_TYPE);
        if (!wanted.names(USER_TYPE) || before.wireName().equalsIgnoreCase(userType)) {
            return;
        }
        if (!keepsFrozen(organization, frozen && userType != null, USER_TYPE.wireName())) {
            membership.assign(licenses.change(organization, membership, userType), clock.instant());
        }
    }

    private void changeRoles(Organization organization, Membership membership, UserChanges wanted, boolean frozen) {
        UserRoles.Asked asked = roles.read(organization, membership, wanted);
        if (asked.differFrom(membership) && !keepsFrozen(organization, frozen, "roles")) {
            roles.change(membership, asked);
        }
    }

    private void deactivate(Organization organization, Membership membership, List<TeamPlace> places) {
        if (membership.role() == OrganizationRole.INTERNAL_ADMIN) {
            if (organization.settings().deactivateCompanyAdmin() == Policy.REFUSE) {
                throw COMPANY_ADMIN_NOT_DEACTIVATED.refusal(
                        CONFLICT,
                        "active",
                        "User " + membership.profileId()
                                + " is a company admin; revoke the admin role before deactivating");
            }
            admins.keepLastCompanyAdmin(List.of(membership), "active");
        }
        admins.keepSoleTeamAdminActive(membership, administered(places));
        membership.become(Status.DEACTIVATED);
        DEACTIVATION_KEEPS_TEAMS.note("active");
    }

    /** Whether a deactivated user's attribute stays as it is; refused unless settings say to ignore the change. */
    private static boolean keepsFrozen(Organization organization, boolean frozen, String attribute) {
        if (!frozen) {
            return false;
        }
        String detail = attribute + " of a deactivated user cannot be changed";
        if (organization.settings().frozenAttributes() == Policy.REFUSE) {
            throw DEACTIVATED_USER_FROZEN.refusal(CONFLICT, attribute, detail);
        }
        DEACTIVATED_USER_FROZEN.note(attribute, detail + "; the change was ignored.");
        return true;
    }

    public static void describe(Membership membership, UserChanges wanted) {
        Profile profile = membership.profile();
        if (wanted.names(PHOTO)) {
            profile.changePhotoUrl(wanted.text(PHOTO));
        }
        if (wanted.names(PREFERRED_LANGUAGE)) {
            profile.changePreferredLanguage(wanted.text(PREFERRED_LANGUAGE));
        }
        Long manager = membership.managerId();
        for (UserAttribute attribute : ENTERPRISE) {
            if (wanted.names(attribute) && accepts(attribute, wanted.text(attribute))) {
                membership.describe(attribute, wanted.text(attribute));
            }
        }
        // A name that came with the former manager would be wrong of the new one.
        if (!wanted.names(MANAGER_NAME) && !Objects.equals(manager, membership.managerId())) {
            membership.describe(MANAGER_NAME, null);
        }
    }

    private static boolean accepts(UserAttribute attribute, @Nullable String value) {
        if (attribute != MANAGER || value == null) {
            return true;
        }
        try {
            if (!value.equals(Long.toString(Long.parseLong(value)))) {
                MANAGER_VALUE_NUMERIC.note(MANAGER.wireName());
            }
            return true;
        } catch (NumberFormatException e) {
            MANAGER_VALUE_NUMERIC.note(MANAGER.wireName());
            return false;
        }
    }

    private static void checkEmails(Organization organization, UserChanges wanted) {
        if (wanted.emails() == Emails.FILTERED && organization.settings().emailWrites() == EmailWrites.STRICT) {
            throw EMAILS_FILTER_WITHOUT_TARGET.refusal(
                    NO_TARGET, "emails", "Attribute emails does not have a multi-valued or complex value");
        }
    }

    private static void noteEmails(UserChanges wanted, String email) {
        if (wanted.asksOtherEmailsThan(email)) {
            EMAILS_DERIVED_FROM_USER_NAME.note("emails");
        }
    }

    /**
     * Refuses values that are longer than Miro keeps them.
     *
     * @param current the member so far, who can be told again what it has: a name that is an address may be longer
     */
    public static void checkLengths(UserChanges wanted, @Nullable Membership current) {
        for (UserAttribute attribute : wanted.attributes()) {
            String value = wanted.text(attribute);
            // Licences and managers have rules of their own for what they cannot be.
            boolean limited = value != null && attribute != USER_TYPE && attribute != MANAGER;
            if (limited && (current == null || !value.equals(current.text(attribute)))) {
                Texts.check(attribute.wireName(), value, attribute.maxLength());
            }
        }
    }

    private record KnownPerson(long id, String email) {}

    /**
     * An address in the organisation's universe, read together with ids for somebody who does not have any: a statement
     * is saved with every new user, and of ids there are enough.
     *
     * @param freeId nobody's id; those of the fifty that end with it are this transaction's
     */
    private record Address(long freeId, @Nullable KnownPerson owner) {}

    private Address address(Organization organization, String email) {
        Object[] row = entities.unwrap(Session.class)
                .createNativeQuery("""
                        select nextval('miro_id') as free_id, p.id, p.email
                        from (select 1) as one
                        left join profile p on p.universe_id = :universe and lower(p.email) = lower(:email)
                        """, Object[].class)
                .addScalar("free_id", Long.class)
                .addScalar("id", Long.class)
                .addScalar("email", String.class)
                .setParameter("universe", organization.universeId())
                .setParameter("email", email)
                .getSingleResult();
        return new Address((Long) row[0], row[1] == null ? null : new KnownPerson((Long) row[1], (String) row[2]));
    }

    public List<Membership> read(long organizationId, long id) {
        return entities.createQuery("""
                        select m from Membership m join fetch m.profile
                        where m.organizationId = :organization and m.profile.id = :id
                        """, Membership.class)
                .setParameter("organization", organizationId)
                .setParameter("id", id)
                .getResultList();
    }

    /** Holds the membership and its profile, and reads them only then: both have to be as new as the lock. */
    public List<Membership> lock(long organizationId, long id) {
        return lock(organizationId, id, MOST_ATTEMPTS_TO_LOCK);
    }

    private List<Membership> lock(long organizationId, long id, int attempts) {
        List<?> locked = entities.createNativeQuery("""
                        select m.id from membership m join profile p on p.id = m.profile_id
                        where m.organization_id = :organization and m.profile_id = :id
                        for no key update
                        """, Long.class)
                .setParameter("organization", organizationId)
                .setParameter("id", id)
                .getResultList();
        List<Membership> held = read(organizationId, id);
        if (!held.stream().map(Membership::id).toList().equals(locked)) {
            // A reset has put another row in the place of the one that this transaction waited for.
            if (attempts > 0 && locked.isEmpty()) {
                return lock(organizationId, id, attempts - 1);
            }
            throw new PessimisticLockingFailureException("the membership was replaced before the row was held");
        }
        audit.watch(held);
        return held;
    }

    private static Membership requireVisible(List<Membership> found, long id) {
        Membership membership = found.isEmpty() ? null : found.getFirst();
        if (membership != null && membership.visible()) {
            return membership;
        }
        if (membership != null && !membership.role().isMember() && membership.status() != Status.REMOVED) {
            throw GUESTS_INVISIBLE.refusal(NOT_FOUND, "id", RefusedException.NO_RESOURCE.formatted(id));
        }
        throw RefusedException.noResource(id);
    }

    private record TeamPlace(Team team, TeamRole role) {
        GroupRef group() {
            return new GroupRef(team.id(), team.groupName());
        }
    }

    /** Spares the statement where the member's groups are the teams that are known already. */
    private User withGroups(Organization organization, Membership membership, List<TeamPlace> places) {
        return organization.settings().groupModel() == GroupModel.TEAMS
                ? new User(membership, places.stream().map(TeamPlace::group).toList())
                : lists.withGroups(membership);
    }

    private List<TeamPlace> places(Membership membership) {
        return entities.createQuery("""
                        select tm.team, tm.role from TeamMember tm where tm.membership = :member order by tm.team.id
                        """, TeamPlace.class)
                .setParameter("member", membership)
                .getResultList();
    }

    private static List<Team> administered(List<TeamPlace> places) {
        return places.stream()
                .filter(place -> place.role() == TeamRole.ADMIN)
                .map(TeamPlace::team)
                .toList();
    }
}

package dev.miroscim.directory.users;

import static dev.miroscim.directory.MiroRule.CREATED_DEACTIVATED;
import static dev.miroscim.directory.MiroRule.DEACTIVATED_USER_IS_TAKEN;
import static dev.miroscim.directory.MiroRule.DELETED_USER_CREATED_AGAIN;
import static dev.miroscim.directory.MiroRule.EXISTING_PROFILE_JOINS;
import static dev.miroscim.directory.MiroRule.GUEST_CREATED_IS_PROMOTED;
import static dev.miroscim.directory.RefusedException.Kind.CONFLICT;
import static dev.miroscim.directory.people.UserAttribute.USER_NAME;
import static dev.miroscim.directory.people.UserAttribute.USER_TYPE;

import dev.miroscim.directory.DirectoryChange;
import dev.miroscim.directory.organizations.License;
import dev.miroscim.directory.organizations.LicenseAssignment;
import dev.miroscim.directory.organizations.Organization;
import dev.miroscim.directory.organizations.OrganizationSettings.GroupModel;
import dev.miroscim.directory.organizations.OrganizationSettings.Policy;
import dev.miroscim.directory.organizations.Organizations;
import dev.miroscim.directory.people.FullName;
import dev.miroscim.directory.people.GroupRef;
import dev.miroscim.directory.people.Membership;
import dev.miroscim.directory.people.Membership.Status;
import dev.miroscim.directory.people.OrganizationRole;
import dev.miroscim.directory.people.People;
import dev.miroscim.directory.people.PeopleAudit;
import dev.miroscim.directory.people.Profile;
import dev.miroscim.directory.people.Profiles;
import dev.miroscim.directory.people.UserChanges;
import dev.miroscim.directory.people.UserNames;
import dev.miroscim.directory.teams.DefaultTeams;
import dev.miroscim.directory.teams.MemberPromotion;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;

/** Creates users. */
@Service
public class CreateUser {

    private static final String ADDRESS =
            """
            select nextval('miro_id'), p.id, p.email
            from (select cast(%s as text)) as adding
            left join profile p on %s
            """.formatted(Organizations.ADDS_PEOPLE, Profiles.hasEmail("?")).replace(":universe", "?");

    private final EntityManager entities;
    private final JdbcTemplate database;
    private final Organizations organizations;
    private final People people;
    private final UserNames userNames;
    private final LicenseAssignment licenses;
    private final UserRoles roles;
    private final MemberPromotion promotion;
    private final DefaultTeams defaultTeams;
    private final ChangeUser changeUser;
    private final UserPages pages;
    private final UserWriter writer;
    private final PeopleAudit audit;
    private final Clock clock;

    CreateUser(
            EntityManager entities,
            JdbcTemplate database,
            Organizations organizations,
            People people,
            UserNames userNames,
            LicenseAssignment licenses,
            UserRoles roles,
            MemberPromotion promotion,
            DefaultTeams defaultTeams,
            ChangeUser changeUser,
            UserPages pages,
            UserWriter writer,
            PeopleAudit audit,
            Clock clock) {
        this.entities = entities;
        this.database = database;
        this.organizations = organizations;
        this.people = people;
        this.userNames = userNames;
        this.licenses = licenses;
        this.roles = roles;
        this.promotion = promotion;
        this.defaultTeams = defaultTeams;
        this.changeUser = changeUser;
        this.pages = pages;
        this.writer = writer;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Creates a user of a new person, of one who is known elsewhere in Miro, of a guest, or of one who was deleted.
     *
     * @param decide reads what the caller asks for; called here, so that the notes of a refused request are only
     *     those of its refusal
     * @param withGroups whether to read the groups if that takes a statement
     */
    @DirectoryChange
    public User create(long organizationId, Supplier<UserChanges> decide, boolean withGroups) {
        UserChanges wanted = decide.get();
        Organization organization = organizations.get(organizationId);
        EmailsRule.check(organization, wanted);
        wanted.checkLengths(null);
        String email = userNames.required(wanted.text(USER_NAME));
        userNames.checkAllowed(organization, email);
        EmailsRule.note(wanted, email);
        boolean active = !Boolean.FALSE.equals(wanted.active());

        Address address = address(organization, email);
        KnownPerson known = address.owner();
        Membership membership = known == null
                ? null
                : people.lock(organizationId, known.id()).stream().findFirst().orElse(null);
        Profile profile = membership == null ? null : membership.profile();
        if (profile == null && known != null) {
            // Other organisations of the person change the profile too, so it is held.
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

        boolean unknown = profile == null;
        FullName name = FullName.resolve(unknown ? null : profile.ownName(), wanted, email);
        License license = licenses.forNewMember(organization, wanted.text(USER_TYPE), active);
        if (unknown) {
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
            audit.watchNew(membership);
        } else {
            membership.join(license, now);
        }
        profile.rename(name);
        wanted.applyTo(membership);
        roles.assign(membership, roles.read(organization, membership, wanted));
        if (!active) {
            CREATED_DEACTIVATED.note("active");
            membership.become(Status.DEACTIVATED);
        }
        if (unknown) {
            List<GroupRef> joined = writer.insert(membership);
            DefaultTeams.note(joined);
            return User.of(membership, organization.settings().groupModel() == GroupModel.TEAMS ? joined : List.of());
        }
        // Persisted once complete: an entity that is persisted earlier needs an update for every later change.
        entities.persist(profile);
        entities.persist(membership);
        entities.flush();
        if (guest) {
            promotion.convertTeamRoles(List.of(membership));
        }
        List<GroupRef> joined = defaultTeams.join(membership);
        if (!withGroups || (first && organization.settings().groupModel() == GroupModel.TEAMS)) {
            return User.of(membership, joined);
        }
        return pages.withGroups(membership);
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
        return changeUser.changeInTransaction(
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

    private record KnownPerson(long id, String email) {}

    /**
     * The owner of an address in the organisation's universe, read together with new ids and the right to add people,
     * which saves statements for every new user.
     *
     * @param freeId the last of fifty unused ids that are reserved for this transaction
     */
    private record Address(long freeId, @Nullable KnownPerson owner) {}

    private Address address(Organization organization, String email) {
        return database.queryForObject(
                ADDRESS,
                (row, _) -> new Address(
                        row.getLong(1),
                        row.getString(3) == null ? null : new KnownPerson(row.getLong(2), row.getString(3))),
                organization.universeId(),
                organization.universeId(),
                email);
    }
}

package dev.miroscim.directory.users;

import static dev.miroscim.directory.MiroRule.COMPANY_ADMIN_NOT_DEACTIVATED;
import static dev.miroscim.directory.MiroRule.DEACTIVATED_USER_FROZEN;
import static dev.miroscim.directory.MiroRule.DEACTIVATION_KEEPS_TEAMS;
import static dev.miroscim.directory.MiroRule.FULL_NAME_RESOLUTION;
import static dev.miroscim.directory.MiroRule.PUT_KEEPS_ABSENT_ATTRIBUTES;
import static dev.miroscim.directory.RefusedException.Kind.CONFLICT;
import static dev.miroscim.directory.people.UserAttribute.USER_NAME;
import static dev.miroscim.directory.people.UserAttribute.USER_TYPE;

import dev.miroscim.directory.DirectoryChange;
import dev.miroscim.directory.organizations.License;
import dev.miroscim.directory.organizations.LicenseAssignment;
import dev.miroscim.directory.organizations.Organization;
import dev.miroscim.directory.organizations.OrganizationSettings.Policy;
import dev.miroscim.directory.organizations.Organizations;
import dev.miroscim.directory.people.FullName;
import dev.miroscim.directory.people.GroupRef;
import dev.miroscim.directory.people.Membership;
import dev.miroscim.directory.people.Membership.Status;
import dev.miroscim.directory.people.OrganizationRole;
import dev.miroscim.directory.people.People;
import dev.miroscim.directory.people.Profile;
import dev.miroscim.directory.people.UserAttribute;
import dev.miroscim.directory.people.UserChanges;
import dev.miroscim.directory.people.UserNames;
import dev.miroscim.directory.teams.LastAdminRule;
import dev.miroscim.directory.teams.MemberPromotion;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.ArrayList;
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
import org.springframework.stereotype.Service;
import org.springframework.util.function.SingletonSupplier;

/** Changes users. */
@Service
public class ChangeUser {

    /** The attributes that set the one name. */
    private static final Set<UserAttribute> NAMES =
            EnumSet.range(UserAttribute.DISPLAY_NAME, UserAttribute.FAMILY_NAME);

    private final EntityManager entities;
    private final Organizations organizations;
    private final People people;
    private final UserNames userNames;
    private final LicenseAssignment licenses;
    private final UserRoles roles;
    private final LastAdminRule admins;
    private final MemberPromotion promotion;
    private final TeamsOfUser teams;
    private final UserPages pages;
    private final UserWriter writer;
    private final Clock clock;

    ChangeUser(
            EntityManager entities,
            Organizations organizations,
            People people,
            UserNames userNames,
            LicenseAssignment licenses,
            UserRoles roles,
            LastAdminRule admins,
            MemberPromotion promotion,
            TeamsOfUser teams,
            UserPages pages,
            UserWriter writer,
            Clock clock) {
        this.entities = entities;
        this.organizations = organizations;
        this.people = people;
        this.userNames = userNames;
        this.licenses = licenses;
        this.roles = roles;
        this.admins = admins;
        this.promotion = promotion;
        this.teams = teams;
        this.pages = pages;
        this.writer = writer;
        this.clock = clock;
    }

    /**
     * A user as it is while it is held.
     *
     * @param groups the groups it is in; reading them takes a statement
     */
    public record Current(long id, Membership.State state, Supplier<List<GroupRef>> groups) {

        /** The value of this attribute. */
        public @Nullable String text(UserAttribute attribute) {
            return state.texts().get(attribute);
        }
    }

    /**
     * Changes a user.
     *
     * @param decide what to change, decided from the user as it is while it is held
     */
    @DirectoryChange
    public User change(long organizationId, long id, Function<Current, UserChanges> decide) {
        return changeInTransaction(organizationId, id, decide);
    }

    User changeInTransaction(long organizationId, long id, Function<Current, UserChanges> decide) {
        Organization organization = organizations.get(organizationId);
        Membership membership = Users.requireVisible(people.lock(organizationId, id), id);
        Session session = entities.unwrap(Session.class);
        // One statement at the end writes them, which Hibernate must not do again.
        session.setReadOnly(membership, true);
        session.setReadOnly(membership.profile(), true);
        Membership.State before = membership.state();
        UserChanges wanted = decide.apply(new Current(
                id,
                before,
                SingletonSupplier.of(() -> pages.withGroups(membership).groups())));
        EmailsRule.check(organization, wanted);
        wanted.checkLengths(membership);

        boolean activeBefore = membership.active();
        License licenseBefore = membership.license();
        boolean active = Objects.requireNonNullElse(wanted.active(), activeBefore);
        boolean frozen = !activeBefore && !active;
        if (active && !activeBefore) {
            promotion.reactivate(organization, membership);
        }
        Profile profile = membership.profile();
        Profile.State profileBefore = profile.state();
        FullName formerName = profile.ownName();
        Map<UserAttribute, String> clearedNames = clearedNames(membership, wanted);
        changeUserName(organization, profile, wanted, frozen);
        EmailsRule.note(wanted, profile.email());
        changeLicense(organization, membership, licenseBefore, wanted, frozen);
        changeRoles(organization, membership, wanted, frozen);
        wanted.applyTo(membership);
        profile.rename(FullName.resolve(formerName, wanted, profile.email()));
        clearedNames.forEach((name, former) -> {
            if (former.equals(membership.text(name))) {
                FULL_NAME_RESOLUTION.note(name.wireName(), name.wireName() + " follows from what is left of the name.");
            }
        });
        if (activeBefore && !active) {
            deactivate(organization, membership);
        }
        boolean changed = !membership.state().equals(before);
        boolean profileChanged = !profile.state().equals(profileBefore);
        if (changed) {
            membership.touch(clock.instant());
        }
        return changed || profileChanged
                ? User.of(membership, writer.update(organization, membership, profileChanged, changed))
                : pages.withGroups(membership);
    }

    /** The current values of the names that {@code wanted} clears. */
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
     * Changes a user to what a whole resource says; what it does not name stays.
     *
     * @param decide what it says, decided from the user as it is while it is held
     */
    @DirectoryChange
    public User replace(long organizationId, long id, Function<Current, UserChanges> decide) {
        return changeInTransaction(organizationId, id, member -> {
            UserChanges wanted = decide.apply(member);
            userNames.required(wanted.text(USER_NAME));
            List<String> kept = absent(wanted, member);
            if (!kept.isEmpty()) {
                PUT_KEEPS_ABSENT_ATTRIBUTES.note(null, "Not named and kept: " + String.join(", ", kept) + ".");
            }
            return wanted;
        });
    }

    /** The attributes that {@code member} has and {@code wanted} does not name. */
    private static List<String> absent(UserChanges wanted, Current member) {
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

    private void changeUserName(Organization organization, Profile profile, UserChanges wanted, boolean frozen) {
        if (!wanted.names(USER_NAME)) {
            return;
        }
        String email = userNames.required(wanted.text(USER_NAME));
        if (email.equalsIgnoreCase(profile.email())) {
            // The same address in another spelling: neither domains nor states matter.
            profile.changeEmail(email);
        } else if (!keepsFrozen(organization, frozen, USER_NAME.wireName())) {
            userNames.checkChange(organization, profile, email);
            profile.changeEmail(email);
        }
    }

    /** @param before the licence before the request; a reactivation may have changed it since */
    private void changeLicense(
            Organization organization, Membership membership, License before, UserChanges wanted, boolean frozen) {
        String userType = wanted.text(USER_TYPE);
        if (!wanted.names(USER_TYPE) || before.wireName().equalsIgnoreCase(userType)) {
            return;
        }
        if (!keepsFrozen(organization, frozen && userType != null, USER_TYPE.wireName())) {
            membership.assign(
                    licenses.change(organization, membership.license(), membership.active(), userType),
                    clock.instant());
        }
    }

    private void changeRoles(Organization organization, Membership membership, UserChanges wanted, boolean frozen) {
        UserRoles.Asked asked = roles.read(organization, membership, wanted);
        if (asked.differFrom(membership) && !keepsFrozen(organization, frozen, "roles")) {
            roles.change(membership, asked);
        }
    }

    private void deactivate(Organization organization, Membership membership) {
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
        admins.keepSoleTeamAdminActive(membership, TeamsOfUser.administered(teams.of(membership)));
        membership.become(Status.DEACTIVATED);
        DEACTIVATION_KEEPS_TEAMS.note("active");
    }

    /** Whether an attribute of a deactivated user stays as it is. Refuses the change unless the settings ignore it. */
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
}

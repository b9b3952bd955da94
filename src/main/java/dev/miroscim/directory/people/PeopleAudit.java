package dev.miroscim.directory.people;

import static dev.miroscim.directory.audit.AuditEvent.Type.USER_ADMIN_ROLES_CHANGED;
import static dev.miroscim.directory.audit.AuditEvent.Type.USER_CREATED;
import static dev.miroscim.directory.audit.AuditEvent.Type.USER_DEACTIVATED;
import static dev.miroscim.directory.audit.AuditEvent.Type.USER_DELETED;
import static dev.miroscim.directory.audit.AuditEvent.Type.USER_EMAIL_CHANGED;
import static dev.miroscim.directory.audit.AuditEvent.Type.USER_LICENSE_CHANGED;
import static dev.miroscim.directory.audit.AuditEvent.Type.USER_REACTIVATED;
import static dev.miroscim.directory.audit.AuditEvent.Type.USER_RENAMED;
import static dev.miroscim.directory.audit.AuditEvent.Type.USER_ROLE_CHANGED;
import static dev.miroscim.directory.audit.AuditTrail.Order.MEMBERSHIPS;
import static dev.miroscim.directory.audit.AuditTrail.Order.PROFILES;
import static dev.miroscim.directory.audit.AuditTrail.word;

import dev.miroscim.directory.audit.AuditEvent.Type;
import dev.miroscim.directory.audit.AuditTrail;
import dev.miroscim.directory.audit.AuditTrail.Before;
import dev.miroscim.directory.audit.AuditTrail.Change;
import dev.miroscim.directory.organizations.License;
import dev.miroscim.directory.people.Membership.Status;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the audit log says of people. */
@Component
public class PeopleAudit {

    private final AuditTrail trail;

    PeopleAudit(AuditTrail trail) {
        this.trail = trail;
    }

    /** Watches people of an organisation. */
    void watch(Collection<Membership> people) {
        for (Membership person : people) {
            long organizationId = person.organizationId();
            trail.watch(organizationId, MEMBERSHIPS, person, () -> MembershipBefore.of(person));
            watch(organizationId, person.profile());
            connect(person);
        }
    }

    /** Watches somebody who has never been in the organisation. */
    public void watchNew(Membership person) {
        trail.watch(person.organizationId(), MEMBERSHIPS, person, () -> MembershipBefore.none(person));
        connect(person);
    }

    /** Watches the name and the address of somebody who may be known in other organisations alone. */
    public void watch(long organizationId, Profile profile) {
        trail.watch(organizationId, PROFILES, profile, () -> new ProfileBefore(profile));
    }

    /** Writes the events of a profile as those of this membership. */
    private void connect(Membership person) {
        trail.watched(person.organizationId(), PROFILES, person.profile())
                .ifPresent(before -> ((ProfileBefore) before).membership = person);
    }

    /** People, by the ids of their memberships, are not in the organisation any more. */
    public void left(long organizationId, Collection<Long> memberships) {
        memberships.forEach(
                member -> trail.add(organizationId, Change.ofMember(USER_DELETED, member, null, null, null)));
    }

    private record MembershipBefore(
            Membership person,
            Status status,
            OrganizationRole role,
            SortedSet<String> adminRoles,
            @Nullable License license)
            implements Before {

        static MembershipBefore of(Membership person) {
            return new MembershipBefore(person, person.status(), person.role(), person.adminRoles(), person.license());
        }

        static MembershipBefore none(Membership person) {
            return new MembershipBefore(
                    person, Status.REMOVED, OrganizationRole.INTERNAL_USER, Collections.emptySortedSet(), null);
        }

        @Override
        public List<Change> changes() {
            if (status == Status.REMOVED && person.status() == Status.REMOVED) {
                return List.of();
            }
            List<Change> changes = new ArrayList<>();
            if (status == Status.REMOVED) {
                changes.add(change(USER_CREATED, null, null));
            } else {
                if (role != person.role()) {
                    changes.add(change(USER_ROLE_CHANGED, name(role), name(person.role())));
                }
                if (!adminRoles.equals(person.adminRoles())) {
                    changes.add(change(
                            USER_ADMIN_ROLES_CHANGED,
                            String.join(", ", adminRoles),
                            String.join(", ", person.adminRoles())));
                }
                if (license != person.license()) {
                    changes.add(change(USER_LICENSE_CHANGED, word(license), word(person.license())));
                }
            }
            if (status != Status.DEACTIVATED && person.status() == Status.DEACTIVATED) {
                changes.add(change(USER_DEACTIVATED, null, null));
            } else if (status == Status.DEACTIVATED && person.status() == Status.ACTIVE) {
                changes.add(change(USER_REACTIVATED, null, null));
            }
            return changes;
        }

        private Change change(Type type, @Nullable String former, @Nullable String value) {
            return Change.ofMember(type, person.id(), null, former, value);
        }

        private static String name(OrganizationRole role) {
            return role.wireName().toLowerCase(Locale.ROOT);
        }
    }

    private static final class ProfileBefore implements Before {

        private final Profile profile;
        private final String email;
        private final String name;
        private @Nullable Membership membership;

        ProfileBefore(Profile profile) {
            this.profile = profile;
            this.email = profile.email();
            this.name = profile.fullName().value();
        }

        @Override
        public List<Change> changes() {
            if (membership == null) {
                return List.of();
            }
            List<Change> changes = new ArrayList<>();
            if (!email.equals(profile.email())) {
                changes.add(Change.ofMember(USER_EMAIL_CHANGED, membership.id(), null, email, profile.email()));
            }
            String newName = profile.fullName().value();
            // An address that stands in for a missing name changes with it, which is no change of name.
            boolean named = !name.equals(email) || !newName.equals(profile.email());
            if (named && !name.equals(newName)) {
                changes.add(Change.ofMember(USER_RENAMED, membership.id(), null, name, newName));
            }
            return changes;
        }
    }
}

package dev.miroscim.directory.administration;

import static dev.miroscim.directory.RefusedException.Kind.INVALID_VALUE;

import dev.miroscim.directory.MiroRule;
import dev.miroscim.directory.RefusedException;
import dev.miroscim.directory.organizations.License;
import dev.miroscim.directory.organizations.Organization;
import dev.miroscim.directory.people.AdminRoles;
import dev.miroscim.directory.people.FullName;
import dev.miroscim.directory.people.Membership;
import dev.miroscim.directory.people.Membership.Status;
import dev.miroscim.directory.people.OrganizationRole;
import dev.miroscim.directory.people.Profile;
import dev.miroscim.directory.people.UserAttribute;
import dev.miroscim.directory.people.UserChanges;
import dev.miroscim.directory.people.UserNames;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Applies what an administrator or a seed says of a person. */
@Component
class PersonDetails {

    /** How many people a note names. */
    private static final int MOST_NAMED = 20;

    private final UserNames userNames;
    private final Clock clock;

    PersonDetails(UserNames userNames, Clock clock) {
        this.userNames = userNames;
        this.clock = clock;
    }

    /** Changes a person to what {@code wanted} says, whatever the rules of provisioning say. */
    void apply(
            Organization organization,
            Membership person,
            UserChanges wanted,
            @Nullable Boolean registered,
            @Nullable Instant lastActivityAt) {
        wanted.checkLengths(person);
        Profile profile = person.profile();
        FullName formerName = profile.ownName();
        if (wanted.names(UserAttribute.USER_NAME)) {
            profile.changeEmail(userNames.required(wanted.text(UserAttribute.USER_NAME)));
        }
        profile.rename(FullName.resolve(formerName, wanted, profile.email()));
        if (registered != null) {
            profile.register(registered);
        }
        if (lastActivityAt != null) {
            person.wasActive(lastActivityAt);
        }
        if (wanted.organizationRole() != null) {
            person.become(role(wanted.organizationRole()));
        }
        SortedSet<String> adminRoles = AdminRoles.named(organization, wanted, person.adminRoles());
        if (adminRoles != null) {
            person.replaceAdminRoles(adminRoles);
        }
        if (!person.role().isMember() && !person.adminRoles().isEmpty()) {
            if (adminRoles != null) {
                throw new RefusedException(INVALID_VALUE, "Guests have no admin roles");
            }
            person.replaceAdminRoles(Collections.emptySortedSet());
        }
        if (wanted.text(UserAttribute.USER_TYPE) != null) {
            person.assign(license(wanted.text(UserAttribute.USER_TYPE)), clock.instant());
        }
        if (wanted.active() != null) {
            person.become(wanted.active() ? Status.ACTIVE : Status.DEACTIVATED);
        }
        wanted.applyTo(person);
    }

    /** Notes the guests who come from domains that the organisation has claimed. */
    static void warnOfGuests(Organization organization, List<String> guests) {
        List<String> own = guests.stream()
                .filter(guest -> organization.settings().claimsByName(UserNames.domain(guest)))
                .toList();
        if (!own.isEmpty()) {
            MiroRule.GUESTS_OF_FOREIGN_DOMAINS.note(
                    "role",
                    "Guests from domains that the organisation has claimed, which Miro's Enterprise plan does not have: "
                            + String.join(", ", own.subList(0, Math.min(own.size(), MOST_NAMED)))
                            + (own.size() > MOST_NAMED ? " and " + (own.size() - MOST_NAMED) + " more" : ""));
        }
    }

    static OrganizationRole role(String name) {
        return OrganizationRole.named(name)
                .orElseThrow(() ->
                        new RefusedException(INVALID_VALUE, "'" + name + "' is not an organisation role of Miro"));
    }

    private static License license(String name) {
        return License.named(name)
                .orElseThrow(() -> new RefusedException(INVALID_VALUE, "'" + name + "' is not a licence of Miro"));
    }
}

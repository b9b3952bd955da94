package dev.miroscim.directory.organizations;

import static dev.miroscim.directory.MiroRule.ADVANCED_LICENSE_LIMIT;
import static dev.miroscim.directory.MiroRule.DEACTIVATED_USER_FREES_SEAT;
import static dev.miroscim.directory.MiroRule.DEFAULT_LICENSE;
import static dev.miroscim.directory.MiroRule.EXPLICIT_LICENSE_WITHOUT_SEAT;
import static dev.miroscim.directory.MiroRule.FREE_LICENSE_FOR_NEW_USERS;
import static dev.miroscim.directory.MiroRule.FULL_SEATS_EXHAUSTED;
import static dev.miroscim.directory.MiroRule.LICENSE_NO_DOWNGRADE;
import static dev.miroscim.directory.MiroRule.LICENSE_UNKNOWN;
import static dev.miroscim.directory.RefusedException.Kind.CONFLICT;
import static dev.miroscim.directory.RefusedException.Kind.INVALID_VALUE;
import static dev.miroscim.directory.people.UserAttribute.USER_TYPE;

import dev.miroscim.directory.Texts;
import dev.miroscim.directory.organizations.OrganizationSettings.Policy;
import jakarta.persistence.EntityManager;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Which licence a member gets, and whether there is a seat for it. */
@Component
public class LicenseAssignment {

    private static final String USER_TYPE = "userType";

    private final EntityManager entities;
    private final Organizations organizations;

    LicenseAssignment(EntityManager entities, Organizations organizations) {
        this.entities = entities;
        this.organizations = organizations;
    }

    /** The licence of somebody who becomes a member. */
    public License forNewMember(Organization organization, @Nullable String requested, boolean active) {
        License wanted = requested == null ? null : named(organization, requested);
        if (wanted == null) {
            License license = organization.settings().defaultLicense();
            DEFAULT_LICENSE.note(USER_TYPE, "Without a userType the user got '" + license.wireName() + "'.");
            return active && !seatLeft(organization, license) ? fallBack(license) : license;
        }
        return active ? explicit(organization, wanted) : wanted;
    }

    /**
     * The licence after a userType was asked for an existing member.
     *
     * @param current the licence the member has
     * @param active whether the member is active, and so takes a seat
     */
    public License change(Organization organization, License current, boolean active, @Nullable String requested) {
        if (requested == null) {
            LICENSE_NO_DOWNGRADE.note(
                    USER_TYPE, "A userType cannot be taken away; it stays '" + current.wireName() + "'.");
            return current;
        }
        License wanted = named(organization, requested);
        if (wanted == null || wanted == current) {
            return current;
        }
        if (wanted == License.FREE) {
            throw FREE_LICENSE_FOR_NEW_USERS.refusal(
                    INVALID_VALUE,
                    USER_TYPE,
                    "userType 'Free' can only be given to new users, and this user has '" + current.wireName() + "'");
        }
        if (current.isMoreThan(wanted)) {
            throw LICENSE_NO_DOWNGRADE.refusal(
                    INVALID_VALUE,
                    USER_TYPE,
                    "userType cannot be downgraded from '%s' to '%s'".formatted(current.wireName(), wanted.wireName()));
        }
        return active ? explicit(organization, wanted) : wanted;
    }

    /** The licence of a guest whom a group made a member: always Full, as long as there is a seat. */
    public License forConvertedGuest(Organization organization) {
        return seatLeft(organization, License.FULL) ? License.FULL : fallBack(License.FULL);
    }

    /** The licence of somebody who was deactivated and takes a seat again. */
    public License forReactivated(Organization organization, License kept) {
        if (seatLeft(organization, kept)) {
            return kept;
        }
        DEACTIVATED_USER_FREES_SEAT.note(
                USER_TYPE,
                "The seat was freed by the deactivation and is taken; the user got '%s' instead of '%s'."
                        .formatted(License.FREE_RESTRICTED.wireName(), kept.wireName()));
        return License.FREE_RESTRICTED;
    }

    private @Nullable License named(Organization organization, String requested) {
        License license = License.named(requested).orElse(null);
        if (license != null && organization.settings().licenses().contains(license)) {
            return license;
        }
        String detail = "userType '%s' is not a licence of this organisation".formatted(Texts.shortened(requested));
        if (organization.settings().unknownUserType() == Policy.REFUSE) {
            throw LICENSE_UNKNOWN.refusal(INVALID_VALUE, USER_TYPE, detail);
        }
        LICENSE_UNKNOWN.note(USER_TYPE, detail);
        return null;
    }

    private License explicit(Organization organization, License wanted) {
        if (seatLeft(organization, wanted)) {
            return wanted;
        }
        String detail = wanted.wireName() + " users limit reached for organization";
        if (wanted == License.ADVANCED) {
            throw ADVANCED_LICENSE_LIMIT.refusal(CONFLICT, USER_TYPE, detail);
        }
        if (organization.settings().exhaustedLicense() == Policy.REFUSE) {
            throw EXPLICIT_LICENSE_WITHOUT_SEAT.refusal(CONFLICT, USER_TYPE, detail);
        }
        EXPLICIT_LICENSE_WITHOUT_SEAT.note(USER_TYPE, detail);
        return License.FREE_RESTRICTED;
    }

    private static License fallBack(License from) {
        FULL_SEATS_EXHAUSTED.note(
                USER_TYPE,
                "All '%s' seats are taken; the user got '%s'."
                        .formatted(from.wireName(), License.FREE_RESTRICTED.wireName()));
        return License.FREE_RESTRICTED;
    }

    private boolean seatLeft(Organization organization, License license) {
        Integer seats = organization.settings().seats().get(license);
        if (seats == null) {
            return true;
        }
        organizations.lock(organization.id());
        return taken(organization.id(), license) < seats;
    }

    /** How many members have a seat of the licence. */
    public long taken(long organizationId, License license) {
        return entities.createQuery("""
                        select count(m) from Membership m
                        where m.organizationId = :organization and m.license = :license and m.status = ACTIVE
                          and m.role in (INTERNAL_ADMIN, INTERNAL_USER)
                        """, Long.class)
                .setParameter("organization", organizationId)
                .setParameter("license", license)
                .getSingleResult();
    }
}

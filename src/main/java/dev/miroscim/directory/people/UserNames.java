package dev.miroscim.directory.people;

import static dev.miroscim.directory.MiroRule.DOMAIN_ALLOW_LIST;
import static dev.miroscim.directory.MiroRule.USER_NAME_CHANGE_IN_SEVERAL_ORGANIZATIONS;
import static dev.miroscim.directory.MiroRule.USER_NAME_CHANGE_NEEDS_CLAIMED_DOMAIN;
import static dev.miroscim.directory.MiroRule.USER_NAME_IS_EMAIL;
import static dev.miroscim.directory.MiroRule.USER_NAME_TARGET_CLAIMED_ELSEWHERE;
import static dev.miroscim.directory.MiroRule.USER_NAME_TARGET_UNCLAIMED;
import static dev.miroscim.directory.MiroRule.USER_NAME_UNIQUE;
import static dev.miroscim.directory.RefusedException.Kind.CONFLICT;
import static dev.miroscim.directory.RefusedException.Kind.INVALID_VALUE;
import static dev.miroscim.directory.people.UserAttribute.USER_NAME;

import dev.miroscim.directory.RefusedException;
import dev.miroscim.directory.Texts;
import dev.miroscim.directory.organizations.Organization;
import dev.miroscim.directory.organizations.OrganizationSettings;
import dev.miroscim.directory.organizations.OrganizationSettings.Policy;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The rules for userName: what it may be, and when it may change. */
@Component
public class UserNames {

    /** No empty part between dots and no invisible character. Miro's own check is not known. */
    private static final Pattern EMAIL =
            Pattern.compile("PART(\\.PART)*@PART(\\.PART)*".replace("PART", "[^@.\\s\\p{C}\\p{Z}]+"));

    private static final String USER_NAME = UserAttribute.USER_NAME.wireName();

    private final EntityManager entities;

    UserNames(EntityManager entities) {
        this.entities = entities;
    }

    public static boolean isEmail(String userName) {
        return EMAIL.matcher(userName).matches();
    }

    /** The userName of {@code wanted}, which has to be an e-mail address. */
    public String required(@Nullable String userName) {
        if (userName == null) {
            throw USER_NAME_IS_EMAIL.refusal(INVALID_VALUE, USER_NAME, "userName is required");
        }
        if (!isEmail(userName)) {
            throw USER_NAME_IS_EMAIL.refusal(
                    INVALID_VALUE, USER_NAME, "userName '" + Texts.shortened(userName) + "' is not an e-mail address");
        }
        return userName;
    }

    /** Refuses people from domains that the organisation does not allow. */
    public void checkAllowed(Organization organization, String email) {
        if (!organization.settings().allows(domain(email))) {
            throw DOMAIN_ALLOW_LIST.refusal(CONFLICT, USER_NAME, email + " is not whitelisted");
        }
    }

    public RefusedException takenOnCreate(String email) {
        return USER_NAME_UNIQUE.refusal(CONFLICT, USER_NAME, email + " is not unique");
    }

    RefusedException takenOnChange(String email) {
        return USER_NAME_UNIQUE.refusal(INVALID_VALUE, USER_NAME, "User name '" + email + "' is invalid: 'not unique'");
    }

    /** Refuses a change of the e-mail address that Miro would not make. */
    public void checkChange(Organization organization, Profile profile, String email) {
        OrganizationSettings settings = organization.settings();
        String current = domain(profile.email());
        if (!settings.claims(current)) {
            throw USER_NAME_CHANGE_NEEDS_CLAIMED_DOMAIN.refusal(
                    INVALID_VALUE,
                    USER_NAME,
                    "userName cannot be changed: the domain '" + current + "' of " + profile.email()
                            + " is not claimed by this organisation");
        }
        Tuple obstacles = obstacles(organization, profile, email);
        if (obstacles.get("taken", Boolean.class)) {
            throw takenOnChange(email);
        }
        String target = domain(email);
        if (!settings.claimsByName(target)) {
            if (obstacles.get("claimed_elsewhere", Boolean.class)) {
                throw USER_NAME_TARGET_CLAIMED_ELSEWHERE.refusal(
                        INVALID_VALUE,
                        USER_NAME,
                        "userName cannot be changed to " + email + ": the domain '" + target
                                + "' is claimed by another organisation");
            }
            if (!settings.claims(target)) {
                checkUnclaimed(settings, email, target);
            }
        }
        if (obstacles.get("elsewhere", Boolean.class)
                && settings.userNameChangeInSeveralOrganizations() == Policy.REFUSE) {
            throw USER_NAME_CHANGE_IN_SEVERAL_ORGANIZATIONS.refusal(
                    CONFLICT,
                    USER_NAME,
                    "userName of " + profile.email() + " cannot be changed: the user is in several organisations");
        }
    }

    private static void checkUnclaimed(OrganizationSettings settings, String email, String domain) {
        String detail = "the domain '" + domain + "' of " + email + " is claimed by nobody";
        if (settings.unclaimedTargetDomain() == Policy.REFUSE) {
            throw USER_NAME_TARGET_UNCLAIMED.refusal(INVALID_VALUE, USER_NAME, "userName cannot be changed: " + detail);
        }
        USER_NAME_TARGET_UNCLAIMED.note(USER_NAME, "userName was changed although " + detail + ".");
    }

    /** Everything that could prevent a change of the address, in one statement. */
    private Tuple obstacles(Organization organization, Profile profile, String email) {
        return (Tuple) entities.createNativeQuery("""
                        select
                          exists (select 1 from profile p
                                  where %s and p.id <> :profile)
                            as taken,
                          exists (select 1 from organization o
                                  where o.universe_id = :universe and o.id <> :organization
                                    and exists (select 1 from jsonb_array_elements_text(o.settings -> 'claimedDomains') d
                                                where lower(d) = lower(:domain)))
                            as claimed_elsewhere,
                          exists (select 1 from membership m
                                  where m.profile_id = :profile and m.organization_id <> :organization
                                    and m.status <> 'REMOVED')
                            as elsewhere
                        """.formatted(Profiles.hasEmail(":email")), Tuple.class)
                .setParameter("universe", organization.universeId())
                .setParameter("organization", organization.id())
                .setParameter("profile", profile.id())
                .setParameter("email", email)
                .setParameter("domain", domain(email))
                .getSingleResult();
    }

    public static String domain(String email) {
        return email.substring(email.lastIndexOf('@') + 1);
    }
}

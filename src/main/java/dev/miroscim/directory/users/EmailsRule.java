package dev.miroscim.directory.users;

import static dev.miroscim.directory.MiroRule.EMAILS_DERIVED_FROM_USER_NAME;
import static dev.miroscim.directory.MiroRule.EMAILS_FILTER_WITHOUT_TARGET;
import static dev.miroscim.directory.RefusedException.Kind.NO_TARGET;

import dev.miroscim.directory.organizations.Organization;
import dev.miroscim.directory.organizations.OrganizationSettings;
import dev.miroscim.directory.people.UserChanges;
import dev.miroscim.directory.people.UserChanges.Emails;

/** What becomes of writes to {@code emails}, which follows from {@code userName}. */
final class EmailsRule {

    private EmailsRule() {}

    static void check(Organization organization, UserChanges wanted) {
        if (wanted.emails() == Emails.FILTERED
                && organization.settings().emailWrites() == OrganizationSettings.EmailWrites.STRICT) {
            throw EMAILS_FILTER_WITHOUT_TARGET.refusal(
                    NO_TARGET, "emails", "Attribute emails does not have a multi-valued or complex value");
        }
    }

    static void note(UserChanges wanted, String email) {
        if (wanted.asksOtherEmailsThan(email)) {
            EMAILS_DERIVED_FROM_USER_NAME.note("emails");
        }
    }
}

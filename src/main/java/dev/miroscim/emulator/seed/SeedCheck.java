package dev.miroscim.emulator.seed;

import static dev.miroscim.directory.Texts.folded;

import dev.miroscim.access.AccessTokens;
import dev.miroscim.directory.Names;
import dev.miroscim.directory.Texts;
import dev.miroscim.directory.administration.Administration;
import dev.miroscim.directory.organizations.License;
import dev.miroscim.directory.organizations.OrganizationSettings;
import dev.miroscim.directory.people.UserAttribute;
import dev.miroscim.emulator.seed.SeedDocument.Board;
import dev.miroscim.emulator.seed.SeedDocument.Organization;
import dev.miroscim.emulator.seed.SeedDocument.Person;
import dev.miroscim.emulator.seed.SeedDocument.Place;
import dev.miroscim.emulator.seed.SeedDocument.Team;
import dev.miroscim.emulator.seed.SeedDocument.UserGroup;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks references between the parts of a seed, and rules of the directory. If a seed already has problems, parts of
 * it may be missing.
 */
class SeedCheck {

    private static final int LONGEST_DESCRIPTION = dev.miroscim.directory.usergroups.UserGroup.LONGEST_DESCRIPTION;

    private final SeedProblems problems;
    private final boolean exported;
    private final @Nullable OrganizationSettings beside;
    private final Set<String> tokens = new HashSet<>();
    private final Set<Long> teamIds = new HashSet<>();
    private final Set<Long> userGroupIds = new HashSet<>();
    private final Map<Long, String> peopleOfIds = new HashMap<>();
    private final Map<String, Long> idsOfPeople = new HashMap<>();

    /**
     * @param exported whether the seed can be an export, in which administrators may have left things that nobody would
     *     write on purpose
     * @param beside settings that override those of the seed; null if there are none
     */
    SeedCheck(SeedProblems problems, boolean exported, @Nullable OrganizationSettings beside) {
        this.problems = problems;
        this.exported = exported;
        this.beside = beside;
    }

    void check(SeedPath root, SeedDocument seed) {
        if (seed.organizations().isEmpty() && problems.areNone()) {
            problems.add(root.field("organizations"), "must have at least one organisation");
        }
        Map<String, Set<String>> peopleOfUniverses = new HashMap<>();
        for (Organization organization : seed.organizations()) {
            if (organization != null) {
                addPeople(
                        organization,
                        peopleOfUniverses.computeIfAbsent(universe(organization), universe -> new HashSet<>()));
            }
        }
        for (int i = 0; i < seed.organizations().size(); i++) {
            Organization organization = seed.organizations().get(i);
            if (organization != null) {
                new OrganizationCheck(
                                organization,
                                root.item("organizations", i),
                                peopleOfUniverses.get(universe(organization)))
                        .check();
            }
        }
    }

    void check(SeedPath at, Organization organization) {
        Set<String> people = new HashSet<>();
        addPeople(organization, people);
        new OrganizationCheck(organization, at, people).check();
    }

    private static void addPeople(Organization organization, Set<String> people) {
        organization.people().stream()
                .filter(person -> person != null && person.email() != null)
                .forEach(person -> people.add(folded(person.email())));
    }

    private class OrganizationCheck {

        private final Organization organization;
        private final OrganizationSettings settings;
        private final SeedPath node;
        private final Set<String> peopleOfUniverse;
        private final Map<String, String> teams = new HashMap<>();
        private final Map<String, Set<String>> teamsOfPeople = new HashMap<>();
        private final Set<String> guests = new HashSet<>();

        OrganizationCheck(Organization organization, SeedPath node, Set<String> peopleOfUniverse) {
            this.organization = organization;
            this.settings = beside == null ? organization.settings() : beside;
            this.node = node;
            this.peopleOfUniverse = peopleOfUniverse;
        }

        void check() {
            if (organization.name() != null) {
                checkName(node.field("name"), organization.name());
            }
            checkSettings(node.field("settings"), organization.settings());
            checkToken(node.field("tokens").field("scim"), organization.tokens().scim());
            checkToken(node.field("tokens").field("rest"), organization.tokens().rest());
            checkTeams();
            for (int i = 0; i < organization.people().size(); i++) {
                if (organization.people().get(i) != null) {
                    checkPerson(node.item("people", i), organization.people().get(i));
                }
            }
            checkUserGroups();
            for (int i = 0; i < organization.boards().size(); i++) {
                if (organization.boards().get(i) != null) {
                    checkBoard(node.item("boards", i), organization.boards().get(i));
                }
            }
        }

        private void checkTeams() {
            Set<String> groups = new HashSet<>();
            for (int i = 0; i < organization.teams().size(); i++) {
                Team team = organization.teams().get(i);
                if (team == null) {
                    continue;
                }
                SeedPath at = node.item("teams", i);
                checkId(at.field("id"), team.id());
                if (team.id() != null && !teamIds.add(team.id())) {
                    problems.add(at.field("id"), "another team in the seed has this id");
                }
                checkName(at.field("name"), team.name());
                if (team.name() == null) {
                    continue;
                }
                if (teams.putIfAbsent(folded(team.name()), team.name()) != null) {
                    problems.add(
                            at.field("name"), "another team of the organisation is called '%s'".formatted(team.name()));
                }
                SeedPath group = at.field(team.securityGroup() == null ? "name" : "securityGroup");
                checkName(group, team.groupName());
                if (!groups.add(folded(team.groupName()))) {
                    problems.add(
                            group,
                            "another security group of the organisation is called '%s'".formatted(team.groupName()));
                }
            }
        }

        private void checkPerson(SeedPath at, Person person) {
            checkEmail(at.field("email"), person.email());
            checkId(at.field("id"), person.id());
            if (person.email() != null) {
                if (teamsOfPeople.putIfAbsent(folded(person.email()), new HashSet<>()) != null) {
                    problems.add(at.field("email"), "'%s' is already in the organisation".formatted(person.email()));
                }
                checkPersonId(at.field("id"), person);
                if (!person.organizationRole().isMember()) {
                    guests.add(folded(person.email()));
                }
            }
            if (person.name() != null) {
                checkName(at.field("name"), person.name());
            }
            checkLength(at, person.givenName(), UserAttribute.GIVEN_NAME);
            checkLength(at, person.familyName(), UserAttribute.FAMILY_NAME);
            License license = person.license();
            if (!exported && license != null && !settings.licenses().contains(license)) {
                problems.add(
                        at.field("license"),
                        "the organisation's settings.licenses do not include '%s'".formatted(license.wireName()));
            }
            checkAdminRoles(at, person);
            checkPlaces(at, person);
            person.details().forEach((attribute, text) -> checkLength(at, text, attribute));
            checkManager(at.field(UserAttribute.MANAGER.seedKey()), person.detail(UserAttribute.MANAGER));
        }

        private void checkPersonId(SeedPath at, Person person) {
            String somebody = universe(organization) + '\n' + folded(person.email());
            if (person.id() == null) {
                return;
            }
            String sameId = peopleOfIds.putIfAbsent(person.id(), somebody);
            Long sameSomebody = idsOfPeople.putIfAbsent(somebody, person.id());
            if (sameId != null && !sameId.equals(somebody)) {
                problems.add(at, "another person in the seed has this id");
            } else if (sameSomebody != null && !sameSomebody.equals(person.id())) {
                problems.add(at, "the same person has the id %d in another organisation".formatted(sameSomebody));
            }
        }

        private void checkAdminRoles(SeedPath at, Person person) {
            for (int i = 0; i < person.adminRoles().size(); i++) {
                String role = person.adminRoles().get(i);
                SeedPath item = at.item("adminRoles", i);
                if (role != null && settings.adminRole(role).isEmpty()) {
                    problems.add(
                            item,
                            "'%s' is neither an admin role of Miro (%s) nor in settings.customAdminRoles"
                                    .formatted(
                                            SeedReader.shown(role),
                                            String.join(", ", OrganizationSettings.PREBUILT_ADMIN_ROLES)));
                }
            }
            if (!person.adminRoles().isEmpty() && !person.organizationRole().isMember()) {
                problems.add(at.field("adminRoles"), "guests cannot have admin roles");
            }
        }

        private void checkPlaces(SeedPath at, Person person) {
            Set<String> places = new HashSet<>();
            for (int i = 0; i < person.teams().size(); i++) {
                Place place = person.teams().get(i);
                SeedPath item = at.item("teams", i);
                if (place == null) {
                    continue;
                }
                if (place.name() == null) {
                    problems.add(item.field("name"), "is required");
                } else if (!teams.containsKey(folded(place.name()))) {
                    problems.add(item, () -> unknownTeam(place.name()));
                } else if (!places.add(folded(place.name()))) {
                    problems.add(item, "'%s' is named twice".formatted(place.name()));
                }
            }
            if (person.email() != null) {
                teamsOfPeople.get(folded(person.email())).addAll(places);
            }
        }

        private void checkManager(SeedPath at, @Nullable String manager) {
            if (manager == null) {
                return;
            }
            if (manager.contains("@")) {
                if (!peopleOfUniverse.contains(folded(manager))) {
                    problems.add(
                            at, "nobody in the seed has the e-mail address '%s'".formatted(SeedReader.shown(manager)));
                }
                return;
            }
            try {
                Long.parseLong(manager);
            } catch (NumberFormatException e) {
                problems.add(at, "'%s' is neither an e-mail address nor a number".formatted(SeedReader.shown(manager)));
            }
        }

        private void checkUserGroups() {
            Set<String> names = new HashSet<>();
            for (int i = 0; i < organization.userGroups().size(); i++) {
                UserGroup group = organization.userGroups().get(i);
                if (group == null) {
                    continue;
                }
                SeedPath at = node.item("userGroups", i);
                checkId(at.field("id"), group.id());
                if (group.id() != null && !userGroupIds.add(group.id())) {
                    problems.add(at.field("id"), "another user group in the seed has this id");
                }
                checkName(at.field("name"), group.name());
                if (group.name() != null && !names.add(folded(group.name()))) {
                    problems.add(
                            at.field("name"),
                            "another user group of the organisation is called '%s'".formatted(group.name()));
                }
                checkLength(at.field("description"), group.description(), LONGEST_DESCRIPTION);
                checkMembers(at, group);
                checkTeams(at, group);
            }
        }

        private void checkMembers(SeedPath at, UserGroup group) {
            Set<String> members = new HashSet<>();
            for (int i = 0; i < group.members().size(); i++) {
                String member = group.members().get(i);
                SeedPath item = at.item("members", i);
                if (member == null) {
                    continue;
                }
                if (!teamsOfPeople.containsKey(folded(member))) {
                    problems.add(item, unknownPerson(member));
                } else if (!members.add(folded(member))) {
                    problems.add(item, "'%s' is named twice".formatted(member));
                } else if (!exported && guests.contains(folded(member))) {
                    problems.add(item, "'%s' is a guest, and guests cannot be in user groups".formatted(member));
                }
            }
        }

        private void checkTeams(SeedPath at, UserGroup group) {
            Set<String> names = new HashSet<>();
            for (int i = 0; i < group.teams().size(); i++) {
                String team = group.teams().get(i);
                SeedPath item = at.item("teams", i);
                if (team != null && !teams.containsKey(folded(team))) {
                    problems.add(item, () -> unknownTeam(team));
                } else if (team != null && !names.add(folded(team))) {
                    problems.add(item, "'%s' is named twice".formatted(team));
                }
            }
        }

        private void checkBoard(SeedPath at, Board board) {
            checkName(at.field("name"), board.name());
            if (board.team() == null) {
                problems.add(at.field("team"), "is required");
            } else if (!teams.containsKey(folded(board.team()))) {
                problems.add(at.field("team"), () -> unknownTeam(board.team()));
            }
            if (board.owner() == null) {
                problems.add(at.field("owner"), "is required");
                return;
            }
            Set<String> places = teamsOfPeople.get(folded(board.owner()));
            if (places == null) {
                problems.add(at.field("owner"), unknownPerson(board.owner()));
            } else if (!exported && board.team() != null && !places.contains(folded(board.team()))) {
                problems.add(at.field("owner"), "'%s' is not in the team '%s'".formatted(board.owner(), board.team()));
            }
        }

        private String unknownPerson(String email) {
            return "nobody in the organisation has the e-mail address '%s'".formatted(SeedReader.shown(email));
        }

        private String unknownTeam(String name) {
            return "the organisation has no team '%s'".formatted(SeedReader.shown(name))
                    + SeedReader.similar(name, teams.values())
                            .map(near -> "; did you mean '" + near + "'?")
                            .orElse("");
        }
    }

    void checkSettings(SeedPath at, OrganizationSettings settings) {
        settings.seats().forEach((license, seats) -> {
            if (seats != null && seats < 0) {
                problems.add(at.field("seats").field(license.wireName()), "cannot be less than 0");
            }
        });
        License flexible = settings.flexibleDefaultLicense();
        if (flexible != License.FREE && flexible != License.FREE_RESTRICTED) {
            problems.add(at.field("flexibleDefaultLicense"), "can only be Free or Free Restricted");
        }
        checkDomains(at, "allowedDomains", settings.allowedDomains());
        checkDomains(at, "claimedDomains", settings.claimedDomains());
        Set<String> roles = new HashSet<>();
        for (int i = 0; i < settings.customAdminRoles().size(); i++) {
            String role = settings.customAdminRoles().get(i);
            if (role != null) {
                checkName(at.item("customAdminRoles", i), role);
                if (!roles.add(folded(role))) {
                    problems.add(at.item("customAdminRoles", i), "'%s' is named twice".formatted(role));
                }
            }
        }
    }

    private void checkDomains(SeedPath at, String list, List<String> domains) {
        for (int i = 0; i < domains.size(); i++) {
            String domain = domains.get(i);
            if (domain != null && !domain.equals("*") && !Administration.isEmail("x@" + domain)) {
                problems.add(at.item(list, i), "'%s' is neither a domain nor '*'".formatted(SeedReader.shown(domain)));
            }
        }
    }

    /** Does not quote the token, because messages end up in logs. */
    private void checkToken(SeedPath at, @Nullable String token) {
        if (token == null) {
            return;
        }
        if (!AccessTokens.isSendable(token)) {
            problems.add(at, "a token must have 1 to 512 visible ASCII characters and no spaces");
        } else if (!tokens.add(token)) {
            problems.add(at, "the seed has this token twice");
        }
    }

    private void checkEmail(SeedPath at, @Nullable String email) {
        if (email == null) {
            problems.add(at, "is required");
        } else if (!Administration.isEmail(email)) {
            problems.add(at, "'%s' is not an e-mail address".formatted(SeedReader.shown(email)));
        }
    }

    private void checkId(SeedPath at, @Nullable Long id) {
        if (id != null && id <= 0) {
            problems.add(at, "must be greater than 0");
        }
    }

    private void checkName(SeedPath at, @Nullable String name) {
        if (name == null) {
            problems.add(at, "is required");
        } else if (name.isBlank()) {
            problems.add(at, "is empty");
        } else {
            checkLength(at, name, Names.LONGEST);
        }
    }

    private void checkLength(SeedPath person, @Nullable String text, UserAttribute attribute) {
        checkLength(person.field(attribute.seedKey()), text, attribute.maxLength());
    }

    private void checkLength(SeedPath at, @Nullable String text, int most) {
        int length = text == null ? 0 : Texts.length(text);
        if (length > most) {
            problems.add(at, "has %d characters; at most %d are allowed".formatted(length, most));
        }
    }

    private static String universe(Organization organization) {
        return organization.universe() == null ? "" : organization.universe();
    }
}

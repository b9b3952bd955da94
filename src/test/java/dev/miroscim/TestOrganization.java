package dev.miroscim;

import dev.miroscim.access.AccessTokens;
import dev.miroscim.access.TokenKind;
import dev.miroscim.directory.administration.Administration;
import dev.miroscim.directory.administration.Population;
import dev.miroscim.directory.administration.Population.NewBoard;
import dev.miroscim.directory.administration.Population.NewPerson;
import dev.miroscim.directory.administration.Population.NewTeam;
import dev.miroscim.directory.organizations.License;
import dev.miroscim.directory.organizations.OrganizationSettings;
import dev.miroscim.directory.organizations.Organizations;
import dev.miroscim.directory.people.OrganizationRole;
import dev.miroscim.directory.people.UserAttribute;
import dev.miroscim.directory.people.UserChanges;
import dev.miroscim.directory.teams.TeamRole;
import dev.miroscim.emulator.seed.SeedDocument;
import dev.miroscim.emulator.seed.SeedReader;
import dev.miroscim.emulator.seed.Seeds;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * An organisation of a test's own, in a universe of its own: whatever e-mail addresses it uses, no other test meets
 * them.
 *
 * <pre>{@code
 * TestOrganization acme = TestOrganization.in(context)
 *         .settings("{\"seats\": {\"Full\": 2}}")
 *         .team("Design")
 *         .teamAdmin("ada@example.com", "Design")
 *         .member("bob@example.com", "Design")
 *         .create();
 * acme.scim().get("/Users/" + acme.user("bob@example.com"));
 * }</pre>
 *
 * @param token the SCIM token that opens it
 */
public record TestOrganization(ApplicationContext context, long id, String token, Population.Ids ids) {

    /** An organisation with nobody in it. {@code settings} is JSON; what it leaves out has its default. */
    public static TestOrganization create(ApplicationContext context, String settings) {
        return in(context).settings(settings).create();
    }

    /** The organisation of a seed, which is YAML or JSON; the first one, if it has several. */
    public static TestOrganization seeded(ApplicationContext context, String seed) {
        SeedDocument document = SeedReader.read("the test's seed", seed);
        return inTransaction(context, () -> {
            Seeds.Seeded seeded = context.getBean(Seeds.class).plant(document).getFirst();
            String token = document.organizations().getFirst().tokens().scim();
            return new TestOrganization(
                    context,
                    seeded.id(),
                    token == null ? context.getBean(AccessTokens.class).generate(seeded.id(), TokenKind.SCIM) : token,
                    seeded.ids());
        });
    }

    public static Builder in(ApplicationContext context) {
        return new Builder(context);
    }

    /** Calls SCIM with the organisation's token. */
    public ScimClient scim() {
        return new ScimClient(port(), token);
    }

    /** Calls REST with a token of the organisation that allows everything. */
    public RestClient rest() {
        return new RestClient(port(), context.getBean(AccessTokens.class).generate(id, TokenKind.REST));
    }

    /** Calls REST with a token of the organisation that allows only this. */
    public RestClient rest(String... scopes) {
        return new RestClient(
                port(), context.getBean(AccessTokens.class).generate(id, TokenKind.REST, List.of(scopes)));
    }

    /** Where REST has the organisation, and what follows there. */
    public String path(String rest) {
        return "/v2/orgs/" + id + rest;
    }

    /** The id of the person with this e-mail address, guests included, as it is on the wire. */
    public String user(String email) {
        return Objects.requireNonNull(ids.people().get(email), email).toString();
    }

    /** The id of the team with this name, as it is on the wire. */
    public String group(String team) {
        return Objects.requireNonNull(ids.teams().get(team), team).toString();
    }

    /** Writes new settings to the database and tells nobody, as another instance of the program would. */
    public void decide(ApplicationContext context, String settings) {
        inTransaction(
                context,
                () -> context.getBean(JdbcClient.class)
                        .sql("update organization set settings = cast(? as jsonb) where id = ?")
                        .param(settings)
                        .param(id)
                        .update());
    }

    private int port() {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    private static <T> T inTransaction(ApplicationContext context, Supplier<T> work) {
        return new TransactionTemplate(context.getBean(PlatformTransactionManager.class)).execute(_ -> work.get());
    }

    /** Everybody it adds is an active, registered member with the default licence, unless the method says otherwise. */
    public static final class Builder {

        private final ApplicationContext context;
        private final List<NewTeam> teams = new ArrayList<>();
        private final List<NewPerson> people = new ArrayList<>();
        private final List<NewBoard> boards = new ArrayList<>();
        private OrganizationSettings settings = OrganizationSettings.DEFAULTS;
        private Long universe;

        private Builder(ApplicationContext context) {
            this.context = context;
        }

        /** Settings as JSON; what it leaves out has its default. */
        public Builder settings(String json) {
            settings = context.getBean(JsonMapper.class).readValue(json, OrganizationSettings.class);
            return this;
        }

        /** Shares e-mail addresses with another organisation. */
        public Builder inUniverseOf(TestOrganization other) {
            universe = context.getBean(Organizations.class).get(other.id()).universeId();
            return this;
        }

        public Builder team(String name) {
            return team(name, name);
        }

        public Builder team(String name, String securityGroup) {
            teams.add(new NewTeam(null, name, securityGroup, false));
            return this;
        }

        /** A team that new users join by themselves. */
        public Builder defaultTeam(String name) {
            teams.add(new NewTeam(null, name, null, true));
            return this;
        }

        public Builder member(String email, String... teams) {
            return person(email, details -> details, teams);
        }

        public Builder member(String email, License license, String... teams) {
            return person(email, details -> details.set(UserAttribute.USER_TYPE, license.wireName()), teams);
        }

        public Builder companyAdmin(String email, String... teams) {
            return person(email, role(OrganizationRole.INTERNAL_ADMIN), teams);
        }

        public Builder teamAdmin(String email, String... teams) {
            return person(email, details -> details, true, TeamRole.ADMIN, teams);
        }

        public Builder guest(String email, String... teams) {
            return person(email, role(OrganizationRole.EXTERNAL_USER), teams);
        }

        public Builder teamGuest(String email, String... teams) {
            return person(email, role(OrganizationRole.TEAM_GUEST_USER), teams);
        }

        public Builder deactivated(String email, String... teams) {
            return person(email, details -> details.setActive(false), teams);
        }

        public Builder unregistered(String email, String... teams) {
            return person(email, details -> details, false, null, teams);
        }

        public Builder person(String email, UnaryOperator<UserChanges> details, String... teams) {
            return person(email, details, true, null, teams);
        }

        public Builder board(String name, String team, String owner) {
            boards.add(new NewBoard(name, team, owner));
            return this;
        }

        public TestOrganization create() {
            return inTransaction(context, () -> {
                long id = context.getBean(Organizations.class)
                        .create("Test", universe, settings)
                        .id();
                Population.Ids ids =
                        context.getBean(Administration.class).populate(id, new Population(teams, people, boards));
                String token = context.getBean(AccessTokens.class).generate(id, TokenKind.SCIM);
                return new TestOrganization(context, id, token, ids);
            });
        }

        private Builder person(
                String email, UnaryOperator<UserChanges> details, boolean registered, TeamRole role, String... teams) {
            Map<String, TeamRole> places = new LinkedHashMap<>();
            for (String team : teams) {
                places.put(team, role);
            }
            UserChanges member = details.apply(new UserChanges().set(UserAttribute.USER_NAME, email));
            people.add(new NewPerson(null, member, registered, null, null, places));
            return this;
        }

        private static UnaryOperator<UserChanges> role(OrganizationRole role) {
            return details -> details.setOrganizationRole(role.wireName());
        }
    }
}

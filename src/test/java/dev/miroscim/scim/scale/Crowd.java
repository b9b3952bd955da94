package dev.miroscim.scim.scale;

import dev.miroscim.OwnDatabase;
import dev.miroscim.ScimClient;
import dev.miroscim.TestOrganization;
import dev.miroscim.directory.organizations.OrganizationSettings.GroupModel;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * An organisation with many people, who are made by the database because nobody else is fast enough. Number {@code n}
 * is {@code user<n>@crowd.example}, called {@code Given<n> Family<n>} and employee {@code E<n>}. The team {@code Large}
 * has up to 5,000 members, who are all over the crowd; each of them is in one of a hundred others too. In a crowd of
 * user groups, those are user groups instead.
 *
 * <p>Crowds have a database to themselves, since its statistics decide on the plans of statements.
 */
final class Crowd {

    private static final ConfigurableApplicationContext PROGRAM = start();
    private static final Map<Integer, Crowd> CROWDS = new ConcurrentHashMap<>();
    private static final Map<Integer, Crowd> CROWDS_OF_USER_GROUPS = new ConcurrentHashMap<>();

    private final TestOrganization organization;
    private final JdbcClient database;
    private final int size;
    private final GroupModel model;

    private Crowd(TestOrganization organization, int size, GroupModel model) {
        this.organization = organization;
        this.database = organization.context().getBean(JdbcClient.class);
        this.size = size;
        this.model = model;
    }

    /** The crowd of this size, which all tests share: nobody takes away from it what others may look for. */
    static Crowd of(int size) {
        return CROWDS.computeIfAbsent(size, _ -> create(size, GroupModel.TEAMS));
    }

    /** Fewer than the others, whose plans should be those of a database that is theirs. */
    static Crowd ofUserGroups(int size) {
        return CROWDS_OF_USER_GROUPS.computeIfAbsent(size, _ -> create(size, GroupModel.USER_GROUPS));
    }

    ScimClient scim() {
        return organization.scim();
    }

    static DataSource dataSource() {
        return PROGRAM.getBean(DataSource.class);
    }

    TestOrganization organization() {
        return organization;
    }

    int size() {
        return size;
    }

    /** The id of number {@code n}. */
    String user(int n) {
        return database.sql("""
                        select p.id from profile p
                        where p.universe_id = (select universe_id from organization where id = ?) and lower(p.email) = ?
                        """)
                .params(organization.id(), "user" + n + "@crowd.example")
                .query(String.class)
                .single();
    }

    String group(String name) {
        String sql = switch (model) {
            case TEAMS -> "select id from team where organization_id = ? and group_name = ?";
            case USER_GROUPS -> "select id from user_group where organization_id = ? and name = ?";
        };
        return database.sql(sql)
                .params(organization.id(), name)
                .query(String.class)
                .single();
    }

    private static ConfigurableApplicationContext start() {
        try {
            return OwnDatabase.create("crowd").start();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Crowd create(int size, GroupModel model) {
        TestOrganization organization = TestOrganization.in(PROGRAM)
                .settings("""
                        {"seats": {"Advanced": 1000000}, "newUsersRegistered": true, "groupModel": "%s"}
                        """.formatted(model))
                .defaultTeam("Everyone")
                .companyAdmin("admin@crowd.example", "Everyone")
                .create();
        Crowd crowd = new Crowd(organization, size, model);
        new TransactionTemplate(PROGRAM.getBean(PlatformTransactionManager.class))
                .executeWithoutResult(_ -> crowd.populate());
        analyze(dataSource());
        return crowd;
    }

    private void populate() {
        run("""
                insert into profile (id, universe_id, email, full_name, registered, preferred_language)
                select nextval('miro_id'), o.universe_id, 'user' || n || '@crowd.example', 'Given' || n || ' Family' || n, true, 'en'
                from organization o, generate_series(1, :size) as n where o.id = :organization
                """);
        run("""
                insert into membership (id, organization_id, profile_id, role, admin_roles, status, license, employee_number,
                    department, manager_id, created_at, modified_at)
                select nextval('miro_id'), :organization, p.id, case when n % 1000 = 1 then 'INTERNAL_ADMIN' else 'INTERNAL_USER' end,
                    case when n % 500 = 2 then array['User Admin'] else array[]::text[] end,
                    case when n % 100 = 3 then 'DEACTIVATED' else 'ACTIVE' end,
                    case when n % 200 = 4 then 'BASIC' else 'FULL' end,
                    'E' || n, 'Department ' || n % 500, p.id - 50, '2024-01-01'::timestamptz + n * interval '1 minute',
                    '2025-01-01'::timestamptz + n * interval '1 minute'
                from (select id, substring(email from '[0-9]+')::int as n from profile
                      where universe_id = (select universe_id from organization where id = :organization)
                        and email <> 'admin@crowd.example') as p
                """);
        run(
                switch (model) {
                    case TEAMS -> """
                        insert into team (id, organization_id, name, group_name, default_team, created_at, modified_at)
                        select nextval('miro_id'), :organization, name, name, false, now(), now()
                        from (select 'Large' as name union all select 'Team ' || t from generate_series(1, 100) as t) as names
                        """;
                    case USER_GROUPS -> """
                        insert into user_group (id, organization_id, name, created_at, modified_at)
                        select nextval('miro_id'), :organization, name, now(), now()
                        from (select 'Large' as name union all select 'Team ' || t from generate_series(1, 100) as t) as names
                        """;
                });
        run("""
                insert into :member
                from :group t,
                    (select id, substring(employee_number from 2)::int / greatest(1, :size / 5000) as n from membership
                     where organization_id = :organization and employee_number is not null
                       and substring(employee_number from 2)::int % greatest(1, :size / 5000) = 0) as m
                where t.organization_id = :organization and t.name in ('Large', 'Team ' || m.n % 100 + 1)
                """.replace(":group", model == GroupModel.TEAMS ? "team" : "user_group").replace(
                ":member",
                switch (model) {
                    case TEAMS -> """
                        team_member (team_id, membership_id, role, joined_at)
                        select t.id, m.id, case when m.n = 0 then 'ADMIN' else 'MEMBER' end, now()
                        """;
                    case USER_GROUPS -> """
                        user_group_member (user_group_id, membership_id, joined_at)
                        select t.id, m.id, now()
                        """;
                }));
    }

    private void run(String sql) {
        database.sql(sql.replace(":organization", Long.toString(organization.id()))
                        .replace(":size", Integer.toString(size)))
                .update();
    }

    /** What a database does by itself after a minute. */
    private static void analyze(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(true);
            try (Statement statement = connection.createStatement()) {
                // Nobody can tell that rows are for all to see before their transaction is on disk.
                statement.execute("checkpoint");
                statement.execute("vacuum analyze");
            } finally {
                connection.setAutoCommit(false);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}

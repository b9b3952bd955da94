package bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.miroscim.testkit.MiroScimAdmin;
import dev.miroscim.testkit.NewOrganization;
import dev.miroscim.testkit.Organization;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.IntFunction;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Fills a database of the program by COPY: organisations, users and teams as clients would have made them. */
final class Seed {

    /** How many users of every size have such a name. */
    static final int HITS = 11;

    static final String RARE = "Quzyxw";

    private static final int CHUNK = 64 * 1024;

    private final Connection database;
    private final MiroScimAdmin admin;

    Seed(Connection database, MiroScimAdmin admin) {
        this.database = database;
        this.admin = admin;
    }

    /**
     * An organisation whose users and teams have consecutive ids.
     *
     * @param firstUser the id of its first user; userNames count from 0
     */
    record Seeded(String token, long firstUser, long firstTeam) {

        static String userName(int n) {
            return "user" + n + "@bench.example";
        }
    }

    /**
     * An organisation in whose default team all users are.
     *
     * @param teams the number of other teams
     * @param members how many members each of them has; they start anew with the first user when they get to the last
     */
    Seeded organization(String name, int users, int teams, int members) throws SQLException, IOException {
        Organization organization =
                admin.createOrganization(NewOrganization.named(name).setting("newUsersRegistered", true));
        long id = Long.parseLong(organization.id());
        long universe = number("select universe_id from organization where id = " + id);
        long profiles = ids(users);
        long memberships = ids(users);
        long firstTeam = ids(teams);
        long everyone = ids(1);
        int rareEvery = Math.max(1, users / HITS);
        copy(
                "profile (id, universe_id, email, full_name, registered)",
                users,
                n -> (profiles + n) + "\t" + universe + "\t" + Seeded.userName(n) + "\tGiven" + n + " "
                        + (n % rareEvery == rareEvery / 2 && n / rareEvery < HITS ? RARE : "Family") + n + "\tt");
        copy(
                "membership (id, organization_id, profile_id, role, admin_roles, status, license, employee_number, department,"
                        + " created_at, modified_at)",
                users,
                n -> (memberships + n) + "\t" + id + "\t" + (profiles + n) + "\t"
                        + (n == 0 ? "INTERNAL_ADMIN" : "INTERNAL_USER") + "\t{}\tACTIVE\tFULL\tE" + n + "\tDepartment "
                        + n % 500 + "\t2025-01-01T00:00:00Z\t2025-01-01T00:00:00Z");
        copy("team (id, organization_id, name, group_name, default_team, created_at, modified_at)", teams + 1, n -> {
            String team = n == teams ? "Everyone" : "Team " + n;
            return (n == teams ? everyone : firstTeam + n) + "\t" + id + "\t" + team + "\t" + team + "\t"
                    + (n == teams ? "t" : "f") + "\t2025-01-01T00:00:00Z\t2025-01-01T00:00:00Z";
        });
        copy(
                "team_member (team_id, membership_id, role, joined_at)",
                users,
                n -> everyone + "\t" + (memberships + n) + "\t" + (n == 0 ? "ADMIN" : "MEMBER")
                        + "\t2025-01-01T00:00:00Z");
        copy(
                "team_member (team_id, membership_id, role, joined_at)",
                teams * members,
                n -> (firstTeam + n / members) + "\t" + (memberships + n % users) + "\t"
                        + (n % members == 0 ? "ADMIN" : "MEMBER") + "\t2025-01-01T00:00:00Z");
        return new Seeded(organization.scimToken(), profiles, firstTeam);
    }

    /** As much for the limit application. */
    void limits(int rows) throws SQLException, IOException {
        execute("create schema limits");
        execute("create table limits.row (id bigint primary key, document text not null)");
        execute("create table limits.written (id bigint primary key, document text not null)");
        execute("create table limits.trail (id bigint primary key, written bigint not null, document text not null)");
        String document = "x".repeat(500);
        copy("limits.row (id, document)", rows, n -> n + "\t" + document);
    }

    /** What a database does by itself after some minutes. */
    void settle() throws SQLException {
        execute("vacuum analyze");
        execute("checkpoint");
    }

    private long ids(int count) throws SQLException {
        long first = number("select nextval('miro_id')");
        number("select setval('miro_id', " + (first + count + 100) + ")");
        // Hibernate takes the fifty ids before a number of the sequence.
        return first + 50;
    }

    private void copy(String columns, int rows, IntFunction<String> row) throws SQLException, IOException {
        CopyIn copy = database.unwrap(PGConnection.class).getCopyAPI().copyIn("copy " + columns + " from stdin");
        StringBuilder text = new StringBuilder();
        for (int n = 0; n < rows; n++) {
            text.append(row.apply(n)).append('\n');
            if (text.length() > CHUNK || n == rows - 1) {
                byte[] bytes = text.toString().getBytes(UTF_8);
                copy.writeToCopy(bytes, 0, bytes.length);
                text.setLength(0);
            }
        }
        copy.endCopy();
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute(sql);
        }
    }

    private long number(String sql) throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}

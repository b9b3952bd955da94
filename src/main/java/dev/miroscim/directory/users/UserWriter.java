package dev.miroscim.directory.users;

import static java.util.stream.Collectors.toMap;

import dev.miroscim.directory.StatementParameters;
import dev.miroscim.directory.audit.AuditTrail;
import dev.miroscim.directory.audit.AuditTrail.Events;
import dev.miroscim.directory.organizations.Organization;
import dev.miroscim.directory.organizations.OrganizationSettings.GroupModel;
import dev.miroscim.directory.people.GroupRef;
import dev.miroscim.directory.people.GroupTable;
import dev.miroscim.directory.people.Membership;
import dev.miroscim.directory.people.PersonRows;
import dev.miroscim.directory.people.Profile;
import dev.miroscim.directory.teams.DefaultTeams;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Writes a user, what the audit log says of that, and reads the groups of the answer, all in one statement. Entities and
 * rules have decided what is written; Hibernate does not know of it.
 */
@Component
class UserWriter {

    private static final String INSERT = "with " + PersonRows.INSERT + ", " + DefaultTeams.JOINING;
    private static final String JOINED = " select id, group_name from joined order by id";
    private static final String INSERT_UNLOGGED = INSERT + JOINED;
    private static final String INSERT_LOGGED = INSERT + ", " + AuditTrail.loggingPerson(DefaultTeams.EVENTS) + JOINED;

    private static final Map<GroupModel, String> UPDATE_UNLOGGED = byModel("with " + PersonRows.UPDATE);
    private static final Map<GroupModel, String> UPDATE_LOGGED =
            byModel("with " + PersonRows.UPDATE + ", " + AuditTrail.loggingPerson(""));

    private final JdbcTemplate database;
    private final AuditTrail audit;
    private final Clock clock;

    UserWriter(JdbcTemplate database, AuditTrail audit, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    /** Inserts a person who is new in the universe, and adds it to the default teams, which are returned. */
    List<GroupRef> insert(Membership membership) {
        Optional<Events> events = audit.take(membership.organizationId(), membership.id());
        return database.query(
                events.isPresent() ? INSERT_LOGGED : INSERT_UNLOGGED,
                statement -> {
                    StatementParameters parameters = new StatementParameters(statement);
                    PersonRows.insert(parameters, membership);
                    DefaultTeams.set(parameters, membership, clock.instant());
                    if (events.isPresent()) {
                        setPerson(events.get(), parameters, membership);
                    }
                },
                UserWriter::group);
    }

    /** Updates a person who is held, and returns the groups that it is in. */
    List<GroupRef> update(
            Organization organization, Membership membership, boolean profileChanged, boolean membershipChanged) {
        Optional<Events> events = audit.take(membership.organizationId(), membership.id());
        GroupModel model = organization.settings().groupModel();
        return database.query(
                (events.isPresent() ? UPDATE_LOGGED : UPDATE_UNLOGGED).get(model),
                statement -> {
                    StatementParameters parameters = new StatementParameters(statement);
                    PersonRows.update(parameters, membership, profileChanged, membershipChanged);
                    if (events.isPresent()) {
                        setPerson(events.get(), parameters, membership);
                    }
                    parameters.number(membership.id());
                },
                UserWriter::group);
    }

    private static void setPerson(Events events, StatementParameters parameters, Membership membership)
            throws SQLException {
        Profile profile = membership.profile();
        events.setPerson(
                parameters, profile.id(), profile.email(), profile.fullName().value());
    }

    private static Map<GroupModel, String> byModel(String writing) {
        return Arrays.stream(GroupModel.values())
                .collect(toMap(
                        model -> model,
                        model -> writing + " " + GroupTable.of(model).ofMember("?")));
    }

    private static GroupRef group(ResultSet row, int number) throws SQLException {
        return new GroupRef(row.getLong(1), row.getString(2));
    }
}

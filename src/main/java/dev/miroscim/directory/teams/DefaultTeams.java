package dev.miroscim.directory.teams;

import static dev.miroscim.directory.MiroRule.NEW_USERS_JOIN_DEFAULT_TEAM;
import static dev.miroscim.directory.audit.AuditEvent.Type.TEAM_MEMBER_ADDED;

import dev.miroscim.directory.StatementParameters;
import dev.miroscim.directory.audit.AuditEvent.Subject;
import dev.miroscim.directory.audit.AuditTrail;
import dev.miroscim.directory.people.GroupRef;
import dev.miroscim.directory.people.Membership;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The teams that new members join by themselves. */
@Component
public class DefaultTeams {

    /**
     * CTEs that add a member to every default team: the last is {@code joined (id, name, group_name)}. Their parameters
     * are set by {@link #set}.
     */
    public static final String JOINING = """
            joining as (
              insert into team_member (team_id, membership_id, role, joined_at, person_id, shown_name)
              select id, ?, '%s', ?, ?, ? from team where organization_id = ? and default_team
              on conflict do nothing returning team_id),
            joined as (select t.id, t.name, t.group_name from joining join team t on t.id = joining.team_id)
            """.formatted(TeamRole.MEMBER);

    /** The events of {@link #JOINING}, for {@link AuditTrail#loggingPerson}. */
    public static final String EVENTS = """
            select '%s', id, name, '', '%s', 1000 + row_number() over (order by id) from joined
            """.formatted(TEAM_MEMBER_ADDED, AuditTrail.word(TeamRole.MEMBER));

    private final JdbcTemplate database;
    private final TeamAudit audit;
    private final Clock clock;

    DefaultTeams(JdbcTemplate database, TeamAudit audit, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    /** Sets the parameters of {@link #JOINING}. */
    public static void set(StatementParameters parameters, Membership membership, Instant now) throws SQLException {
        // The trigger cannot see a person that the same statement inserts.
        parameters
                .number(membership.id())
                .time(now)
                .number(membership.profileId())
                .text(membership.profile().fullName().value())
                .number(membership.organizationId());
    }

    /** Notes that a new member joined these teams. */
    public static void note(List<GroupRef> joined) {
        if (!joined.isEmpty()) {
            NEW_USERS_JOIN_DEFAULT_TEAM.note("groups");
        }
    }

    /** Adds a member to every default team of the organisation. */
    public List<GroupRef> join(Membership membership) {
        List<GroupRef> joined = database.query(
                "with " + JOINING + " select id, name, group_name from joined order by id",
                statement -> set(new StatementParameters(statement), membership, clock.instant()),
                (row, _) -> {
                    audit.changed(
                            membership.organizationId(),
                            List.of(new TeamRoleChange(
                                    new Subject(row.getLong("id"), row.getString("name")),
                                    membership.id(),
                                    null,
                                    TeamRole.MEMBER)));
                    return new GroupRef(row.getLong("id"), row.getString("group_name"));
                });
        note(joined);
        return joined;
    }
}

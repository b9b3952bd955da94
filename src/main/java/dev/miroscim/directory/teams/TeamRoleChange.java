package dev.miroscim.directory.teams;

import dev.miroscim.directory.audit.AuditEvent.Subject;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.function.UnaryOperator;
import org.hibernate.Session;
import org.hibernate.query.NativeQuery;
import org.jspecify.annotations.Nullable;

/**
 * What changed in somebody's role in a team.
 *
 * @param member the id of the membership
 * @param former the role before; null if the person was not in the team
 * @param role the role now; null if the person is not in the team any more
 */
record TeamRoleChange(
        Subject team,
        long member,
        @Nullable TeamRole former,
        @Nullable TeamRole role) {

    static TeamRoleChange of(Team team, long member, @Nullable TeamRole former, @Nullable TeamRole role) {
        return new TeamRoleChange(TeamAudit.subject(team), member, former, role);
    }

    /** Runs a statement that returns {@code team_id}, {@code team_name}, {@code member}, {@code former}, {@code role}. */
    static List<TeamRoleChange> execute(
            EntityManager entities, String sql, UnaryOperator<NativeQuery<Object[]>> parameters) {
        return parameters
                .apply(entities.unwrap(Session.class)
                        .createNativeQuery(sql, Object[].class)
                        .addScalar("team_id", Long.class)
                        .addScalar("team_name", String.class)
                        .addScalar("member", Long.class)
                        .addScalar("former", String.class)
                        .addScalar("role", String.class))
                .getResultList()
                .stream()
                .map(row -> new TeamRoleChange(
                        new Subject((Long) row[0], (String) row[1]), (Long) row[2], role(row[3]), role(row[4])))
                .toList();
    }

    private static @Nullable TeamRole role(@Nullable Object name) {
        return name == null ? null : TeamRole.valueOf((String) name);
    }
}

package dev.miroscim.directory;

import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Moves boards when their owners go. */
@Component
class Boards {

    private static final String HAND_OVER = """
            update board b set owner_id = coalesce(
                (select a.id from team_member tm join membership a on a.id = tm.membership_id
                 where tm.team_id = b.team_id and tm.role = 'ADMIN' and a.status = 'ACTIVE' and a.id <> all(:leaving)
                 order by tm.joined_at, a.id limit 1),
                (select a.id from membership a
                 where a.organization_id = :organization and a.role = 'INTERNAL_ADMIN' and a.status = 'ACTIVE'
                   and a.id <> all(:leaving)
                 order by a.created_at, a.id limit 1),
                b.owner_id)
            where b.owner_id = any(:leaving)
            """;

    /** Admins come and go under this lock, so that none gets boards while leaving. */
    private static final String HOLD_IF_ANY = """
            select 1 from organization o where o.id = :organization
              and exists (select 1 from board b where b.owner_id = any(:leaving) %s)
            for no key update
            """;

    private static final String OF_TEAM = " and b.team_id = :team";

    private final EntityManager entities;

    Boards(EntityManager entities) {
        this.entities = entities;
    }

    /** Hands the boards of those who leave to the oldest admin left; {@code team} null: in all teams. */
    void handOver(long organizationId, @Nullable Long team, Collection<Long> leavingMemberships) {
        String ofTeam = team == null ? "" : OF_TEAM;
        Query hold = query(HOLD_IF_ANY.formatted(ofTeam), organizationId, team, leavingMemberships);
        if (!hold.getResultList().isEmpty()) {
            query(HAND_OVER + ofTeam, organizationId, team, leavingMemberships).executeUpdate();
            MiroRule.BOARDS_GO_TO_OLDEST_ADMIN.note(null);
        }
    }

    private Query query(String sql, long organizationId, @Nullable Long team, Collection<Long> leaving) {
        Query query = entities.createNativeQuery(sql)
                .setParameter("organization", organizationId)
                .setParameter("leaving", leaving.toArray(Long[]::new));
        return team == null ? query : query.setParameter("team", team);
    }
}

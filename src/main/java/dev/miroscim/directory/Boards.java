package dev.miroscim.directory;

import jakarta.persistence.EntityManager;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Moves boards when their owners go. */
@Component
class Boards {

    private static final String HAND_OVER =
            """
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

    private final EntityManager entities;

    Boards(EntityManager entities) {
        this.entities = entities;
    }

    /** Hands the boards of those who leave to the oldest admin left; {@code team} null: in all teams. */
    void handOver(long organizationId, @Nullable Long team, Collection<Long> leavingMemberships) {
        var update = entities.createNativeQuery(team == null ? HAND_OVER : HAND_OVER + " and b.team_id = :team")
                .setParameter("organization", organizationId)
                .setParameter("leaving", leavingMemberships.toArray(Long[]::new));
        if (team != null) {
            update.setParameter("team", team);
        }
        if (update.executeUpdate() > 0) {
            MiroRule.BOARDS_GO_TO_OLDEST_ADMIN.note(null);
        }
    }
}

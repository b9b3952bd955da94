package dev.miroscim.directory.teams;

import dev.miroscim.directory.Listing;
import dev.miroscim.directory.MiroRule;
import dev.miroscim.directory.RefusedException;
import dev.miroscim.directory.Texts;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.persistence.TypedQuery;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The boards of an organisation, and who gets them when their owners leave. */
@Service
public class Boards {

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

    /** Locks the organisation, as changes of admins do, so that no leaving admin gets boards. */
    private static final String HOLD_IF_ANY = """
            select 1 from organization o where o.id = :organization
              and exists (select 1 from board b where b.owner_id = any(:leaving) %s)
            for no key update
            """;

    private static final String OF_TEAM = " and b.team_id = :team";

    private static final String READ =
            "select b from Board b join fetch b.team join fetch b.owner m join fetch m.profile ";

    private final EntityManager entities;

    Boards(EntityManager entities) {
        this.entities = entities;
    }

    /** The order of a list of boards. */
    public enum Order {
        LAST_MODIFIED("b.modifiedAt desc, b.id desc"),
        LAST_CREATED("b.createdAt desc, b.id desc"),
        ALPHABETICALLY("lower(b.name), b.id");

        private final String columns;

        Order(String columns) {
            this.columns = columns;
        }
    }

    /**
     * Which boards are listed; what is null does not matter.
     *
     * @param team the id of their team
     * @param owner the id of the person who owns them
     * @param namePart what their names have to contain, in any case
     */
    public record Filter(
            @Nullable Long team,
            @Nullable Long owner,
            @Nullable String namePart) {}

    /** A part of the boards that match, and how many there are in all. */
    @Transactional(readOnly = true)
    public Listing<Board> list(long organizationId, Filter filter, Order order, int offset, int limit) {
        String matching = "where b.organizationId = :organization"
                + (filter.team() == null ? "" : " and b.team.id = :team")
                + (filter.owner() == null ? "" : " and b.owner.profile.id = :owner")
                + (filter.namePart() == null ? "" : " and lower(b.name) like lower(:pattern) escape '\\'");
        List<Board> page = with(
                        entities.createQuery(READ + matching + " order by " + order.columns, Board.class),
                        organizationId,
                        filter)
                .setFirstResult(offset)
                .setMaxResults(limit)
                .setHint("org.hibernate.readOnly", true)
                .getResultList();
        boolean last = page.size() < limit && (offset == 0 || !page.isEmpty());
        return new Listing<>(
                last
                        ? (long) offset + page.size()
                        : with(
                                        entities.createQuery("select count(b) from Board b " + matching, Long.class),
                                        organizationId,
                                        filter)
                                .getSingleResult(),
                page);
    }

    /** The board with this id, refused as not found if the organisation has none. */
    @Transactional(readOnly = true)
    public Board find(long organizationId, long id) {
        return entities.createQuery(READ + "where b.organizationId = :organization and b.id = :id", Board.class)
                .setParameter("organization", organizationId)
                .setParameter("id", id)
                .getResultStream()
                .findFirst()
                .orElseThrow(() -> RefusedException.notFound("Board", Long.toString(id)));
    }

    private static <T> TypedQuery<T> with(TypedQuery<T> query, long organizationId, Filter filter) {
        query.setParameter("organization", organizationId);
        if (filter.team() != null) {
            query.setParameter("team", filter.team());
        }
        if (filter.owner() != null) {
            query.setParameter("owner", filter.owner());
        }
        if (filter.namePart() != null) {
            query.setParameter("pattern", Texts.containing(filter.namePart()));
        }
        return query;
    }

    /** Gives the boards of people who leave to the oldest remaining admin; in all teams if {@code team} is null. */
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

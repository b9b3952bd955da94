package dev.miroscim;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What the database holds of an organisation, read by SQL past all code that is tested. */
public final class StoredOrganization {

    private final JdbcClient sql;
    private final TransactionTemplate transactions;
    private final long id;

    private StoredOrganization(JdbcClient sql, TransactionTemplate transactions, long id) {
        this.sql = sql;
        this.transactions = transactions;
        this.id = id;
    }

    public static StoredOrganization of(TestOrganization organization) {
        ApplicationContext context = organization.context();
        return new StoredOrganization(
                context.getBean(JdbcClient.class),
                new TransactionTemplate(context.getBean(PlatformTransactionManager.class)),
                organization.id());
    }

    /** The owners' addresses, by the names of the boards. */
    public Map<String, String> boardOwners() {
        return pairs("""
                select b.name, p.email
                from board b join team t on t.id = b.team_id
                  join membership m on m.id = b.owner_id join profile p on p.id = m.profile_id
                where t.organization_id = ? order by b.name
                """);
    }

    /** Who is in a team, guests and deactivated people included, with the role there. */
    public Map<String, String> team(String name) {
        return pairs("""
                select p.email, tm.role
                from team_member tm join team t on t.id = tm.team_id
                  join membership m on m.id = tm.membership_id join profile p on p.id = m.profile_id
                where t.organization_id = ? and t.name = '%s' order by p.email
                """.formatted(name));
    }

    /** Everybody who is or was in the organisation: role, state and licence. */
    public Map<String, String> people() {
        return pairs("""
                select p.email, concat_ws(' ', m.role, m.status, m.license)
                from membership m join profile p on p.id = m.profile_id
                where m.organization_id = ? order by p.email
                """);
    }

    /** How many seats of a licence are taken. */
    public long seatsTaken(String license) {
        return sql.sql("""
                        select count(*) from membership
                        where organization_id = ? and license = ? and status = 'ACTIVE' and role like 'INTERNAL%'
                        """).param(id).param(license).query(Long.class).single();
    }

    /** Names of the teams themselves, by the names of their security groups. */
    public Map<String, String> teamNames() {
        return pairs("select group_name, name from team where organization_id = ? order by group_name");
    }

    /** Lets somebody have joined a team earlier than everybody else. */
    public void joinedFirst(String email, String team) {
        transactions.executeWithoutResult(
                _ -> sql.sql("""
                        update team_member tm set joined_at = timestamptz '2001-01-01'
                        from team t, membership m, profile p
                        where t.id = tm.team_id and m.id = tm.membership_id and p.id = m.profile_id
                          and t.organization_id = ? and t.name = ? and p.email = ?
                        """).param(id).param(team).param(email).update());
    }

    /** All rows that belong to the organisation or to its people, to be compared with a later look. */
    public List<String> everything() {
        return sql.sql("""
                        select 'team ' || row_to_json(t)::text from team t where t.organization_id = :id
                        union all
                        select 'member ' || row_to_json(m)::text from membership m where m.organization_id = :id
                        union all
                        select 'profile ' || row_to_json(p)::text from profile p
                        where p.universe_id = (select universe_id from organization where id = :id)
                        union all
                        select 'place ' || row_to_json(tm)::text from team_member tm join team t on t.id = tm.team_id
                        where t.organization_id = :id
                        union all
                        select 'board ' || row_to_json(b)::text from board b join team t on t.id = b.team_id
                        where t.organization_id = :id
                        union all
                        select 'user group ' || row_to_json(g)::text from user_group g where g.organization_id = :id
                        union all
                        select 'in user group ' || row_to_json(gm)::text
                        from user_group_member gm join user_group g on g.id = gm.user_group_id
                        where g.organization_id = :id
                        order by 1
                        """).param("id", id).query(String.class).list();
    }

    private Map<String, String> pairs(String query) {
        Map<String, String> pairs = new LinkedHashMap<>();
        sql.sql(query).param(id).query(row -> {
            pairs.put(row.getString(1), row.getString(2));
        });
        return pairs;
    }
}

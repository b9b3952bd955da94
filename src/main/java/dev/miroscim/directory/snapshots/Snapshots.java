package dev.miroscim.directory.snapshots;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import dev.miroscim.directory.DirectoryChange;
import dev.miroscim.directory.RefusedException;
import dev.miroscim.directory.organizations.Organization;
import dev.miroscim.directory.organizations.OrganizationSettings;
import dev.miroscim.directory.organizations.Organizations;
import jakarta.persistence.EntityManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Takes snapshots of organisations and restores them. A snapshot has the name and the settings of an organisation, its
 * people, teams, user groups and boards with their ids, and where its audit log ended. Tokens are no part of it.
 */
@Service
public class Snapshots {

    /** How many snapshots an organisation can have. */
    public static final int MOST = 50;

    /** More people would make resets and starts slow. */
    private static final int LARGE = 10_000;

    private static final String SELECT = """
            select s.id, s.name, s.created_at, (
              select count(*) from snapshot_row r
              where r.snapshot_id = s.id and r.source = 'membership' and r.content ->> 'status' <> 'REMOVED') as people
            from snapshot s where s.organization_id = :organization
            """;

    // One statement, so that everything in the snapshot is of the same moment.
    private static final String TAKE = """
            with taken as (
              insert into snapshot (organization_id, name, organization_name, settings, audit_event_id, created_at)
              select o.id, :name, o.name, o.settings,
                (select max(e.id) from audit_event e where e.organization_id = o.id), :now
              from organization o where o.id = :organization
              returning id)
            insert into snapshot_row (snapshot_id, source, key, content)
            select taken.id, copied.source, copied.key, copied.content from taken cross join (%s) as copied
            """.formatted(
            Arrays.stream(CopiedTable.values()).map(CopiedTable::current).collect(joining(" union all ")));

    private final JdbcClient database;
    private final EntityManager entities;
    private final Organizations organizations;
    private final JsonMapper json;

    Snapshots(JdbcClient database, EntityManager entities, Organizations organizations, JsonMapper json) {
        this.database = database;
        this.entities = entities;
        this.organizations = organizations;
        this.json = json;
    }

    /**
     * Takes a snapshot, in place of an earlier one with this name.
     *
     * @param now what its time is
     * @throws RefusedException if the organisation does not exist, or if it has {@value #MOST} others
     */
    @DirectoryChange
    public Snapshot take(long organizationId, String name, Instant now) {
        if (!takeInTransaction(organizationId, name, now)) {
            throw new RefusedException(
                    RefusedException.Kind.CONFLICT,
                    "The organisation has %d snapshots, and no more are kept; delete one".formatted(MOST));
        }
        return get(organizationId, name);
    }

    /**
     * Takes a snapshot that was not asked for, unless there is no room or the organisation has more than
     * {@value #LARGE} people.
     */
    @DirectoryChange
    public void takeIfSmall(long organizationId, String name, Instant now) {
        takeIfSmallInTransaction(organizationId, name, now);
    }

    /** The same within a transaction that has changed the organisation. */
    public void takeIfSmallInTransaction(long organizationId, String name, Instant now) {
        entities.flush();
        long people = database.sql("""
                        select count(*) from (
                          select 1 from membership where organization_id = :organization limit :large) as counted
                        """)
                .param("organization", organizationId)
                .param("large", LARGE + 1)
                .query(Long.class)
                .single();
        if (people <= LARGE) {
            takeInTransaction(organizationId, name, now);
        }
    }

    /** @return whether there was room for it */
    private boolean takeInTransaction(long organizationId, String name, Instant now) {
        entities.flush();
        // One snapshot of an organisation at a time, so that two with one name do not collide.
        if (!organizations.lock(organizationId)) {
            throw RefusedException.notFound("Organization", Long.toString(organizationId));
        }
        deleteIfPresent(organizationId, name);
        long others = database.sql("select count(*) from snapshot where organization_id = :organization")
                .param("organization", organizationId)
                .query(Long.class)
                .single();
        if (others >= MOST) {
            return false;
        }
        database.sql(TAKE)
                .param("organization", organizationId)
                .param("name", name)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
        return true;
    }

    /** The snapshots of an organisation, oldest first. */
    @Transactional(readOnly = true)
    public List<Snapshot> list(long organizationId) {
        organizations.get(organizationId);
        return database.sql(SELECT + " order by s.created_at, s.id")
                .param("organization", organizationId)
                .query(Snapshots::snapshot)
                .list();
    }

    /** @throws RefusedException if the organisation has no such snapshot */
    @Transactional(readOnly = true)
    public Snapshot get(long organizationId, String name) {
        return find(organizationId, name).orElseThrow(() -> missing(name));
    }

    @DirectoryChange
    public void delete(long organizationId, String name) {
        organizations.lock(organizationId);
        if (!deleteIfPresent(organizationId, name)) {
            throw missing(name);
        }
    }

    /**
     * Makes the organisation what it was when the snapshot was taken, with the same ids, and ends its audit log there.
     * People who are in other organisations too get their earlier name and address in all of them.
     *
     * @throws RefusedException if there is no such snapshot, or if an address in it belongs to another person by now,
     *     who is in another organisation
     */
    @DirectoryChange
    public void restore(long organizationId, String name) {
        Organization organization = organizations.get(organizationId);
        Snapshot snapshot = get(organizationId, name);
        organizations.holdAll(organizationId);
        for (CopiedTable table : List.of(CopiedTable.values()).reversed()) {
            if (table != CopiedTable.PROFILE) {
                execute(table.deleteOthers(), organizationId, snapshot);
            }
        }
        database.sql("""
                        delete from profile p where p.universe_id = :universe
                          and not exists (select 1 from membership m where m.profile_id = p.id)
                          and not exists (select 1 from snapshot_row r
                            where r.snapshot_id = :snapshot and r.source = 'profile' and r.key = p.id::text)
                        """)
                .param("universe", organization.universeId())
                .param("snapshot", snapshot.id())
                .update();
        requireFreeAddresses(organization, snapshot);
        Map<String, List<String>> columns = columns();
        for (CopiedTable table : CopiedTable.values()) {
            String clearing = table.clearNames();
            if (clearing != null) {
                database.sql(clearing).param("snapshot", snapshot.id()).update();
            }
            database.sql(table.restore(columns.get(table.table())))
                    .param("snapshot", snapshot.id())
                    .update();
        }
        execute("""
                delete from audit_event e using snapshot s
                where s.id = :snapshot and e.organization_id = :organization and e.id > coalesce(s.audit_event_id, 0)
                """, organizationId, snapshot);
        execute("""
                update organization o set name = s.organization_name, settings = s.settings
                from snapshot s where s.id = :snapshot and o.id = :organization
                """, organizationId, snapshot);
        organizations.forget(organizationId);
        entities.clear();
    }

    /** The settings that the organisation had. */
    OrganizationSettings settings(Snapshot snapshot) {
        String settings = database.sql("select settings from snapshot where id = :snapshot")
                .param("snapshot", snapshot.id())
                .query(String.class)
                .single();
        return json.readValue(settings, OrganizationSettings.class);
    }

    private void requireFreeAddresses(Organization organization, Snapshot snapshot) {
        database.sql("""
                        select p.email from snapshot_row r
                        join profile p on p.universe_id = :universe and lower(p.email) = lower(r.content ->> 'email')
                        where r.snapshot_id = :snapshot and r.source = 'profile' and p.id::text <> r.key
                          and not exists (select 1 from snapshot_row o
                            where o.snapshot_id = :snapshot and o.source = 'profile' and o.key = p.id::text)
                        limit 1
                        """)
                .param("universe", organization.universeId())
                .param("snapshot", snapshot.id())
                .query(String.class)
                .optional()
                .ifPresent(taken -> {
                    throw new RefusedException(
                            RefusedException.Kind.CONFLICT,
                            "The address %s belongs to another person by now, who is in another organisation"
                                    .formatted(taken));
                });
    }

    /** The columns of the tables, without generated ones. */
    private Map<String, List<String>> columns() {
        record Column(String table, String name) {}
        return database
                .sql("""
                        select c.relname, a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid
                        where c.oid = any(cast(:tables as regclass[])) and a.attnum > 0 and not a.attisdropped
                          and a.attgenerated = ''
                        order by a.attnum
                        """)
                .param(
                        "tables",
                        Arrays.stream(CopiedTable.values())
                                .map(CopiedTable::table)
                                .collect(joining(",", "{", "}")))
                .query((row, _) -> new Column(row.getString(1), row.getString(2)))
                .list()
                .stream()
                .collect(groupingBy(Column::table, mapping(Column::name, toList())));
    }

    private void execute(String sql, long organizationId, Snapshot snapshot) {
        database.sql(sql)
                .param("organization", organizationId)
                .param("snapshot", snapshot.id())
                .update();
    }

    private boolean deleteIfPresent(long organizationId, String name) {
        return database.sql("delete from snapshot where organization_id = :organization and name = :name")
                        .param("organization", organizationId)
                        .param("name", name)
                        .update()
                > 0;
    }

    private Optional<Snapshot> find(long organizationId, String name) {
        return database.sql(SELECT + " and s.name = :name")
                .param("organization", organizationId)
                .param("name", name)
                .query(Snapshots::snapshot)
                .optional();
    }

    private static Snapshot snapshot(ResultSet row, int number) throws SQLException {
        return new Snapshot(
                row.getLong("id"),
                row.getString("name"),
                row.getTimestamp("created_at").toInstant(),
                row.getLong("people"));
    }

    private static RefusedException missing(String name) {
        return RefusedException.notFound("Snapshot", name);
    }
}

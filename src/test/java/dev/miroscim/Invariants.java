package dev.miroscim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What has to be true of an organisation's rows, whatever was asked of it and by however many at once. */
public final class Invariants {

    private static final Map<String, String> VIOLATIONS = violations();

    private final JdbcClient database;
    private final long organization;
    private final List<Long> teamsWithAdmin;

    private Invariants(JdbcClient database, long organization) {
        this.database = database;
        this.organization = organization;
        this.teamsWithAdmin = teamsWithAdmin();
    }

    /** The organisation as it is now: later, teams must not have lost their last admin. */
    public static Invariants of(JdbcClient database, TestOrganization organization) {
        return new Invariants(database, organization.id());
    }

    /** What is wrong with an organisation of which nothing else is known, in words, with the first rows. */
    public static List<String> violations(JdbcClient database, long organization) {
        return VIOLATIONS.entrySet().stream()
                .flatMap(invariant -> {
                    List<Map<String, Object>> rows = database.sql(invariant.getValue())
                            .param("organization", organization)
                            .query()
                            .listOfRows();
                    return rows.isEmpty()
                            ? Stream.<String>empty()
                            : Stream.of("Not true: %s, but %d rows such as %s"
                                    .formatted(invariant.getKey(), rows.size(), rows.getFirst()));
                })
                .toList();
    }

    public void check() {
        assertThat(violations(database, organization)).isEmpty();
        assertThat(teamsWithAdmin()).as("teams with an active admin").containsAll(teamsWithAdmin);
        assertThat(companyAdmins()).as("active company admins").isPositive();
    }

    private List<Long> teamsWithAdmin() {
        return database.sql("""
                        select distinct t.id from team t
                        join team_member tm on tm.team_id = t.id and tm.role = 'ADMIN'
                        join membership m on m.id = tm.membership_id and m.status = 'ACTIVE'
                        where t.organization_id = :organization order by t.id
                        """)
                .param("organization", organization)
                .query(Long.class)
                .list();
    }

    private long companyAdmins() {
        return database.sql("""
                        select count(*) from membership
                        where organization_id = :organization and role = 'INTERNAL_ADMIN' and status = 'ACTIVE'
                        """)
                .param("organization", organization)
                .query(Long.class)
                .single();
    }

    /** What must not be, as SQL that finds it. */
    private static Map<String, String> violations() {
        Map<String, String> violations = new LinkedHashMap<>();
        violations.put("no more members with a licence than seats", """
                select s.key, s.value, count(*) from organization o
                cross join lateral jsonb_each_text(coalesce(o.settings -> 'seats', '{}')) s
                join membership m on m.organization_id = o.id and m.status = 'ACTIVE'
                  and m.role in ('INTERNAL_ADMIN', 'INTERNAL_USER')
                  and m.license = rtrim(upper(regexp_replace(s.key, '[^A-Za-z]+', '_', 'g')), '_')
                where o.id = :organization
                group by s.key, s.value having count(*) > s.value::int
                """);
        violations.put("counts that are those of the members SCIM sees", """
                select c.block, c.members, m.members from (
                  select block, sum(members) as members from member_count where organization_id = :organization
                  group by block having sum(members) <> 0) c
                full join (
                  select profile_id >> 15 as block, count(*) as members from membership
                  where organization_id = :organization and status <> 'REMOVED'
                    and role in ('INTERNAL_ADMIN', 'INTERNAL_USER')
                  group by profile_id >> 15) m on m.block = c.block
                where c.members is distinct from m.members
                """);
        violations.put("nobody in a team who is not in the organisation", """
                select tm.* from team_member tm join membership m on m.id = tm.membership_id
                join team t on t.id = tm.team_id
                where t.organization_id = :organization and (m.status = 'REMOVED' or m.organization_id <> t.organization_id)
                """);
        violations.put("nobody in a user group who is no member of the organisation", """
                select gm.* from user_group_member gm join membership m on m.id = gm.membership_id
                join user_group g on g.id = gm.user_group_id
                where g.organization_id = :organization
                  and (m.status = 'REMOVED' or m.role not in ('INTERNAL_ADMIN', 'INTERNAL_USER')
                       or m.organization_id <> g.organization_id)
                """);
        violations.put("no admin roles of those who are no members", """
                select * from membership where organization_id = :organization and cardinality(admin_roles) > 0
                  and (status = 'REMOVED' or role not in ('INTERNAL_ADMIN', 'INTERNAL_USER'))
                """);
        violations.put("no guests in a team as members", """
                select tm.* from team_member tm join membership m on m.id = tm.membership_id
                where m.organization_id = :organization
                  and m.role in ('EXTERNAL_USER', 'TEAM_GUEST_USER') and tm.role in ('ADMIN', 'MEMBER')
                """);
        violations.put("rows of members say who they are and whether SCIM sees them", """
                select shown.*, p.full_name, m.role, m.status from (
                  select membership_id, person_id, shown_name from team_member union all
                  select membership_id, person_id, shown_name from user_group_member) shown
                join membership m on m.id = shown.membership_id join profile p on p.id = m.profile_id
                where m.organization_id = :organization and (shown.person_id is distinct from p.id
                  or shown.shown_name is distinct from case
                    when m.status <> 'REMOVED' and m.role in ('INTERNAL_ADMIN', 'INTERNAL_USER') then p.full_name end)
                """);
        violations.put("boards belong to those who are present", """
                select b.* from board b join team t on t.id = b.team_id join membership m on m.id = b.owner_id
                where t.organization_id = :organization
                  and (m.status = 'REMOVED' or m.organization_id <> t.organization_id)
                """);
        violations.put("nobody twice in an organisation", """
                select profile_id, count(*) from membership where organization_id = :organization
                group by profile_id having count(*) > 1
                """);
        violations.put("no address twice in a universe", """
                select lower(p.email), count(*) from profile p join organization o on o.universe_id = p.universe_id
                where o.id = :organization group by lower(p.email) having count(*) > 1
                """);
        violations.put("no group name twice in an organisation", """
                select lower(group_name), count(*) from team where organization_id = :organization
                group by lower(group_name) having count(*) > 1
                """);
        violations.put("people of the same universe, with an address and a name", """
                select p.* from profile p join membership m on m.profile_id = p.id
                join organization o on o.id = m.organization_id
                where o.id = :organization and (p.universe_id <> o.universe_id or p.email not like '%_@_%'
                  or length(p.email) > 254 or p.full_name = '' or length(p.full_name) > 60 and p.full_name <> p.email)
                """);
        violations.put("groups with a name of at most sixty characters", """
                select * from team where organization_id = :organization
                  and (btrim(group_name) = '' or length(group_name) > 60)
                """);
        violations.put("values no longer than Miro keeps", """
                select * from membership where organization_id = :organization and (length(employee_number) > 20
                  or greatest(length(cost_center), length(organization_unit), length(division), length(department)) > 120
                  or length(manager_name) > 60)
                """);
        violations.put("the audit log ends with who is in the organisation", """
                select last.*, m.status from (
                  select distinct on (person_id) person_id, event from audit_event
                  where organization_id = :organization and event in ('USER_CREATED', 'USER_DELETED')
                  order by person_id, id desc) last
                join membership m on m.profile_id = last.person_id and m.organization_id = :organization
                where (m.status = 'REMOVED') <> (last.event = 'USER_DELETED')
                """);
        violations.put("the audit log ends with who is in which team", """
                select last.*, tm.role from (
                  select distinct on (person_id, place_id) person_id, place_id, event, id from audit_event
                  where organization_id = :organization and event in ('TEAM_MEMBER_ADDED', 'TEAM_MEMBER_REMOVED')
                  order by person_id, place_id, id desc) last
                join membership m on m.profile_id = last.person_id and m.organization_id = :organization
                join team t on t.id = last.place_id
                left join team_member tm on tm.team_id = t.id and tm.membership_id = m.id
                where (tm.team_id is not null) <> (last.event = 'TEAM_MEMBER_ADDED')
                  and not exists (select 1 from audit_event e where e.organization_id = :organization
                    and e.person_id = last.person_id and e.event = 'USER_DELETED' and e.id > last.id)
                """);
        violations.put("the audit log ends with who is in which user group", """
                select last.*, gm.joined_at from (
                  select distinct on (person_id, place_id) person_id, place_id, event, id from audit_event
                  where organization_id = :organization
                    and event in ('USER_GROUP_MEMBER_ADDED', 'USER_GROUP_MEMBER_REMOVED')
                  order by person_id, place_id, id desc) last
                join membership m on m.profile_id = last.person_id and m.organization_id = :organization
                join user_group g on g.id = last.place_id
                left join user_group_member gm on gm.user_group_id = g.id and gm.membership_id = m.id
                where (gm.user_group_id is not null) <> (last.event = 'USER_GROUP_MEMBER_ADDED')
                  and not exists (select 1 from audit_event e where e.organization_id = :organization
                    and e.person_id = last.person_id and e.event = 'USER_DELETED' and e.id > last.id)
                """);
        violations.put("boards and user groups belong to teams of the same organisation", """
                select b.id from board b join team t on t.id = b.team_id join membership m on m.id = b.owner_id
                where b.organization_id = :organization
                  and (t.organization_id <> b.organization_id or m.organization_id <> b.organization_id)
                union all
                select gt.user_group_id from user_group_team gt join team t on t.id = gt.team_id
                join user_group g on g.id = gt.user_group_id
                where g.organization_id = :organization and t.organization_id <> g.organization_id
                """);
        violations.put("at most one valid SCIM token", """
                select organization_id, count(*) from access_token
                where organization_id = :organization and kind = 'SCIM' and revoked_at is null
                group by organization_id having count(*) > 1
                """);
        return violations;
    }
}

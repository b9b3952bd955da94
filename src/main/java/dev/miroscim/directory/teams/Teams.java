package dev.miroscim.directory.teams;

import static dev.miroscim.directory.MiroRule.GROUP_NAME_APART_FROM_TEAM_NAME;
import static dev.miroscim.directory.MiroRule.GROUP_NAME_UNIQUE;
import static dev.miroscim.directory.RefusedException.Kind.CONFLICT;

import dev.miroscim.directory.DirectoryChange;
import dev.miroscim.directory.ListQuery;
import dev.miroscim.directory.Listing;
import dev.miroscim.directory.LockOrder;
import dev.miroscim.directory.LockOrder.Lock;
import dev.miroscim.directory.Names;
import dev.miroscim.directory.Pages;
import dev.miroscim.directory.RefusedException;
import dev.miroscim.directory.Slice;
import dev.miroscim.directory.Texts;
import dev.miroscim.directory.groups.SecurityGroups;
import dev.miroscim.directory.people.GroupTable;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Teams under their own names. SCIM knows them as {@link SecurityGroups}, under the names of their security groups. */
@Service
public class Teams {

    private final TeamRepository teams;
    private final EntityManager entities;
    private final TeamAudit audit;
    private final Clock clock;

    Teams(TeamRepository teams, EntityManager entities, TeamAudit audit, Clock clock) {
        this.teams = teams;
        this.entities = entities;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Teams in the order of their ids, from the one after {@code after} on.
     *
     * @param namePart what a team's name has to contain, in any case; null for all teams
     */
    @Transactional(readOnly = true)
    public Slice<Team> list(long organizationId, @Nullable String namePart, long after, int limit) {
        String pattern = namePart == null ? "%" : Texts.containing(namePart);
        return Slice.of(teams.list(organizationId, pattern, after, Limit.of(limit + 1)), limit);
    }

    /** Teams that the query's filter matches. */
    @Transactional(readOnly = true)
    public Listing<Team> page(long organizationId, ListQuery query) {
        return Pages.read(entities, Team.class, GroupTable.TEAMS.table(), organizationId, query);
    }

    /** The team with this id, refused as not found if there is none. */
    @Transactional(readOnly = true)
    public Team find(long organizationId, long id) {
        return find(organizationId, id, LockModeType.NONE);
    }

    /** The first team of an organisation: the default team, or else the oldest. */
    @Transactional(readOnly = true)
    public Optional<Team> first(long organizationId) {
        return teams.first(organizationId);
    }

    /** Creates a team and its security group, which has the same name and is what SCIM sees. */
    @DirectoryChange
    public Team create(long organizationId, @Nullable String name) {
        String kept = Names.require("name", name);
        requireFreeGroupName(organizationId, "name", kept, 0);
        Team team = new Team(null, organizationId, kept, kept, false, clock.instant());
        entities.persist(team);
        audit.created(team);
        return team;
    }

    /** Renames a team. Its security group keeps its name, by which identity providers match it. */
    @DirectoryChange
    public Team rename(long organizationId, long id, @Nullable String name) {
        String kept = Names.require("name", name);
        Team team = hold(organizationId, id);
        team.rename(kept);
        if (!kept.equals(team.groupName())) {
            GROUP_NAME_APART_FROM_TEAM_NAME.note(
                    "name", "The team is called '%s' now, its group still '%s'.".formatted(kept, team.groupName()));
        }
        return team;
    }

    /** The settings of a team, with defaults. */
    @Transactional(readOnly = true)
    public TeamSettings settings(long organizationId, long id) {
        DecidedTeamSettings decided = entities.find(
                DecidedTeamSettings.class, find(organizationId, id).id());
        return decided == null ? TeamSettings.DEFAULTS : decided.settings().over(TeamSettings.DEFAULTS);
    }

    /** Changes settings of a team; what {@code changes} leave out stays. */
    @DirectoryChange
    public TeamSettings decide(long organizationId, long id, TeamSettings changes) {
        Team team = hold(organizationId, id);
        DecidedTeamSettings decided = entities.find(DecidedTeamSettings.class, team.id());
        if (decided == null) {
            decided = new DecidedTeamSettings(team.id(), changes);
            entities.persist(decided);
        } else {
            decided.decide(changes.over(decided.settings()));
        }
        return decided.settings().over(TeamSettings.DEFAULTS);
    }

    /** Deletes a team with its boards and its security group. Its members stay in the organisation. */
    @DirectoryChange
    public void delete(long organizationId, long id) {
        Team team = hold(organizationId, id);
        audit.deleted(team, holdPeople(organizationId, team, List.of()));
        entities.remove(team);
    }

    /**
     * Holds everybody who is in the team or owns a board there, and the people with the ids {@code others}, in lock
     * order: a person who leaves the organisation meanwhile locks the same rows. Returns the memberships in the team.
     */
    public List<Long> holdPeople(long organizationId, Team team, Collection<Long> others) {
        LockOrder.take(Lock.MEMBERSHIP, organizationId);
        return entities
                .unwrap(Session.class)
                .createNativeQuery("""
                        select id,
                          exists (select 1 from team_member where team_id = :team and membership_id = id) as in_team
                        from membership where id in (
                          select membership_id from team_member where team_id = :team
                          union select owner_id from board where team_id = :team
                          union select id from membership
                                where organization_id = :organization and profile_id = any(:others))
                        order by id for no key update
                        """, Object[].class)
                .addScalar("id", Long.class)
                .addScalar("in_team", Boolean.class)
                .setParameter("team", team.id())
                .setParameter("organization", organizationId)
                .setParameter("others", others.toArray(Long[]::new))
                .getResultList()
                .stream()
                .filter(row -> (Boolean) row[1])
                .map(row -> (Long) row[0])
                .toList();
    }

    /** Holds the team with this id until the end of the transaction. */
    public Team hold(long organizationId, long id) {
        return find(organizationId, id, LockModeType.PESSIMISTIC_WRITE);
    }

    /** The team with this id, held until the end of the transaction if {@code lock} says so. */
    public Optional<Team> read(long organizationId, long id, LockModeType lock) {
        if (lock == LockModeType.NONE) {
            return teams.find(organizationId, id);
        }
        LockOrder.take(Lock.TEAM, organizationId);
        Optional<Team> found = teams.hold(organizationId, id);
        found.ifPresent(audit::watch);
        return found;
    }

    /** Writes to the audit log what changes in the names of a team that a statement of the caller holds. */
    public void watch(Team held) {
        audit.watch(held);
    }

    /** Holds all teams of the organisation until the end of the transaction. */
    public List<Team> holdAll(long organizationId) {
        LockOrder.take(Lock.TEAM, organizationId);
        List<Team> all = teams.holdAll(organizationId);
        all.forEach(audit::watch);
        return all;
    }

    /** Refuses a name that the security group of a team other than {@code team} has. */
    public void requireFreeGroupName(long organizationId, String attribute, String name, long team) {
        if (!teams.withGroupName(organizationId, name, team).isEmpty()) {
            throw GROUP_NAME_UNIQUE.refusal(
                    CONFLICT, attribute, attribute + " '" + name + "' is the name of another group");
        }
    }

    private Team find(long organizationId, long id, LockModeType lock) {
        return read(organizationId, id, lock).orElseThrow(() -> RefusedException.notFound("Team", Long.toString(id)));
    }
}

package dev.miroscim.directory.groups;

import static dev.miroscim.directory.MiroRule.GROUPS_NOT_CREATED_OR_DELETED;
import static dev.miroscim.directory.MiroRule.GROUPS_NOT_REPLACED;
import static dev.miroscim.directory.MiroRule.GROUP_ADD_KNOWN_MEMBER;
import static dev.miroscim.directory.MiroRule.GROUP_NAME_APART_FROM_TEAM_NAME;
import static dev.miroscim.directory.MiroRule.GROUP_REMOVE_NON_MEMBER;
import static dev.miroscim.directory.RefusedException.Kind.NOT_SUPPORTED;

import dev.miroscim.directory.DirectoryChange;
import dev.miroscim.directory.ListQuery;
import dev.miroscim.directory.Listing;
import dev.miroscim.directory.Names;
import dev.miroscim.directory.Pages;
import dev.miroscim.directory.RefusedException;
import dev.miroscim.directory.organizations.Organization;
import dev.miroscim.directory.organizations.Organizations;
import dev.miroscim.directory.people.MemberReference;
import dev.miroscim.directory.people.Membership;
import dev.miroscim.directory.people.People;
import dev.miroscim.directory.teams.AddTeamMembers;
import dev.miroscim.directory.teams.RemoveTeamMembers;
import dev.miroscim.directory.teams.Team;
import dev.miroscim.directory.teams.TeamAudit;
import dev.miroscim.directory.teams.Teams;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Teams under the names of their security groups, which is what SCIM calls groups. */
@Service
public class SecurityGroups {

    private static final String MEMBERS = """
            select tm.team_id, p.id, p.full_name
            from team_member tm join membership m on m.id = tm.membership_id join profile p on p.id = m.profile_id
            where tm.team_id = %s
              and m.status <> 'REMOVED' and m.role in ('INTERNAL_ADMIN', 'INTERNAL_USER')
            order by p.id
            """;
    private static final String MEMBERS_OF_ONE = MEMBERS.formatted(":teams");
    private static final String MEMBERS_OF_MANY = MEMBERS.formatted("any(:teams)");

    private final EntityManager entities;
    private final Organizations organizations;
    private final Teams teams;
    private final AddTeamMembers addTeamMembers;
    private final RemoveTeamMembers removeTeamMembers;
    private final People people;
    private final TeamAudit audit;
    private final Pages pages;
    private final Clock clock;

    SecurityGroups(
            EntityManager entities,
            Organizations organizations,
            Teams teams,
            AddTeamMembers addTeamMembers,
            RemoveTeamMembers removeTeamMembers,
            People people,
            TeamAudit audit,
            Pages pages,
            Clock clock) {
        this.entities = entities;
        this.organizations = organizations;
        this.teams = teams;
        this.addTeamMembers = addTeamMembers;
        this.removeTeamMembers = removeTeamMembers;
        this.people = people;
        this.audit = audit;
        this.pages = pages;
        this.clock = clock;
    }

    /** Groups that the query's filter matches. */
    @Transactional(readOnly = true)
    public Listing<Group> list(long organizationId, ListQuery<Team> query) {
        Listing<Team> page = pages.read(Team.class, organizationId, query);
        Map<Long, List<MemberRef>> membersOf = query.collections() ? membersOf(page.items()) : Map.of();
        return new Listing<>(
                page.total(),
                page.items().stream()
                        .map(team -> group(team, membersOf.getOrDefault(team.id(), List.of())))
                        .toList());
    }

    /** The group with this id, refused as not found if there is none. */
    @Transactional(readOnly = true)
    public Group find(long organizationId, long id, boolean withMembers) {
        return view(team(organizationId, id, LockModeType.NONE), withMembers);
    }

    /** A team is created in Miro itself, and matched by its name. */
    public RefusedException refuseToCreate() {
        return GROUPS_NOT_CREATED_OR_DELETED.refusal(
                NOT_SUPPORTED,
                null,
                "Groups are teams of Miro, which are not created over SCIM: create the team in Miro and match it by its"
                        + " displayName");
    }

    /** A group is changed in parts, be it a team or a user group. */
    public static RefusedException refuseToReplace() {
        return GROUPS_NOT_REPLACED.refusal(
                NOT_SUPPORTED, null, "Groups are not replaced over SCIM: change them by PATCH");
    }

    /** A team is deleted in Miro itself. */
    public RefusedException refuseToDelete() {
        return GROUPS_NOT_CREATED_OR_DELETED.refusal(
                NOT_SUPPORTED,
                null,
                "Groups are teams of Miro, which are not deleted over SCIM: delete the team in Miro");
    }

    /** Makes all changes, in their order, or none. */
    @DirectoryChange
    public Group change(long organizationId, long id, List<GroupChange> changes, boolean withMembers) {
        Organization organization = organizations.get(organizationId);
        Team team = team(organizationId, id, LockModeType.PESSIMISTIC_WRITE);
        audit.watch(team);
        NetMemberChanges wanted = new NetMemberChanges();
        for (GroupChange change : changes) {
            if (change instanceof GroupChange.Rename(String displayName)) {
                rename(organization, team, displayName);
            } else {
                wanted.add(change);
            }
        }
        if (wanted.everybodyElseLeaves()) {
            teams.holdPeople(organizationId, team, ReferencedMembers.ids(wanted.joining(), List.of()));
        }
        ReferencedMembers named = ReferencedMembers.hold(people, organizationId, wanted.joining(), wanted.leaving());
        List<Membership> joined =
                wanted.joining().isEmpty() ? List.of() : join(organization, team, wanted.joining(), named);
        if (wanted.everybodyElseLeaves()) {
            removeTeamMembers.removeAllBut(organization, team, joined);
        } else if (!wanted.leaving().isEmpty()) {
            leave(organization, team, wanted.leaving(), named);
        }
        entities.flush();
        return view(team, withMembers);
    }

    private void rename(Organization organization, Team team, @Nullable String displayName) {
        String kept = Names.require("displayName", displayName);
        // Okta sends the unchanged name with every change of members.
        if (kept.equals(team.groupName())) {
            return;
        }
        teams.requireFreeGroupName(organization.id(), "displayName", kept, team.id());
        team.renameGroup(kept);
        team.touch(clock.instant());
        GROUP_NAME_APART_FROM_TEAM_NAME.note(
                "displayName", "The group is called '%s' now, the team still '%s'.".formatted(kept, team.name()));
    }

    private List<Membership> join(
            Organization organization, Team team, Collection<MemberReference> references, ReferencedMembers named) {
        List<Membership> joining = named.joining(references, anybody -> true);
        if (addTeamMembers.add(organization, team, joining) < joining.size()) {
            GROUP_ADD_KNOWN_MEMBER.note("members");
        }
        return joining;
    }

    private void leave(Organization organization, Team team, Collection<String> ids, ReferencedMembers named) {
        if (removeTeamMembers.remove(organization, team, named.leaving(ids)) < ids.size()) {
            GROUP_REMOVE_NON_MEMBER.note("members");
        }
    }

    private static Group group(Team team, List<MemberRef> members) {
        return new Group(team.id(), team.groupName(), members);
    }

    private Group view(Team team, boolean withMembers) {
        return group(team, withMembers ? membersOf(List.of(team)).getOrDefault(team.id(), List.of()) : List.of());
    }

    private Team team(long organizationId, long id, LockModeType lock) {
        return entities.createQuery(
                        "select t from Team t where t.organizationId = :organization and t.id = :id", Team.class)
                .setParameter("organization", organizationId)
                .setParameter("id", id)
                .setLockMode(lock)
                .getResultStream()
                .findFirst()
                .orElseThrow(() -> RefusedException.noResource(id));
    }

    private Map<Long, List<MemberRef>> membersOf(List<Team> teams) {
        if (teams.isEmpty()) {
            return Map.of();
        }
        // PostgreSQL plans for ten teams where it does not know how many an array holds.
        boolean one = teams.size() == 1;
        Map<Long, List<MemberRef>> members = new HashMap<>();
        entities.unwrap(Session.class)
                .createNativeQuery(one ? MEMBERS_OF_ONE : MEMBERS_OF_MANY, Object[].class)
                .addScalar("team_id", Long.class)
                .addScalar("id", Long.class)
                .addScalar("full_name", String.class)
                .setParameter(
                        "teams",
                        one
                                ? teams.getFirst().id()
                                : teams.stream().map(Team::id).toArray(Long[]::new))
                .getResultList()
                .forEach(row -> members.computeIfAbsent((Long) row[0], team -> new ArrayList<>())
                        .add(new MemberRef((Long) row[1], (String) row[2])));
        return members;
    }
}

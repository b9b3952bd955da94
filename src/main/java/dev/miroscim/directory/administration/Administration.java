package dev.miroscim.directory.administration;

import static dev.miroscim.directory.RefusedException.Kind.CONFLICT;
import static dev.miroscim.directory.RefusedException.Kind.INVALID_VALUE;

import dev.miroscim.directory.DirectoryChange;
import dev.miroscim.directory.Names;
import dev.miroscim.directory.RefusedException;
import dev.miroscim.directory.organizations.Organization;
import dev.miroscim.directory.organizations.Organizations;
import dev.miroscim.directory.people.Membership;
import dev.miroscim.directory.people.Membership.Status;
import dev.miroscim.directory.people.People;
import dev.miroscim.directory.people.UserAttribute;
import dev.miroscim.directory.people.UserChanges;
import dev.miroscim.directory.people.UserNames;
import dev.miroscim.directory.teams.AddTeamMembers;
import dev.miroscim.directory.teams.AddTeamMembers.Assignment;
import dev.miroscim.directory.teams.Board;
import dev.miroscim.directory.teams.Boards;
import dev.miroscim.directory.teams.LeaveOrganization;
import dev.miroscim.directory.teams.RemoveTeamMembers;
import dev.miroscim.directory.teams.Team;
import dev.miroscim.directory.teams.TeamMembers;
import dev.miroscim.directory.teams.TeamRole;
import dev.miroscim.directory.teams.Teams;
import dev.miroscim.directory.usergroups.UserGroupMembers;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.hibernate.exception.ConstraintViolationException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What administrators do in Miro's own pages. The rules of provisioning do not apply: they give any role and any
 * licence, with or without a free seat, and can remove the last admin. Refused are only names and addresses that are
 * taken or invalid.
 */
@Service
public class Administration {

    private final EntityManager entities;
    private final Organizations organizations;
    private final Teams teams;
    private final TeamMembers teamMembers;
    private final People people;
    private final Boards boards;
    private final PopulateOrganization populate;
    private final PersonDetails personDetails;
    private final AddTeamMembers addTeamMembers;
    private final RemoveTeamMembers removeTeamMembers;
    private final LeaveOrganization leaveOrganization;
    private final UserGroupMembers userGroups;
    private final Clock clock;

    Administration(
            EntityManager entities,
            Organizations organizations,
            Teams teams,
            TeamMembers teamMembers,
            People people,
            Boards boards,
            PopulateOrganization populate,
            PersonDetails personDetails,
            AddTeamMembers addTeamMembers,
            RemoveTeamMembers removeTeamMembers,
            LeaveOrganization leaveOrganization,
            UserGroupMembers userGroups,
            Clock clock) {
        this.entities = entities;
        this.organizations = organizations;
        this.teams = teams;
        this.teamMembers = teamMembers;
        this.people = people;
        this.boards = boards;
        this.populate = populate;
        this.personDetails = personDetails;
        this.addTeamMembers = addTeamMembers;
        this.removeTeamMembers = removeTeamMembers;
        this.leaveOrganization = leaveOrganization;
        this.userGroups = userGroups;
        this.clock = clock;
    }

    /** Whether {@code text} can be a person's e-mail address. */
    public static boolean isEmail(String text) {
        return UserNames.isEmail(text) && text.length() <= UserAttribute.USER_NAME.maxLength();
    }

    /**
     * Adds teams, people, user groups and boards, all or none. People join only the teams that are named, not the
     * default team.
     */
    @Transactional
    public Population.Ids populate(long organizationId, Population population) {
        return unlessTaken(() -> populate.populate(organizations.get(organizationId), population));
    }

    /** Renames a team, or its security group, or makes it a default team or an ordinary one; what is null stays. */
    @DirectoryChange
    public Team changeTeam(
            long organizationId,
            long teamId,
            @Nullable String name,
            @Nullable String groupName,
            @Nullable Boolean defaultTeam) {
        Team team = teams.hold(organizationId, teamId);
        return unlessTaken(() -> {
            if (name != null) {
                team.rename(Names.require("name", name));
            }
            if (groupName != null) {
                String kept = Names.require("securityGroup", groupName);
                teams.requireFreeGroupName(organizationId, "securityGroup", kept, teamId);
                team.renameGroup(kept);
                team.touch(clock.instant());
            }
            if (defaultTeam != null) {
                team.makeDefault(defaultTeam);
            }
            return team;
        });
    }

    /**
     * Changes a person of any role. All that {@code wanted} names is changed, also what provisioning cannot change.
     *
     * @param teams all teams of the person afterwards, by id, with the role in each (null for the default role); null
     *     leaves the teams as they are
     * @param registered whether the person has completed the registration at Miro; null leaves it
     * @param lastActivityAt when the person last did something in the organisation; null leaves it
     */
    @DirectoryChange
    public Membership changePerson(
            long organizationId,
            long personId,
            UserChanges wanted,
            @Nullable Map<Long, @Nullable TeamRole> teams,
            @Nullable Boolean registered,
            @Nullable Instant lastActivityAt) {
        Organization organization = organizations.get(organizationId);
        Map<Long, Team> held = teams == null ? Map.of() : holdAllTeams(organizationId, teams.keySet());
        Membership person = person(organizationId, personId);
        if (teams != null) {
            move(person, teams, held);
        }
        return unlessTaken(() -> {
            personDetails.apply(organization, person, wanted, registered, lastActivityAt);
            if (!person.role().isMember()) {
                if (wanted.organizationRole() != null || wanted.names(UserAttribute.USER_NAME)) {
                    PersonDetails.warnOfGuests(
                            organization, List.of(person.profile().email()));
                }
                userGroups.removeFromAll(organizationId, new Long[] {person.id()});
            }
            person.touch(clock.instant());
            return person;
        });
    }

    /** Removes a person of any role from the organisation; boards go to the oldest admin. */
    @DirectoryChange
    public void removePerson(long organizationId, long personId) {
        leaveOrganization.leave(
                organizationId, List.of(person(organizationId, personId).id()));
    }

    /** Adds a person to a team, or changes the role in it; null is the default role. */
    @DirectoryChange
    public void placeInTeam(long organizationId, long teamId, long personId, @Nullable TeamRole role) {
        Team team = teams.hold(organizationId, teamId);
        Membership person = person(organizationId, personId);
        addTeamMembers.assign(
                organizationId,
                List.of(new Assignment(team.id(), person.id(), role == null ? TeamRole.usualOf(person.role()) : role)));
    }

    /** Removes a person from a team; boards go to the oldest admin. */
    @DirectoryChange
    public void takeFromTeam(long organizationId, long teamId, long personId) {
        Team team = teams.hold(organizationId, teamId);
        removeTeamMembers.removeByAdministrator(person(organizationId, personId), team);
    }

    /** The ids of the teams that a person is in. */
    private List<Long> teamsOf(long organizationId, long personId) {
        return teamMembers.teamsOf(organizationId, personId);
    }

    /**
     * Holds all teams of the organisation, so that nobody adds the person to one meanwhile. Holding only the person's
     * own teams would not do: they must be locked before the person, and may change until then.
     */
    private Map<Long, Team> holdAllTeams(long organizationId, Collection<Long> required) {
        Map<Long, Team> held = new HashMap<>();
        teams.holdAll(organizationId).forEach(team -> held.put(team.id(), team));
        required.stream().filter(id -> !held.containsKey(id)).findFirst().ifPresent(unknown -> {
            throw RefusedException.notFound("Team", Long.toString(unknown));
        });
        return held;
    }

    /** Makes these the teams of a person who is held. */
    private void move(Membership person, Map<Long, @Nullable TeamRole> wanted, Map<Long, Team> held) {
        for (Long team : teamsOf(person.organizationId(), person.profileId())) {
            if (!held.containsKey(team)) {
                throw new PessimisticLockingFailureException("the person joined a new team before the row was held");
            }
            if (!wanted.containsKey(team)) {
                removeTeamMembers.removeByAdministrator(person, held.get(team));
            }
        }
        List<Assignment> assignments = new ArrayList<>();
        wanted.forEach((team, role) -> assignments.add(
                new Assignment(team, person.id(), role == null ? TeamRole.usualOf(person.role()) : role)));
        addTeamMembers.assign(person.organizationId(), assignments);
    }

    /** Creates a board in a team. */
    @DirectoryChange
    public Board createBoard(long organizationId, String name, long teamId, long ownerId) {
        Team team = teams.hold(organizationId, teamId);
        Membership owner = person(organizationId, ownerId);
        requireInTeam(owner, team);
        Board board = new Board(organizationId, team, owner, Names.require("name", name), clock.instant());
        entities.persist(board);
        return board;
    }

    /** Renames a board or gives it to another owner; what is null stays. */
    @DirectoryChange
    public Board changeBoard(long organizationId, long boardId, @Nullable String name, @Nullable Long ownerId) {
        Board board = boards.find(organizationId, boardId);
        if (name != null) {
            board.rename(Names.require("name", name), clock.instant());
        }
        if (ownerId != null) {
            Membership owner = person(organizationId, ownerId);
            requireInTeam(owner, board.team());
            board.giveTo(owner, clock.instant());
        }
        return board;
    }

    /** A board is given to members of its team only, though its owner may leave the team when there is no heir. */
    private void requireInTeam(Membership owner, Team team) {
        if (!teamMembers.teamsOf(owner.organizationId(), owner.profileId()).contains(team.id())) {
            throw new RefusedException(
                    INVALID_VALUE,
                    "'%s' is not in the team '%s'".formatted(owner.profile().email(), team.name()));
        }
    }

    /** Deletes a board. */
    @DirectoryChange
    public void deleteBoard(long organizationId, long boardId) {
        entities.remove(boards.find(organizationId, boardId));
    }

    private Membership person(long organizationId, long id) {
        return people.lock(organizationId, id).stream()
                .filter(membership -> membership.status() != Status.REMOVED)
                .findFirst()
                .orElseThrow(() -> RefusedException.notFound("Person", Long.toString(id)));
    }

    /** Writes everything that {@code change} changes, and refuses names, addresses and ids that are taken. */
    private <T> T unlessTaken(Supplier<T> change) {
        try {
            T changed = change.get();
            entities.flush();
            return changed;
        } catch (PersistenceException e) {
            if (e instanceof ConstraintViolationException violation
                    && violation.getKind() == ConstraintViolationException.ConstraintKind.UNIQUE) {
                throw new RefusedException(CONFLICT, taken(violation.getConstraintName()));
            }
            throw e;
        }
    }

    private static String taken(@Nullable String constraint) {
        return switch (constraint) {
            case "profile_email" -> "Somebody else has this e-mail address";
            case "team_group_name" -> "Another security group of the organisation has this name";
            case "user_group_name" -> "Another user group of the organisation has this name";
            case "profile_pkey", "team_pkey", "user_group_pkey" -> "Somebody or something else has this id";
            case null, default -> "Somebody else did the same at the same time";
        };
    }
}

package dev.miroscim.directory.administration;

import static dev.miroscim.directory.RefusedException.Kind.CONFLICT;

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
 * What administrators do in Miro's own pages and SCIM cannot. The rules of provisioning do not bind them: they give any
 * role and any licence, with or without a seat, and take the last admin's away. Only what nobody can have is refused:
 * an e-mail address or a name that is taken, or one that is too long.
 */
@Service
public class Administration {

    private final EntityManager entities;
    private final Organizations organizations;
    private final Teams teams;
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
     * Adds teams, people, user groups and boards, all of them or none. People are put into the teams that are named and
     * no others, not even the default team.
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
     * @param teams all teams that the person shall be in, by their ids, each with the role there; a role that is null is
     *     the usual one. Null leaves the person in the teams of now
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

    /** Puts a person into a team, or changes the role there; a role that is null is the usual one. */
    @DirectoryChange
    public void placeInTeam(long organizationId, long teamId, long personId, @Nullable TeamRole role) {
        Team team = teams.hold(organizationId, teamId);
        Membership person = person(organizationId, personId);
        addTeamMembers.assign(
                organizationId,
                List.of(new Assignment(team.id(), person.id(), role == null ? TeamRole.usualOf(person.role()) : role)));
    }

    /** Takes a person out of a team; boards go to the oldest admin. */
    @DirectoryChange
    public void takeFromTeam(long organizationId, long teamId, long personId) {
        Team team = teams.hold(organizationId, teamId);
        removeTeamMembers.removeByAdministrator(person(organizationId, personId), team);
    }

    /** The ids of the teams that a person is in. */
    private List<Long> teamsOf(long organizationId, long personId) {
        return entities.createQuery("""
                        select tm.team.id from TeamMember tm
                        where tm.membership.organizationId = :organization and tm.membership.profile.id = :person
                        """, Long.class)
                .setParameter("organization", organizationId)
                .setParameter("person", personId)
                .getResultList();
    }

    /**
     * Holds all teams of the organization, so that nobody puts the person into one of them meanwhile: the teams the
     * person is in are not known for certain before, and locks on teams come before locks on people.
     */
    private Map<Long, Team> holdAllTeams(long organizationId, Collection<Long> required) {
        Map<Long, Team> held = new HashMap<>();
        teams.holdAll(organizationId).forEach(team -> held.put(team.id(), team));
        required.stream().filter(id -> !held.containsKey(id)).findFirst().ifPresent(unknown -> {
            throw RefusedException.notFound("Team", Long.toString(unknown));
        });
        return held;
    }

    /** Puts a person who is held into these teams and no others. */
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

    /** Makes a board of a team. */
    @DirectoryChange
    public Board createBoard(long organizationId, String name, long teamId, long ownerId) {
        Team team = teams.hold(organizationId, teamId);
        Board board = new Board(
                organizationId, team, person(organizationId, ownerId), Names.require("name", name), clock.instant());
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
            board.giveTo(person(organizationId, ownerId), clock.instant());
        }
        return board;
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

    /** Writes all that {@code change} changes, and says what of it is taken. */
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

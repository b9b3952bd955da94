package dev.miroscim.emulator.seed;

import dev.miroscim.directory.Texts;
import dev.miroscim.directory.administration.OrganizationContents;
import dev.miroscim.directory.organizations.License;
import dev.miroscim.directory.organizations.Organization;
import dev.miroscim.directory.organizations.Organizations;
import dev.miroscim.directory.people.OrganizationRole;
import dev.miroscim.directory.teams.TeamRole;
import dev.miroscim.emulator.seed.SeedDocument.Board;
import dev.miroscim.emulator.seed.SeedDocument.Person;
import dev.miroscim.emulator.seed.SeedDocument.Place;
import dev.miroscim.emulator.seed.SeedDocument.Role;
import dev.miroscim.emulator.seed.SeedDocument.Team;
import dev.miroscim.emulator.seed.SeedDocument.UserGroup;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Exports the contents of an organisation as a seed, without fields that have their default. */
@Service
public class SeedExport {

    private final OrganizationContents contents;
    private final Organizations organizations;

    SeedExport(OrganizationContents contents, Organizations organizations) {
        this.contents = contents;
        this.organizations = organizations;
    }

    /** A board with its id. */
    public record NumberedBoard(long id, Board board) {}

    /**
     * Exports everything except tokens, of which only hashes are known.
     *
     * @param withIds whether to include ids of teams, people and user groups; such a seed can only be imported where
     *     these ids are not in use
     * @throws IllegalStateException if two teams have the same name, which the format cannot express
     */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public SeedDocument.Organization export(long organizationId, boolean withIds) {
        Organization organization = organizations.get(organizationId);
        List<Team> teams = teams(organizationId);
        requireNamesOfTheirOwn(teams);
        return new SeedDocument.Organization(
                organization.name(),
                organization.settings(),
                null,
                null,
                withIds ? teams : teams.stream().map(team -> team.withId(null)).toList(),
                people(organizationId).stream()
                        .map(person -> withIds ? person : person.withId(null))
                        .toList(),
                contents.userGroups(organizationId).stream()
                        .map(SeedExport::userGroup)
                        .map(group -> withIds ? group : group.withId(null))
                        .toList(),
                boards(organizationId).stream().map(NumberedBoard::board).toList());
    }

    /** All teams, oldest first. */
    @Transactional(readOnly = true)
    public List<Team> teams(long organizationId) {
        requireOrganization(organizationId);
        return contents.teams(organizationId).stream().map(SeedExport::team).toList();
    }

    /** Everybody in the organisation, guests included, in the order of their ids. */
    @Transactional(readOnly = true)
    public List<Person> people(long organizationId) {
        requireOrganization(organizationId);
        return contents.people(organizationId).stream().map(SeedExport::person).toList();
    }

    /** The person with this id, if the organisation has one. */
    @Transactional(readOnly = true)
    public @Nullable Person person(long organizationId, long id) {
        return contents.person(organizationId, id).map(SeedExport::person).orElse(null);
    }

    /** All boards, oldest first. */
    @Transactional(readOnly = true)
    public List<NumberedBoard> boards(long organizationId) {
        requireOrganization(organizationId);
        return contents.boards(organizationId).stream()
                .map(board -> new NumberedBoard(
                        board.id(),
                        new Board(
                                board.name(),
                                board.team().name(),
                                board.owner().profile().email())))
                .toList();
    }

    private static Team team(dev.miroscim.directory.teams.Team team) {
        return new Team(
                team.id(),
                team.name(),
                team.groupName().equals(team.name()) ? null : team.groupName(),
                team.defaultTeam() ? true : null);
    }

    private static UserGroup userGroup(OrganizationContents.Group group) {
        return new UserGroup(
                group.group().id(), group.group().name(), group.group().description(), group.members(), group.teams());
    }

    private static Person person(OrganizationContents.Person person) {
        OrganizationRole role = person.role();
        License license = person.license();
        return new Person(
                person.id(),
                person.email(),
                person.name().equals(person.email()) ? null : person.name(),
                person.sentGivenName(),
                person.sentFamilyName(),
                role == OrganizationRole.INTERNAL_USER ? null : role(role),
                role.isMember() || license != License.FREE_RESTRICTED ? license : null,
                person.active() ? null : false,
                person.registered() ? null : false,
                person.lastActivityAt(),
                person.adminRoles(),
                person.teams().stream().map(place -> place(place, role)).toList(),
                person.details());
    }

    private static Place place(OrganizationContents.Place place, OrganizationRole role) {
        return new Place(place.team(), place.role() == TeamRole.usualOf(role) ? null : place.role());
    }

    private static Role role(OrganizationRole role) {
        return Arrays.stream(Role.values())
                .filter(name -> name.organizationRole() == role)
                .findFirst()
                .orElseThrow();
    }

    private static void requireNamesOfTheirOwn(List<Team> teams) {
        Set<String> names = new HashSet<>();
        for (Team team : teams) {
            if (!names.add(Texts.folded(team.name()))) {
                throw new IllegalStateException("Two teams are called '" + team.name() + "'; rename one of them first");
            }
        }
    }

    /** Fails for an unknown organisation, which would otherwise look like an empty one. */
    private void requireOrganization(long id) {
        organizations.get(id);
    }
}

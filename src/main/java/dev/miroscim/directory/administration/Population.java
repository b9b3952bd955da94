package dev.miroscim.directory.administration;

import dev.miroscim.directory.people.UserChanges;
import dev.miroscim.directory.teams.TeamRole;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Teams, people, user groups and boards that an administrator puts into an organisation at once.
 *
 * @param people in the order of their new ids
 */
public record Population(
        List<NewTeam> teams, List<NewPerson> people, List<NewUserGroup> userGroups, List<NewBoard> boards) {

    public Population(List<NewTeam> teams, List<NewPerson> people, List<NewBoard> boards) {
        this(teams, people, List.of(), boards);
    }

    /**
     * A team to be created.
     *
     * @param id the id to give it; null for the next free one
     * @param groupName the name of its security group; null for that of the team
     * @param defaultTeam whether new users join it by themselves
     */
    public record NewTeam(
            @Nullable Long id, String name, @Nullable String groupName, boolean defaultTeam) {
        public NewTeam(String name) {
            this(null, name, null, false);
        }
    }

    /**
     * A person to be added.
     *
     * @param id the id to give a person who is new to Miro; null for the next free one
     * @param details the person's attributes, with any organisation role; all but userName are optional
     * @param registered whether the person has completed the registration at Miro; null for yes, if Miro does not
     *     know the person yet
     * @param lastActivityAt when the person last did something in the organisation; null for never
     * @param manager the e-mail address of the manager, who is known to Miro or added together with the person
     * @param teams the teams to be put in, by name; a role that is null is the usual one for the organisation role
     */
    public record NewPerson(
            @Nullable Long id,
            UserChanges details,
            @Nullable Boolean registered,
            @Nullable Instant lastActivityAt,
            @Nullable String manager,
            Map<String, @Nullable TeamRole> teams) {

        public NewPerson(UserChanges details) {
            this(null, details, null, null, null, Map.of());
        }
    }

    /**
     * A user group to be created.
     *
     * @param id the id to give it; null for the next free one
     * @param members e-mail addresses of people in the organisation
     * @param teams names of the teams to put it into
     */
    public record NewUserGroup(
            @Nullable Long id, String name, @Nullable String description, List<String> members, List<String> teams) {}

    /**
     * A board to be created.
     *
     * @param team the name of its team
     * @param owner the e-mail address of its owner
     */
    public record NewBoard(String name, String team, String owner) {}

    /**
     * The ids that the population was given.
     *
     * @param teams the ids of the new teams, by name
     * @param people the ids of the people, by e-mail address as it was spelled
     * @param userGroups the ids of the new user groups, by name
     */
    public record Ids(Map<String, Long> teams, Map<String, Long> people, Map<String, Long> userGroups) {}
}

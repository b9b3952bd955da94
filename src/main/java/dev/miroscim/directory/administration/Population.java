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
 * @param people in the order in which their ids ascend
 */
public record Population(
        List<NewTeam> teams, List<NewPerson> people, List<NewUserGroup> userGroups, List<NewBoard> boards) {

    public Population(List<NewTeam> teams, List<NewPerson> people, List<NewBoard> boards) {
        this(teams, people, List.of(), boards);
    }

    /**
     * A team to be created.
     *
     * @param id the id it shall have; null for the next one
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
     * @param id the id the person shall have, if Miro does not know the person yet; null for the next one
     * @param details what is known of the person; all but the userName is optional, and every organisation role will do
     * @param registered whether the person has completed the registration at Miro; null for yes, if Miro does not know
     *     the person yet
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
     * @param id the id it shall have; null for the next one
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
     * What the population became.
     *
     * @param teams the ids of the new teams, by name
     * @param people the ids of the people that both planes show, by e-mail address, as they were spelled
     * @param userGroups the ids of the new user groups, by name
     */
    public record Ids(Map<String, Long> teams, Map<String, Long> people, Map<String, Long> userGroups) {}
}

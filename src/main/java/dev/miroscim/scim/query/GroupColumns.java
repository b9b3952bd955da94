package dev.miroscim.scim.query;

import dev.miroscim.directory.organizations.OrganizationSettings.GroupModel;
import dev.miroscim.directory.teams.Team;
import dev.miroscim.directory.teams.TeamMember;
import dev.miroscim.directory.usergroups.UserGroup;
import dev.miroscim.directory.usergroups.UserGroupMember;

/**
 * The attributes that both kinds of groups have in common, as entities name them.
 *
 * @param <G> the group
 * @param <P> the membership of a person in a group, whose attribute {@code membership} is the person
 * @param name the attribute of the group that SCIM shows as its name
 * @param group the attribute of the membership that is the group
 */
public record GroupColumns<G, P>(String name, Class<P> place, String group) {

    public static final GroupColumns<Team, TeamMember> TEAMS =
            new GroupColumns<>("groupName", TeamMember.class, "team");

    public static final GroupColumns<UserGroup, UserGroupMember> USER_GROUPS =
            new GroupColumns<>("name", UserGroupMember.class, "userGroup");

    public static GroupColumns<?, ?> of(GroupModel model) {
        return switch (model) {
            case TEAMS -> TEAMS;
            case USER_GROUPS -> USER_GROUPS;
        };
    }
}

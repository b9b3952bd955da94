package dev.miroscim.directory.users;

import dev.miroscim.directory.people.Membership;
import dev.miroscim.directory.teams.Team;
import dev.miroscim.directory.teams.TeamRole;
import jakarta.persistence.EntityManager;
import java.util.List;
import org.springframework.stereotype.Component;

/** The teams a user is in, with the role in each. */
@Component
class TeamsOfUser {

    private final EntityManager entities;

    TeamsOfUser(EntityManager entities) {
        this.entities = entities;
    }

    /** One of them. */
    record TeamOfUser(Team team, TeamRole role) {}

    List<TeamOfUser> of(Membership membership) {
        return entities.createQuery("""
                        select tm.team, tm.role from TeamMember tm where tm.membership = :member order by tm.team.id
                        """, TeamOfUser.class)
                .setParameter("member", membership)
                .getResultList();
    }

    static List<Team> administered(List<TeamOfUser> teams) {
        return teams.stream()
                .filter(team -> team.role() == TeamRole.ADMIN)
                .map(TeamOfUser::team)
                .toList();
    }
}

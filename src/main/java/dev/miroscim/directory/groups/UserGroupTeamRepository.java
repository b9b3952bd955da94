package dev.miroscim.directory.groups;

import java.util.List;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface UserGroupTeamRepository extends Repository<UserGroupTeam, UserGroupTeam.Key> {

    @Query("""
            select gt.team.id from UserGroupTeam gt
            where gt.userGroup.id = :group and gt.userGroup.organizationId = :organization and gt.team.id > :after
            order by gt.team.id
            """)
    List<Long> teamsOf(long organization, long group, long after, Limit limit);

    @Query("""
            select gt.userGroup.id from UserGroupTeam gt
            where gt.team.id = :team and gt.team.organizationId = :organization and gt.userGroup.id > :after
            order by gt.userGroup.id
            """)
    List<Long> groupsOf(long organization, long team, long after, Limit limit);
}

package dev.miroscim.directory.teams;

import dev.miroscim.directory.ReadOnly;
import dev.miroscim.directory.people.OrganizationMembers;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface TeamMemberRepository extends Repository<TeamMember, TeamMember.Key> {

    String READ = "select tm from TeamMember tm join fetch tm.team join fetch tm.membership m join fetch m.profile ";
    String OF_TEAM = READ + "where tm.team.id = :team and tm.team.organizationId = :organization";

    @ReadOnly
    @Query(OF_TEAM + " and tm.role in :roles order by m.id")
    List<TeamMember> first(long organization, long team, Collection<TeamRole> roles, Limit limit);

    @ReadOnly
    @Query(OF_TEAM + " and tm.role in :roles" + OrganizationMembers.AFTER + " order by m.id")
    List<TeamMember> after(long organization, long team, Collection<TeamRole> roles, long after, Limit limit);

    @Query(READ + "where tm.team.id = :team and m.profile.id = :person")
    Optional<TeamMember> find(long team, long person);

    @Query("""
            select tm.team.id from TeamMember tm
            where tm.membership.organizationId = :organization and tm.membership.profile.id = :person
            """)
    List<Long> teamsOf(long organization, long person);
}

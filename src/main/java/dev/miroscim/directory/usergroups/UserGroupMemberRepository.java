package dev.miroscim.directory.usergroups;

import dev.miroscim.directory.ReadOnly;
import dev.miroscim.directory.people.Membership;
import dev.miroscim.directory.people.OrganizationMembers;
import dev.miroscim.directory.people.VisibleMembers;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface UserGroupMemberRepository extends Repository<UserGroupMember, UserGroupMember.Key> {

    String OF_GROUP = """
            select m from UserGroupMember gm join gm.membership m join fetch m.profile
            where gm.userGroup.id = :group and gm.userGroup.organizationId = :organization
            """;

    @ReadOnly
    @Query(OF_GROUP + " order by m.id")
    List<Membership> first(long organization, long group, Limit limit);

    @ReadOnly
    @Query(OF_GROUP + OrganizationMembers.AFTER + " order by m.id")
    List<Membership> after(long organization, long group, long after, Limit limit);

    @Query("""
            select m from UserGroupMember gm join gm.membership m join fetch m.profile p
            where gm.userGroup.id = :group and p.id = :person
            """)
    Optional<Membership> find(long group, long person);

    @Query("select m from Membership m join fetch m.profile where m.id in :ids and " + VisibleMembers.HQL)
    List<Membership> visible(Collection<Long> ids);
}

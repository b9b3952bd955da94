package dev.miroscim.directory.people;

import dev.miroscim.directory.ReadOnly;
import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.JpaSpecificationExecutor;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface MembershipRepository extends Repository<Membership, Long>, JpaSpecificationExecutor<Membership> {

    @Query("""
            select m from Membership m join fetch m.profile
            where m.organizationId = :organization and m.profile.id = :person
            """)
    List<Membership> read(long organization, long person);

    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("""
            select m from Membership m join fetch m.profile p
            where m.organizationId = :organization and p.id in :people
            order by m.id
            """)
    List<Membership> hold(long organization, Collection<Long> people);

    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("""
            select m from Membership m join fetch m.profile p
            where m.organizationId = :organization and p.id = :person
            """)
    List<Membership> hold(long organization, long person);

    @Query("""
            select count(m) > 0 from Membership m where m.organizationId = :organization and m.profile.id = :person
            """)
    boolean exists(long organization, long person);

    @ReadOnly
    @Query("""
            select m from Membership m join fetch m.profile
            where m.organizationId = :organization and m.role = INTERNAL_ADMIN and m.status = ACTIVE
            order by m.createdAt, m.id limit 1
            """)
    Optional<Membership> oldestAdmin(long organization);
}

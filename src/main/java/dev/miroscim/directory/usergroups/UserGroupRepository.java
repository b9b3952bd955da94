package dev.miroscim.directory.usergroups;

import dev.miroscim.directory.ReadOnly;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface UserGroupRepository extends Repository<UserGroup, Long> {

    String ONE = "select g from UserGroup g where g.organizationId = :organization and g.id = :id";

    @Query(ONE)
    Optional<UserGroup> find(long organization, long id);

    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query(ONE)
    Optional<UserGroup> hold(long organization, long id);

    @ReadOnly
    @Query("select g from UserGroup g where g.organizationId = :organization and g.id > :after order by g.id")
    List<UserGroup> list(long organization, long after, Limit limit);

    @Query("""
            select g.id from UserGroup g
            where g.organizationId = :organization and lower(g.name) = lower(:name) and g.id <> :except
            """)
    List<Long> withName(long organization, String name, long except);
}

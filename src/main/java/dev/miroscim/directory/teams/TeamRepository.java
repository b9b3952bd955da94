package dev.miroscim.directory.teams;

import dev.miroscim.directory.ReadOnly;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface TeamRepository extends Repository<Team, Long> {

    String ONE = "select t from Team t where t.organizationId = :organization and t.id = :id";

    @Query(ONE)
    Optional<Team> find(long organization, long id);

    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query(ONE)
    Optional<Team> hold(long organization, long id);

    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select t from Team t where t.organizationId = :organization order by t.id")
    List<Team> holdAll(long organization);

    @ReadOnly
    @Query("""
            select t from Team t
            where t.organizationId = :organization and t.id > :after
              and lower(t.name) like lower(:pattern) escape '\\'
            order by t.id
            """)
    List<Team> list(long organization, String pattern, long after, Limit limit);

    @ReadOnly
    @Query("select t from Team t where t.organizationId = :organization order by t.defaultTeam desc, t.id limit 1")
    Optional<Team> first(long organization);

    @Query("""
            select t.id from Team t
            where t.organizationId = :organization and lower(t.groupName) = lower(:name) and t.id <> :except
            """)
    List<Long> withGroupName(long organization, String name, long except);
}

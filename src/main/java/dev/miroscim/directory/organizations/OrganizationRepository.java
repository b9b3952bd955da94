package dev.miroscim.directory.organizations;

import dev.miroscim.directory.ReadOnly;
import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface OrganizationRepository extends Repository<OrganizationRow, Long> {

    @ReadOnly
    @Query("select o from OrganizationRow o where o.id = :id")
    Optional<OrganizationRow> read(long id);

    @Query("select o from OrganizationRow o order by o.id limit 1")
    Optional<OrganizationRow> first();

    @Query("select o from OrganizationRow o order by o.id")
    List<OrganizationRow> list();
}

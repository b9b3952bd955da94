package dev.miroscim.directory.organizations;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** The stored row of an organisation. Only {@link Organizations} uses it; all others get a record. */
@Entity
@Table(name = "organization")
class OrganizationRow {

    @Id
    private Long id;

    private Long universeId;
    private String name;

    @JdbcTypeCode(SqlTypes.JSON)
    private OrganizationSettings settings;

    private Instant createdAt;

    protected OrganizationRow() {}

    OrganizationRow(Organization organization) {
        this.id = organization.id();
        this.universeId = organization.universeId();
        this.name = organization.name();
        this.settings = organization.settings();
        this.createdAt = organization.createdAt();
    }

    Organization toRecord() {
        return new Organization(id, universeId, name, settings, createdAt);
    }

    OrganizationSettings settings() {
        return settings;
    }

    void rename(String name) {
        this.name = name;
    }

    void decide(OrganizationSettings settings) {
        this.settings = settings;
    }
}

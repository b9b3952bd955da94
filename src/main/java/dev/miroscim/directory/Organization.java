package dev.miroscim.directory;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** One customer of Miro, to which one SCIM token belongs. */
@Entity
public class Organization {

    @Id
    private Long id;

    private Long universeId;
    private String name;

    @JdbcTypeCode(SqlTypes.JSON)
    private OrganizationSettings settings;

    private Instant createdAt;

    protected Organization() {}

    Organization(long id, long universeId, String name, OrganizationSettings settings, Instant createdAt) {
        this.id = id;
        this.universeId = universeId;
        this.name = name;
        this.settings = settings;
        this.createdAt = createdAt;
    }

    public long id() {
        return id;
    }

    /** The set of organisations that share e-mail addresses with this one, as all of Miro does. */
    public long universeId() {
        return universeId;
    }

    public String name() {
        return name;
    }

    public OrganizationSettings settings() {
        return settings;
    }

    public Instant createdAt() {
        return createdAt;
    }

    void rename(String name) {
        this.name = name;
    }

    void decide(OrganizationSettings settings) {
        this.settings = settings;
    }
}

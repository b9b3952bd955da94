package dev.miroscim.directory;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import java.time.Instant;
import org.hibernate.annotations.DynamicUpdate;

/** A team, which SCIM knows as a group under the name of its security group. */
@Entity
@DynamicUpdate
public class Team {

    @Id
    @GeneratedValue
    @SequenceGenerator(sequenceName = "miro_id", allocationSize = 50)
    private Long id;

    private Long organizationId;

    private String name;
    private String groupName;
    private boolean defaultTeam;
    private Instant createdAt;

    protected Team() {}

    Team(long organizationId, String name, String groupName, boolean defaultTeam, Instant now) {
        this.organizationId = organizationId;
        this.name = name;
        this.groupName = groupName;
        this.defaultTeam = defaultTeam;
        this.createdAt = now;
    }

    public long id() {
        return id;
    }

    /** The team's own name, which Miro's pages and REST show. */
    public String name() {
        return name;
    }

    /** The name of the team's security group, which is SCIM's {@code displayName}. */
    public String groupName() {
        return groupName;
    }

    /** Whether new users join it by themselves. */
    public boolean defaultTeam() {
        return defaultTeam;
    }

    public Instant createdAt() {
        return createdAt;
    }

    void renameGroup(String groupName) {
        this.groupName = groupName;
    }
}

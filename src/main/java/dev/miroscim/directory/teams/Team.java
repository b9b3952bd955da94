package dev.miroscim.directory.teams;

import dev.miroscim.directory.MiroId;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.Nullable;

/** A team. SCIM sees it as a group, under the name of its security group. */
@Entity
@DynamicUpdate
public class Team {

    @Id
    @MiroId
    private Long id;

    private Long organizationId;

    private String name;
    private String groupName;
    private boolean defaultTeam;
    private Instant createdAt;
    private Instant modifiedAt;

    protected Team() {}

    /** @param id the id, if it is decided already */
    public Team(
            @Nullable Long id, long organizationId, String name, String groupName, boolean defaultTeam, Instant now) {
        this.id = id;
        this.organizationId = organizationId;
        this.name = name;
        this.groupName = groupName;
        this.defaultTeam = defaultTeam;
        this.createdAt = now;
        this.modifiedAt = now;
    }

    public long id() {
        return id;
    }

    public long organizationId() {
        return organizationId;
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

    /** Moves the group's {@code meta.lastModified}. */
    public void touch(Instant now) {
        modifiedAt = now;
    }

    public void rename(String name) {
        this.name = name;
    }

    public void makeDefault(boolean defaultTeam) {
        this.defaultTeam = defaultTeam;
    }

    public void renameGroup(String groupName) {
        this.groupName = groupName;
    }
}

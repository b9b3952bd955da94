package dev.miroscim.directory.usergroups;

import dev.miroscim.directory.MiroId;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.Nullable;

/** A group of members of an organisation that is no team and can be put into several teams. */
@Entity
@DynamicUpdate
public class UserGroup {

    /** Characters that the description may have. */
    public static final int LONGEST_DESCRIPTION = 300;

    @Id
    @MiroId
    private Long id;

    private Long organizationId;

    private String name;
    private @Nullable String description;
    private Instant createdAt;
    private Instant modifiedAt;

    protected UserGroup() {}

    /** @param id the id, if it is decided already */
    public UserGroup(@Nullable Long id, long organizationId, String name, @Nullable String description, Instant now) {
        this.id = id;
        this.organizationId = organizationId;
        this.name = name;
        this.description = description;
        this.createdAt = now;
        this.modifiedAt = now;
    }

    public long id() {
        return id;
    }

    public long organizationId() {
        return organizationId;
    }

    public String name() {
        return name;
    }

    public @Nullable String description() {
        return description;
    }

    void rename(String name) {
        this.name = name;
    }

    void describe(@Nullable String description) {
        this.description = description;
    }

    void touch(Instant now) {
        modifiedAt = now;
    }
}

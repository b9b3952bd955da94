package dev.miroscim.directory.teams;

import dev.miroscim.directory.people.Membership;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.ManyToOne;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A person's membership of a team. */
@Entity
@IdClass(TeamMember.Key.class)
public class TeamMember {

    record Key(Long team, Long membership) {}

    @Id
    @ManyToOne(fetch = FetchType.LAZY)
    private Team team;

    @Id
    @ManyToOne(fetch = FetchType.LAZY)
    private Membership membership;

    @Enumerated(EnumType.STRING)
    private TeamRole role;

    private Instant joinedAt;

    private @Nullable Long createdBy;
    private @Nullable Instant modifiedAt;
    private @Nullable Long modifiedBy;

    protected TeamMember() {}

    TeamMember(Team team, Membership membership, TeamRole role, Instant joinedAt, @Nullable Long createdBy) {
        this.team = team;
        this.membership = membership;
        this.role = role;
        this.joinedAt = joinedAt;
        this.createdBy = createdBy;
    }

    public Team team() {
        return team;
    }

    public Membership membership() {
        return membership;
    }

    public TeamRole role() {
        return role;
    }

    public Instant joinedAt() {
        return joinedAt;
    }

    /** The id of the person who added the member; null if SCIM did. */
    public @Nullable Long createdBy() {
        return createdBy;
    }

    public Instant modifiedAt() {
        return modifiedAt == null ? joinedAt : modifiedAt;
    }

    /** The id of the person who changed the role last. */
    public @Nullable Long modifiedBy() {
        return modifiedBy == null ? createdBy : modifiedBy;
    }

    void become(TeamRole role, Instant now, @Nullable Long by) {
        this.role = role;
        this.modifiedAt = now;
        this.modifiedBy = by;
    }
}

package dev.miroscim.directory.teams;

import dev.miroscim.directory.MiroId;
import dev.miroscim.directory.people.Membership;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import java.time.Instant;

/** A board of a team and its owner; contents are not modelled. */
@Entity
public class Board {

    @Id
    @MiroId
    private Long id;

    private Long organizationId;

    @ManyToOne(fetch = FetchType.LAZY)
    private Team team;

    @ManyToOne(fetch = FetchType.LAZY)
    private Membership owner;

    private String name;
    private Instant createdAt;
    private Instant modifiedAt;

    protected Board() {}

    public Board(long organizationId, Team team, Membership owner, String name, Instant now) {
        this.organizationId = organizationId;
        this.team = team;
        this.owner = owner;
        this.name = name;
        this.createdAt = now;
        this.modifiedAt = now;
    }

    public long id() {
        return id;
    }

    public String name() {
        return name;
    }

    public Team team() {
        return team;
    }

    public Membership owner() {
        return owner;
    }

    public Instant createdAt() {
        return createdAt;
    }

    /** The time of the last change of the name, or of the owner by an administrator. */
    public Instant modifiedAt() {
        return modifiedAt;
    }

    public void rename(String name, Instant now) {
        this.name = name;
        this.modifiedAt = now;
    }

    public void giveTo(Membership owner, Instant now) {
        this.owner = owner;
        this.modifiedAt = now;
    }
}

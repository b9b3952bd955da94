package dev.miroscim.directory;

import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;

/** A board of a team. All that matters of it here is who owns it. */
@Entity
public class Board {

    @Id
    @MiroId
    private Long id;

    @ManyToOne(fetch = FetchType.LAZY)
    private Team team;

    @ManyToOne(fetch = FetchType.LAZY)
    private Membership owner;

    private String name;

    protected Board() {}

    Board(Team team, Membership owner, String name) {
        this.team = team;
        this.owner = owner;
        this.name = name;
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

    void rename(String name) {
        this.name = name;
    }

    void giveTo(Membership owner) {
        this.owner = owner;
    }
}

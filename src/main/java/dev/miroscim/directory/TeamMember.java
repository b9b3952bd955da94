package dev.miroscim.directory;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.ManyToOne;
import java.time.Instant;

/** A membership's place in a team. */
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

    protected TeamMember() {}

    TeamMember(Team team, Membership membership, TeamRole role, Instant joinedAt) {
        this.team = team;
        this.membership = membership;
        this.role = role;
        this.joinedAt = joinedAt;
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
}

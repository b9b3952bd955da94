package dev.miroscim.directory.groups;

import dev.miroscim.directory.teams.Team;
import dev.miroscim.directory.usergroups.UserGroup;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.ManyToOne;
import java.time.Instant;

/** A user group that is part of a team. */
@Entity
@IdClass(UserGroupTeam.Key.class)
public class UserGroupTeam {

    record Key(Long userGroup, Long team) {}

    @Id
    @ManyToOne(fetch = FetchType.LAZY)
    private UserGroup userGroup;

    @Id
    @ManyToOne(fetch = FetchType.LAZY)
    private Team team;

    private Instant addedAt;

    protected UserGroupTeam() {}

    public UserGroupTeam(UserGroup userGroup, Team team, Instant addedAt) {
        this.userGroup = userGroup;
        this.team = team;
        this.addedAt = addedAt;
    }
}

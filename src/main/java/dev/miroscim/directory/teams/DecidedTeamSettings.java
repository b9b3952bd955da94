package dev.miroscim.directory.teams;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** The stored settings of a team: only those that were decided. */
@Entity
@Table(name = "team_settings")
class DecidedTeamSettings {

    @Id
    private Long teamId;

    @JdbcTypeCode(SqlTypes.JSON)
    private TeamSettings settings;

    protected DecidedTeamSettings() {}

    DecidedTeamSettings(long teamId, TeamSettings settings) {
        this.teamId = teamId;
        this.settings = settings;
    }

    TeamSettings settings() {
        return settings;
    }

    void decide(TeamSettings settings) {
        this.settings = settings;
    }
}

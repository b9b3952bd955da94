package dev.miroscim.directory.teams;

import static dev.miroscim.directory.audit.AuditEvent.Type.TEAM_CREATED;
import static dev.miroscim.directory.audit.AuditEvent.Type.TEAM_DELETED;
import static dev.miroscim.directory.audit.AuditEvent.Type.TEAM_MEMBER_ADDED;
import static dev.miroscim.directory.audit.AuditEvent.Type.TEAM_MEMBER_REMOVED;
import static dev.miroscim.directory.audit.AuditEvent.Type.TEAM_MEMBER_ROLE_CHANGED;
import static dev.miroscim.directory.audit.AuditEvent.Type.TEAM_RENAMED;
import static dev.miroscim.directory.audit.AuditEvent.Type.TEAM_SECURITY_GROUP_RENAMED;
import static dev.miroscim.directory.audit.AuditTrail.word;

import dev.miroscim.directory.audit.AuditEvent.Subject;
import dev.miroscim.directory.audit.AuditEvent.Type;
import dev.miroscim.directory.audit.AuditTrail;
import dev.miroscim.directory.audit.AuditTrail.Before;
import dev.miroscim.directory.audit.AuditTrail.Change;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** What the audit log says of teams and who is in them. */
@Component
public class TeamAudit {

    private final AuditTrail trail;

    TeamAudit(AuditTrail trail) {
        this.trail = trail;
    }

    /** Watches the names of a team. */
    void watch(Team team) {
        trail.watch(
                team.organizationId(),
                AuditTrail.Order.TEAMS,
                team,
                () -> new NamesBefore(team, team.name(), team.groupName()));
    }

    public void created(Team team) {
        trail.add(team.organizationId(), Change.of(TEAM_CREATED, subject(team), null, null));
    }

    void deleted(Team team, Collection<Long> members) {
        members.forEach(member -> trail.add(
                team.organizationId(), Change.ofMember(TEAM_MEMBER_REMOVED, member, subject(team), null, null)));
        trail.add(team.organizationId(), Change.of(TEAM_DELETED, subject(team), null, null));
    }

    void changed(long organizationId, Collection<TeamRoleChange> changes) {
        for (TeamRoleChange change : changes) {
            Type type = change.former() == null
                    ? TEAM_MEMBER_ADDED
                    : change.role() == null ? TEAM_MEMBER_REMOVED : TEAM_MEMBER_ROLE_CHANGED;
            trail.add(
                    organizationId,
                    Change.ofMember(type, change.member(), change.team(), word(change.former()), word(change.role())));
        }
    }

    /** Writes this change of a role in place of an earlier one of the same transaction. */
    void changedAgain(long organizationId, TeamRoleChange change) {
        trail.removeIf(
                organizationId,
                earlier -> earlier.type() == TEAM_MEMBER_ROLE_CHANGED
                        && Objects.equals(earlier.member(), change.member())
                        && change.team().equals(earlier.context()));
        changed(organizationId, List.of(change));
    }

    static Subject subject(Team team) {
        return new Subject(team.id(), team.name());
    }

    private record NamesBefore(Team team, String name, String groupName) implements Before {

        @Override
        public List<Change> changes() {
            List<Change> changes = new ArrayList<>();
            if (!name.equals(team.name())) {
                changes.add(Change.of(TEAM_RENAMED, subject(team), name, team.name()));
            }
            if (!groupName.equals(team.groupName())) {
                changes.add(Change.of(TEAM_SECURITY_GROUP_RENAMED, subject(team), groupName, team.groupName()));
            }
            return changes;
        }
    }
}

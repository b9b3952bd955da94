package dev.miroscim.access;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** The scopes of REST tokens. A write scope does not include reading. */
public enum Scope {
    ORGANIZATIONS_READ("organizations:read"),
    TEAMS_READ("organizations:teams:read"),
    TEAMS_WRITE("organizations:teams:write"),
    GROUPS_READ("organizations:groups:read"),
    GROUPS_WRITE("organizations:groups:write"),
    BOARDS_READ("boards:read"),
    SESSIONS_DELETE("sessions:delete"),
    AUDIT_LOGS_READ("auditlogs:read");

    /** Scopes of other Miro APIs. They allow nothing here, but ConductorOne's instructions ask for some of them. */
    private static final Set<String> ELSEWHERE =
            Set.of("boards:write", "identity:read", "identity:write", "team:read", "team:write");

    private final String wireName;

    Scope(String wireName) {
        this.wireName = wireName;
    }

    /** The name in Miro's reference. */
    public String wireName() {
        return wireName;
    }

    /**
     * The scope with this name or its singular: ConductorOne's instructions for its Miro connector say
     * {@code organizations:team:read}.
     */
    static Optional<Scope> named(String name) {
        return Arrays.stream(values())
                .filter(scope -> scope.wireName.equals(name) || scope.singular().equals(name))
                .findFirst();
    }

    /** Whether Miro has a scope with this name, even if no call here needs it. */
    public static boolean exists(String name) {
        return named(name).isPresent() || ELSEWHERE.contains(name);
    }

    private String singular() {
        return wireName.replace("teams:", "team:").replace("groups:", "group:");
    }
}

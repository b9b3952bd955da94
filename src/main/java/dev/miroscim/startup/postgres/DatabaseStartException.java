package dev.miroscim.startup.postgres;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** The embedded database does not start. The message says why and what to do. */
class DatabaseStartException extends RuntimeException {

    private static final String OTHER_DATABASE = "set SPRING_DATASOURCE_URL, SPRING_DATASOURCE_USERNAME and"
            + " SPRING_DATASOURCE_PASSWORD to use your own PostgreSQL (15 or newer).";

    static final String MAKE_ROOM =
            "Make room on that disk, or name another folder with MIRO_DATA_DIR, or with -Djava.io.tmpdir=… for temporary"
                    + " data.";

    private final String action;

    DatabaseStartException(String reason, @Nullable String remedy, @Nullable Throwable cause) {
        super(reason, cause);
        this.action = (remedy == null ? "Fix the cause, or " : remedy + " Or ") + OTHER_DATABASE;
    }

    DatabaseStartException(String reason, @Nullable String remedy) {
        this(reason, remedy, null);
    }

    String action() {
        return action;
    }

    /** Reports the failed start in Spring Boot's format, without a stack trace. */
    static class Analyzer extends AbstractFailureAnalyzer<DatabaseStartException> {
        @Override
        protected FailureAnalysis analyze(Throwable rootFailure, DatabaseStartException cause) {
            return new FailureAnalysis(
                    "The embedded PostgreSQL does not start: " + cause.getMessage(), cause.action(), cause);
        }
    }
}

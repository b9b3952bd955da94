package dev.miroscim.startup.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** The embedded database does not start. The message says why and what to do. */
class DatabaseStartException extends RuntimeException {

    private static final String OTHER_DATABASE = "set SPRING_DATASOURCE_URL, SPRING_DATASOURCE_USERNAME and"
            + " SPRING_DATASOURCE_PASSWORD to use your own PostgreSQL (15 or newer).";

    /** Less would not even hold an empty database. */
    private static final long LEAST_ROOM = 64 * 1024 * 1024;

    private final String action;

    DatabaseStartException(String reason, @Nullable String remedy, @Nullable Throwable cause) {
        super(reason, cause);
        this.action = (remedy == null ? "Fix the cause, or " : remedy + " Or ") + OTHER_DATABASE;
    }

    DatabaseStartException(String reason, @Nullable String remedy) {
        this(reason, remedy, null);
    }

    /** A failure that may come from too little room on the disk of one of these folders, which then is the reason. */
    static DatabaseStartException in(String reason, @Nullable Throwable cause, Path... folders) {
        for (Path folder : folders) {
            long room = room(folder);
            if (room < LEAST_ROOM) {
                return new DatabaseStartException(
                        "The disk of " + folder + " has only " + room / (1024 * 1024) + " MB left. " + reason,
                        "Make room there, or name another folder with MIRO_DATA_DIR, or with java -Djava.io.tmpdir=… for"
                                + " temporary data.",
                        cause);
            }
        }
        return new DatabaseStartException(reason, null, cause);
    }

    private static long room(Path folder) {
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException _) {
            return Long.MAX_VALUE; // unknown, or the folder does not exist
        }
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

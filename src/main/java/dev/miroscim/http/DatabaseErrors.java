package dev.miroscim.http;

import dev.miroscim.database.ConnectionsBusyException;
import jakarta.persistence.OptimisticLockException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Optional;
import org.hibernate.TransactionException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.CannotCreateTransactionException;

/**
 * Distinguishes an unavailable or busy database from a bug. Prefers PostgreSQL's error codes, because the exception
 * around them depends on whether a statement, a flush or a commit failed.
 */
final class DatabaseErrors {

    private DatabaseErrors() {}

    static Optional<ApiError> read(Throwable exception) {
        ApiError byType = null;
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectionsBusyException) {
                return Optional.of(busy());
            }
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return Optional.ofNullable(byState(sql.getSQLState())).or(() -> Optional.ofNullable(byType(exception)));
            }
            if (byType == null) {
                byType = byType(cause);
            }
        }
        return Optional.ofNullable(byType);
    }

    // https://www.postgresql.org/docs/current/errcodes-appendix.html
    private static @Nullable ApiError byState(String state) {
        return switch (state) {
            // serialization_failure, deadlock_detected, lock_not_available, object_in_use
            case "40001", "40P01", "55P03", "55006" -> contended();
            // query_canceled, by statement_timeout or an administrator; too_many_connections
            case "57014", "53300" -> busy();
            // disk_full
            case "53100" -> full();
            // read_only_sql_transaction, as on a server that is about to become the primary one; database does not
            // exist; io_error
            case "25006", "3D000", "58030" -> away();
            default ->
                switch (state.substring(0, 2)) {
                    // connection exception, invalid authorization, operator intervention
                    case "08", "28", "57" -> away();
                    // insufficient resources
                    case "53" -> busy();
                    // data exception, such as a string with a NUL; program limit exceeded, such as a huge index entry
                    case "22", "54" ->
                        ApiError.of(
                                HttpStatus.BAD_REQUEST, ApiError.INVALID_VALUE, "A value cannot be stored or compared");
                    // integrity constraint violation: a concurrent request was first
                    case "23" -> conflict();
                    default -> null;
                };
        };
    }

    private static @Nullable ApiError byType(Throwable cause) {
        return switch (cause) {
            case ConcurrencyFailureException _, OptimisticLockException _ -> contended();
            case DataAccessResourceFailureException _,
                    CannotCreateTransactionException _,
                    QueryTimeoutException _,
                    TransientDataAccessException _,
                    RecoverableDataAccessException _ -> away();
            // The pool throws these when it has no connection.
            case SQLTransientException _, SQLRecoverableException _ -> away();
            // A transaction whose connection broke can be neither committed nor rolled back.
            case TransactionException _ -> away();
            case DataIntegrityViolationException _ -> conflict();
            default -> null;
        };
    }

    private static ApiError away() {
        return unavailable("The database is not available; try again", 5);
    }

    private static ApiError busy() {
        return unavailable("The database is busy with other requests; try again", 10);
    }

    private static ApiError full() {
        return unavailable("The disk of the database is full; try again when it has room", 60);
    }

    private static ApiError contended() {
        return unavailable("Another request is changing the same data; try again", 1);
    }

    private static ApiError unavailable(String detail, int seconds) {
        return ApiError.of(HttpStatus.SERVICE_UNAVAILABLE, detail)
                .with(HttpHeaders.RETRY_AFTER, Integer.toString(seconds));
    }

    private static ApiError conflict() {
        return ApiError.of(HttpStatus.CONFLICT, "Another request made a change that this one conflicts with");
    }
}

package dev.miroscim.http;

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
            // serialization_failure, deadlock_detected, lock_not_available
            case "40001", "40P01", "55P03" -> busy();
            // disk_full
            case "53100" -> full();
            // query_canceled, by statement_timeout
            case "57014" -> away();
            default ->
                switch (state.substring(0, 2)) {
                    // connection exception, insufficient resources, operator intervention
                    case "08", "53", "57" -> away();
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
            case ConcurrencyFailureException _, OptimisticLockException _ -> busy();
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
        return ApiError.of(HttpStatus.SERVICE_UNAVAILABLE, "The database is not available; try again")
                .with(HttpHeaders.RETRY_AFTER, "5");
    }

    private static ApiError full() {
        return ApiError.of(
                        HttpStatus.SERVICE_UNAVAILABLE, "The disk of the database is full; try again when it has room")
                .with(HttpHeaders.RETRY_AFTER, "5");
    }

    private static ApiError busy() {
        return ApiError.of(HttpStatus.SERVICE_UNAVAILABLE, "Another request is changing the same data; try again")
                .with(HttpHeaders.RETRY_AFTER, "1");
    }

    private static ApiError conflict() {
        return ApiError.of(HttpStatus.CONFLICT, "Another request made a change that this one conflicts with");
    }
}

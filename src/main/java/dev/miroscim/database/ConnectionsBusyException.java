package dev.miroscim.database;

import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;

/** The database answers, but others used all connections for as long as a request may wait. */
public final class ConnectionsBusyException extends SQLTransientConnectionException {

    ConnectionsBusyException(@Nullable Throwable cause) {
        super("All database connections are in use", null, 0, cause);
    }
}

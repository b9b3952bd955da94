package dev.miroscim.emulator.http;

import dev.miroscim.http.Fault;
import dev.miroscim.http.FaultException;
import org.springframework.http.HttpStatus;

/** What all parts of the control API have in common. */
public final class EmulatorApi {

    public static final String BASE_PATH = "/emulator";

    private EmulatorApi() {}

    /** What to throw where {@code field}, of the body or the query, has a value that it cannot have. */
    public static FaultException invalid(String field, String detail) {
        return new FaultException(Fault.of(HttpStatus.BAD_REQUEST, Fault.INVALID_VALUE, field + ": " + detail));
    }

    /** What to throw where something does not exist that a path names. */
    public static FaultException notFound(String what, String id) {
        return new FaultException(Fault.of(HttpStatus.NOT_FOUND, "There is no %s %s".formatted(what, id)));
    }
}

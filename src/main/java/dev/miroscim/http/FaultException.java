package dev.miroscim.http;

/** Says itself how it is to be answered. Its detail is the caller's to read. */
public final class FaultException extends RuntimeException {

    // Only while the request that it answers is handled
    private final transient Fault fault;

    public FaultException(Fault fault) {
        super(fault.detail(), null, false, false);
        this.fault = fault;
    }

    public Fault fault() {
        return fault;
    }
}

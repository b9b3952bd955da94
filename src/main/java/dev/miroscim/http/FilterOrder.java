package dev.miroscim.http;

import org.springframework.core.Ordered;

/**
 * The order of all servlet filters: a request passes them from top to bottom, and its answer from bottom to top. A test
 * compares this list with the filters that the running server has.
 */
public final class FilterOrder {

    /** Spring Boot's, which sets the encoding of a request before anything reads a parameter. Its place is fixed. */
    static final int CHARACTER_ENCODING = Ordered.HIGHEST_PRECEDENCE;

    /** Load balancers ask often and without a token; their calls belong in no journal. */
    static final int HEALTH = CHARACTER_ENCODING + 1;

    /** Around the journal, whose work is part of a request's duration. */
    public static final int METRICS = -140;

    /** Around everything else, so that it sees the request as it came and the answer as it leaves. */
    public static final int JOURNAL = -130;

    /** Before everything that notes a rule: Spring Security's refusals are rules too. */
    static final int RULE_HEADERS = -120;

    /** Around everything that may fail outside the controllers. Evens out paths, which all others compare. */
    static final int PLANE_ERRORS = -110;

    /** Spring Boot would put it first, but clients must get the error for unreadable headers in their plane's format. */
    static final int FORWARDED_HEADERS = -109;

    /** Before Spring Security: what breaks on the way to Miro breaks whether or not Miro would let the caller in. */
    public static final int FAULTS = -106;

    /** Spring Boot's, which lets beans see the request of their thread. Nothing here relies on its place. */
    static final int REQUEST_CONTEXT = -105;

    /** Spring Boot's default for Spring Security, after which come the controllers. */
    static final int SECURITY = -100;

    private FilterOrder() {}
}

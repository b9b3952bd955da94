package dev.miroscim.platform;

/** The price of a call in credits, by the levels of Miro's rate limits. */
enum RateLimitLevel {
    ONE(50),
    TWO(100),
    THREE(500),
    FOUR(2_000);

    private final long credits;

    RateLimitLevel(long credits) {
        this.credits = credits;
    }

    long credits() {
        return credits;
    }
}

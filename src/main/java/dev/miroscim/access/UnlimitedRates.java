package dev.miroscim.access;

import java.time.Clock;
import java.time.Instant;

/** Reports the limits without counting. */
class UnlimitedRates implements RateLimits {

    private final Clock clock;

    UnlimitedRates(Clock clock) {
        this.clock = clock;
    }

    @Override
    public boolean enforced() {
        return false;
    }

    @Override
    public Balance take(Allowance allowance, long credits) {
        long window = allowance.window().toSeconds();
        long reset = Math.floorDiv(clock.instant().getEpochSecond(), window) * window + window;
        return new Balance(true, allowance.limit(), allowance.limit(), Instant.ofEpochSecond(reset));
    }
}

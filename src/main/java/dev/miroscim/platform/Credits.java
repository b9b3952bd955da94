package dev.miroscim.platform;

import dev.miroscim.access.AccessContext;
import dev.miroscim.access.RateLimits;
import dev.miroscim.access.RateLimits.Allowance;
import dev.miroscim.access.RateLimits.Balance;
import dev.miroscim.directory.MiroRule;
import dev.miroscim.http.ApiError;
import dev.miroscim.http.ApiErrorException;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Takes credits for calls and sets the rate limit headers. Miro counts per user and app, which corresponds to a token.
 */
@Component
class Credits {

    /** Miro's text, including its mistake. */
    static final ApiError REFUSAL = ApiError.of(HttpStatus.TOO_MANY_REQUESTS, "Request rate limit exceed");

    private static final long PER_MINUTE = 100_000;
    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final RateLimits limits;
    private final Clock clock;

    Credits(RateLimits limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
    }

    /** The headers for a request without a token to charge. */
    Map<String, String> headers() {
        return new Balance(true, PER_MINUTE, PER_MINUTE, clock.instant().plus(WINDOW)).headers();
    }

    /** Charges the caller {@code credits}, or refuses the request. */
    void take(AccessContext caller, long credits, HttpServletResponse response) {
        Balance balance = limits.take(new Allowance("rest:" + caller.tokenId(), PER_MINUTE, WINDOW), credits);
        balance.headers().forEach(response::setHeader);
        if (!balance.granted()) {
            MiroRule.RATE_LIMIT.noteRefusal();
            throw new ApiErrorException(REFUSAL.with(HttpHeaders.RETRY_AFTER, balance.retryAfter(clock.instant())));
        }
    }
}

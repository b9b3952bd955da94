package dev.miroscim.testkit;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A time at which to stop the clock, or how far to set it ahead. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record NewTime(@Nullable String now, @Nullable String offset) {

    public static NewTime stoppedAt(Instant now) {
        return new NewTime(now.toString(), null);
    }

    /** Sets the clock ahead, or back with a negative duration. */
    public static NewTime ahead(Duration offset) {
        return new NewTime(null, offset.toString());
    }
}

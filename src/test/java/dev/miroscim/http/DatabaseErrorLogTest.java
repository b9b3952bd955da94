package dev.miroscim.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.HttpStatus;

@ExtendWith(OutputCaptureExtension.class)
@Isolated("reads the log")
class DatabaseErrorLogTest {

    @Test
    void manyFailuresAtOnce_areOneLineWithoutATrace(CapturedOutput log) {
        DatabaseErrorLog errors = new DatabaseErrorLog();
        ApiError answer = ApiError.of(HttpStatus.SERVICE_UNAVAILABLE, "The database is away");
        for (int request = 0; request < 1_000; request++) {
            errors.add(answer, new IllegalStateException(new SQLException("connection refused\n  Where: somewhere")));
        }
        assertThat(log.getAll().lines())
                .singleElement()
                .asString()
                .endsWith("The database is away: connection refused");
    }
}

package dev.miroscim.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.apache.catalina.connector.ClientAbortException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.HttpStatus;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;

@ExtendWith(OutputCaptureExtension.class)
@Isolated("reads the log")
class ApiErrorsTest {

    private static final Plane PLANE = new Plane() {
        @Override
        public boolean covers(String path) {
            return true;
        }

        @Override
        public List<String> mediaTypes() {
            return List.of("application/json");
        }

        @Override
        public Object error(ApiError fault) {
            return fault;
        }
    };

    @Test
    void clientIsGone(CapturedOutput log) {
        Exception written =
                new AsyncRequestNotUsableException("x", new ClientAbortException(new IOException("Broken pipe")));

        ApiError fault = ApiErrors.of(written, PLANE, new MockHttpServletRequest());

        assertThat(fault.status()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(log).doesNotContain("Broken pipe");
    }
}

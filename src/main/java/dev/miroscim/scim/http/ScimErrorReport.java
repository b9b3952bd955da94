package dev.miroscim.scim.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.miroscim.scim.ScimMediaType;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tomcat's own error page, for requests that are too broken to be anybody's, as a SCIM error. Public because Tomcat creates
 * it by its name.
 */
public final class ScimErrorReport extends ErrorReportValve {

    private static final JsonMapper JSON = JsonMapper.shared();

    @Override
    protected void report(Request request, Response response, Throwable throwable) {
        if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        Fault fault = Faults.ofStatus(response.getStatus());
        try {
            response.setContentType(ScimMediaType.SCIM_JSON);
            response.getOutputStream()
                    .write(JSON.writeValueAsString(ScimError.of(response.getStatus(), null, fault.detail()))
                            .getBytes(UTF_8));
            response.finishResponse();
        } catch (IOException | IllegalStateException e) {
            container.getLogger().debug("Could not report an error", e);
        }
    }
}

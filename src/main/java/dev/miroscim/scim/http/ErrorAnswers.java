package dev.miroscim.scim.http;

import dev.miroscim.access.BearerTokens;
import dev.miroscim.scim.ScimMediaType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes faults as SCIM errors, whatever the client said it accepts: every client reads them, and none reads HTML. */
@Component
class ErrorAnswers {

    private final BearerTokens tokens = new BearerTokens();
    private final JsonMapper json;

    ErrorAnswers(JsonMapper json) {
        this.json = json;
    }

    void write(Throwable exception, HttpServletRequest request, HttpServletResponse response) throws IOException {
        write(Faults.of(exception, request), request, response);
    }

    /** Writes nothing if the answer is on its way already. */
    void write(Fault fault, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        response.resetBuffer();
        response.setStatus(fault.status().value());
        fault.headers().forEach(response::setHeader);
        response.setContentType(ScimMediaType.SCIM_JSON);
        byte[] body = json.writeValueAsBytes(
                ScimError.of(fault.status().value(), fault.scimType(), withoutToken(fault.detail(), request)));
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** A detail repeats what the client sent, and people paste tokens into the wrong fields. */
    private String withoutToken(String detail, HttpServletRequest request) {
        String token = tokens.resolve(request);
        return token == null || token.length() < 8 ? detail : detail.replace(token, "[token]");
    }
}

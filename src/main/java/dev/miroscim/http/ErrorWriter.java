package dev.miroscim.http;

import dev.miroscim.access.BearerTokens;
import dev.miroscim.directory.MiroRule;
import dev.miroscim.directory.Notes;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes errors as JSON, whatever the Accept header says: every client of this server can read JSON. */
@Component
public class ErrorWriter {

    private final BearerTokens tokens = new BearerTokens();
    private final JsonMapper json;

    ErrorWriter(JsonMapper json) {
        this.json = json;
    }

    /** Writes the error that {@code exception} means to the plane's clients. */
    public void write(Plane plane, Throwable exception, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        write(plane, ApiErrors.of(exception, plane, request), request, response);
    }

    /** Writes the error for a status that code below the controllers set. */
    public void write(Plane plane, int status, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        write(plane, ApiErrors.ofStatus(status, plane, request), request, response);
    }

    /** Writes the error in the plane's format, unless the response is already committed. */
    public void write(Plane plane, ApiError error, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (response.isCommitted()) {
            return;
        }
        Notes.refused();
        response.resetBuffer();
        response.setStatus(error.status().value());
        error.headers().forEach(response::setHeader);
        response.setContentType(plane.mediaType(error));
        byte[] body = json.writeValueAsBytes(plane.error(
                new ApiError(error.status(), error.kind(), withoutToken(error.detail(), request), error.headers())));
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /**
     * Removes the request's token from the detail, which quotes what the client sent: people paste tokens into wrong
     * fields.
     */
    private String withoutToken(String detail, HttpServletRequest request) {
        String token = tokens.resolve(request);
        return token == null || token.length() < 8 ? detail : detail.replace(token, "[token]");
    }

    /**
     * Answers requests of a plane whose bearer token opens nothing.
     *
     * @param missing what is said of those that have none
     * @param wrong what is said of those that have one
     */
    public AuthenticationEntryPoint unauthorized(Plane plane, String realm, String missing, String wrong) {
        return (request, response, refusal) -> {
            MiroRule.TOKEN_OPENS_ORGANIZATION.noteRefusal();
            // RFC 6750, section 3.1: the error code is for tokens that were sent and are wrong.
            boolean sent = refusal instanceof OAuth2AuthenticationException;
            String challenge = "Bearer realm=\"" + realm + "\"" + (sent ? ", error=\"invalid_token\"" : "");
            ApiError error = ApiError.of(HttpStatus.UNAUTHORIZED, sent ? wrong : missing)
                    .with(HttpHeaders.WWW_AUTHENTICATE, challenge);
            write(plane, error, request, response);
        };
    }
}

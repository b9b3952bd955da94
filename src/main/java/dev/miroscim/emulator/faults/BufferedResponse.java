package dev.miroscim.emulator.faults;

import dev.miroscim.http.ErrorWriter;
import dev.miroscim.http.Plane;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * A response that is held back until it is {@link #release() released}. Only its headers reach the container before.
 */
final class BufferedResponse extends ContentCachingResponseWrapper {

    private final Plane plane;
    private final ErrorWriter errors;
    private final HttpServletRequest request;

    BufferedResponse(Plane plane, ErrorWriter errors, HttpServletRequest request, HttpServletResponse response) {
        super(response);
        this.plane = plane;
        this.errors = errors;
        this.request = request;
    }

    /** The wrapped response would send an error immediately. */
    @Override
    public void sendError(int status) throws IOException {
        errors.write(plane, status, request, this);
    }

    @Override
    public void sendError(int status, String message) throws IOException {
        sendError(status);
    }

    /**
     * Sends the body without setting its length. With a length, the container would finish the answer before the
     * journal's wrapper is done with it.
     */
    void release() throws IOException {
        getContentInputStream().transferTo(getResponse().getOutputStream());
    }
}

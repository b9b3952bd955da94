package dev.miroscim.emulator.faults;

import dev.miroscim.http.ErrorWriter;
import dev.miroscim.http.Plane;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * An answer of which nothing is sent before it is {@link #release() released}. Only its headers are told to the
 * container.
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

    /** What it wraps would send an error at once. */
    @Override
    public void sendError(int status) throws IOException {
        errors.write(plane, status, request, this);
    }

    @Override
    public void sendError(int status, String message) throws IOException {
        sendError(status);
    }

    /**
     * Without its length: the container can count, and whoever keeps the answer in mind is not done before it is sent.
     */
    void release() throws IOException {
        getContentInputStream().transferTo(getResponse().getOutputStream());
    }
}

package dev.miroscim.emulator.journal;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/**
 * A response that keeps the beginning of its body.
 *
 * <p>Leaves flushing to the container, so that the end of an answer is sent only after the call is in the journal's
 * queue. A client that has read its answer then finds the call in the journal.
 */
final class CapturedResponse extends HttpServletResponseWrapper {

    private final CapturedBytes captured;
    private @Nullable Output output;
    private @Nullable PrintWriter writer;

    CapturedResponse(HttpServletResponse response, int most) {
        super(response);
        this.captured = new CapturedBytes(most);
    }

    Call.Body body() {
        if (writer != null) {
            writer.flush();
        }
        return captured.isEmpty() ? Call.Body.NONE : new Call.Body(captured.toByteArray(), null);
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        if (output == null) {
            output = new Output(super.getOutputStream());
        }
        return output;
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        if (writer == null) {
            writer = new PrintWriter(new OutputStreamWriter(getOutputStream(), getCharacterEncoding()));
        }
        return writer;
    }

    /**
     * Not passed on for bodies that fit into the container's buffer: with a known length, the container would send the
     * answer with its last byte, and the request could no longer be read.
     */
    @Override
    public void setContentLengthLong(long length) {
        if (length > getBufferSize()) {
            super.setContentLengthLong(length);
        }
    }

    @Override
    public void setContentLength(int length) {
        setContentLengthLong(length);
    }

    @Override
    public void flushBuffer() {
        if (writer != null) {
            writer.flush();
        }
    }

    @Override
    public void reset() {
        super.reset();
        captured.clear();
    }

    @Override
    public void resetBuffer() {
        super.resetBuffer();
        captured.clear();
    }

    private final class Output extends ServletOutputStream {

        private final ServletOutputStream target;

        Output(ServletOutputStream target) {
            this.target = target;
        }

        @Override
        public void write(int octet) throws IOException {
            target.write(octet);
            captured.add(octet);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            target.write(bytes, offset, length);
            captured.add(bytes, offset, length);
        }

        @Override
        public void flush() {
            // Left to the container.
        }

        @Override
        public void close() {
            // Left to the container.
        }

        @Override
        public boolean isReady() {
            return target.isReady();
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            target.setWriteListener(listener);
        }
    }
}

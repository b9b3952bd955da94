package dev.miroscim.emulator.journal;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A request that keeps the beginning of its body while the body is read. */
final class CapturedRequest extends HttpServletRequestWrapper {

    private final CapturedBytes captured;
    private final int most;
    private @Nullable Input input;
    private @Nullable BufferedReader reader;

    CapturedRequest(HttpServletRequest request, int most) {
        super(request);
        this.most = most;
        this.captured = new CapturedBytes(most);
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        if (input == null) {
            input = new Input(super.getInputStream());
        }
        return input;
    }

    @Override
    public BufferedReader getReader() throws IOException {
        if (reader == null) {
            Charset charset =
                    getCharacterEncoding() == null ? StandardCharsets.UTF_8 : Charset.forName(getCharacterEncoding());
            reader = new BufferedReader(new InputStreamReader(getInputStream(), charset));
        }
        return reader;
    }

    /** The beginning of the body. If the request was refused before its body was read, a short body is read now. */
    Call.Body body() {
        if (input == null
                && getContentLengthLong() > 0
                && getContentLengthLong() <= most
                && getHeader("Expect") == null) {
            try {
                getInputStream().readNBytes((int) getContentLengthLong());
            } catch (IOException | IllegalStateException _) {
                // The part that was read is enough.
            }
        }
        return captured.isEmpty() ? Call.Body.NONE : new Call.Body(captured.toByteArray(), getCharacterEncoding());
    }

    private final class Input extends ServletInputStream {

        private final ServletInputStream source;

        Input(ServletInputStream source) {
            this.source = source;
        }

        @Override
        public int read() throws IOException {
            int octet = source.read();
            if (octet >= 0) {
                captured.add(octet);
            }
            return octet;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = source.read(bytes, offset, length);
            if (count > 0) {
                captured.add(bytes, offset, count);
            }
            return count;
        }

        @Override
        public int available() throws IOException {
            return source.available();
        }

        @Override
        public boolean isFinished() {
            return source.isFinished();
        }

        @Override
        public boolean isReady() {
            return source.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            source.setReadListener(listener);
        }

        @Override
        public void close() throws IOException {
            source.close();
        }
    }
}

package dev.miroscim.emulator.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds rows in the text format of PostgreSQL's COPY, which writes many rows with one statement.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-copy.html">COPY</a>
 */
final class CopyFormat {

    private final StringBuilder text = new StringBuilder(64 * 1024);
    private boolean inRow;

    CopyFormat add(@Nullable Object value) {
        separate();
        if (value == null) {
            text.append("\\N");
        } else {
            append(value.toString());
        }
        return this;
    }

    /** Adds an array of words that need no quoting. */
    CopyFormat addWords(List<String> words) {
        separate();
        if (words.isEmpty()) {
            text.append("\\N");
        } else {
            append("{" + String.join(",", words) + "}");
        }
        return this;
    }

    void endRow() {
        text.append('\n');
        inRow = false;
    }

    byte[] bytes() {
        return text.toString().getBytes(UTF_8);
    }

    private void separate() {
        if (inRow) {
            text.append('\t');
        }
        inRow = true;
    }

    private void append(String value) {
        int written = 0;
        for (int i = 0; i < value.length(); i++) {
            char character = value.charAt(i);
            if (character != '\\' && character >= ' ') {
                continue;
            }
            text.append(value, written, i);
            written = i + 1;
            switch (character) {
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                // PostgreSQL cannot store NUL.
                case 0 -> text.append('\uFFFD');
                default -> text.append(character);
            }
        }
        text.append(value, written, value.length());
    }
}

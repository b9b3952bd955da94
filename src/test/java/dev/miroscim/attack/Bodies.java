package dev.miroscim.attack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Collections;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

/** Bodies that are made to be hard to read. */
final class Bodies {

    private Bodies() {}

    /** A user as large as SCIM accepts. */
    static byte[] largestUser(int bytes) {
        String beginning = "{\"userName\": \"large@example.com\", \"displayName\": \"";
        return (beginning + "x".repeat(bytes - beginning.length() - 2) + "\"}").getBytes(UTF_8);
    }

    static byte[] manyKeys(int keys) {
        return IntStream.range(0, keys)
                .mapToObj(key -> "\"k" + key + "\":" + key)
                .collect(Collectors.joining(",", "{\"userName\":\"keys@example.com\",", "}"))
                .getBytes(UTF_8);
    }

    /** A seed of so many people of whom each has several mistakes. */
    static byte[] faultyPeople(int people) {
        return IntStream.range(0, people)
                .mapToObj(person -> "{\"email\":" + person + ",\"role\":\"x\",\"teams\":[\"none\"],\"nonsense\":1}")
                .collect(Collectors.joining(",", "{\"people\":[", "]}"))
                .getBytes(UTF_8);
    }

    /** A seed of so many people without mistakes, as long as the names fill it up. */
    static byte[] seed(int bytes) {
        StringBuilder seed = new StringBuilder("{\"people\":[");
        for (int person = 0; seed.length() < bytes - 300; person++) {
            seed.append(person == 0 ? "" : ",")
                    .append("{\"email\":\"p")
                    .append(person)
                    .append("@example.com\",\"department\":\"")
                    .append("d".repeat(100))
                    .append("\",\"division\":\"")
                    .append("e".repeat(100))
                    .append("\"}");
        }
        return seed.append("]}").toString().getBytes(UTF_8);
    }

    static byte[] longName(int characters) {
        return ("{\"name\": \"" + "n\u0301".repeat(characters / 2) + "\"}").getBytes(UTF_8);
    }

    static byte[] nested(int depth) {
        return ("{\"userName\":" + "[".repeat(depth) + "]".repeat(depth) + "}").getBytes(UTF_8);
    }

    /** Nine times nine times … the same, in YAML. */
    static byte[] aliases() {
        StringBuilder yaml = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            String nine = String.join(", ", Collections.nCopies(9, "*a" + (i - 1)));
            yaml.append("a%d: &a%d [%s]\n".formatted(i, i, nine));
        }
        return yaml.toString().getBytes(UTF_8);
    }

    /** Little that unpacks to so many megabytes. */
    static byte[] packed(int megabytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            byte[] blank = " ".repeat(1 << 20).getBytes(UTF_8);
            for (int i = 0; i < megabytes; i++) {
                gzip.write(blank);
            }
        }
        return packed.toByteArray();
    }
}

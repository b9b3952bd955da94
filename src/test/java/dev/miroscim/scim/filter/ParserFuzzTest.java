package dev.miroscim.scim.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever the text: it is read, and then written back as the same, or refused with a message that can be sent. */
class ParserFuzzTest {

    private static final long SEED = 20_000;

    private static final List<String> SEEDS = List.of(
            "userName eq \"user@miro.com\" and not (active eq false or id eq 3074457364022187294)",
            "emails[type eq \"work\" and primary eq \"True\"].value eq jane+x@contoso.com",
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.displayName co \"\\u00fc\\\\\\n\"",
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User.manager",
            "urn:ietf:params:scim:schemas:core:2.0:User:name.givenName pr",
            "meta.lastModified ge 2015-10-10T14:38:21.8617979-07:00 or name.familyName eq null",
            "members[value eq 3074457364022187294]",
            "roles[primary eq true].value",
            "emails[type eq \"work\"], userName , name.givenName",
            "((((a pr)) and (b gt -1.5e3)))");

    private static final String ALPHABET =
            "abzAZ019 \t\n\"\"\\\\()[]..::,,-_$'%@+/{}\u0000\u0001\u00a0\u0130ſäß中\ud83d\ude00\ud800\uffff";
    private static final List<String> PIECES = List.of(
            " and ",
            " or ",
            "not (",
            " eq ",
            " pr",
            "[",
            "]",
            "].",
            "(",
            ")",
            "\"",
            "\\u",
            "\\ud83d",
            "urn:",
            "true",
            "null",
            "1e9",
            "urn:ietf:params:scim:schemas:core:2.0:User");

    private final Random random = new Random(SEED);

    @Test
    void parse_throwsNothingElse() {
        int read = 0;
        for (int i = 0; i < 20_000; i++) {
            String text = mutated(SEEDS.get(random.nextInt(SEEDS.size())));
            Filter filter = read(text, Filter::parse);
            Path path = read(text, Path::parse);
            AttributePath attribute = read(text, AttributePath::parse);
            List<Path> paths = read(text, list -> Path.parseList(list, null));
            if (filter != null) {
                read++;
                assertThat(Filter.parse(filter.toString())).as(text).isEqualTo(filter);
            }
            if (path != null) {
                read++;
                assertThat(Path.parse(path.toString())).as(text).isEqualTo(path);
                assertThat(paths).as(text).containsExactly(path);
            }
            if (attribute != null) {
                assertThat(AttributePath.parse(attribute.toString())).as(text).isEqualTo(attribute);
                assertThat(path).as(text).isEqualTo(new Path(attribute, null, null));
            }
        }
        assertThat(read).isGreaterThan(1_000);
    }

    @Test
    void parse_endsForEveryRepeatedPiece() {
        for (String piece : PIECES) {
            for (String start : List.of("", "a", "a eq ", "a[", "a eq \"")) {
                String text = (start + piece.repeat(4096)).substring(0, 4096);
                read(text, Filter::parse);
                read(text, Path::parse);
                read(text, list -> Path.parseList(list, null));
            }
        }
    }

    private static <T> @Nullable T read(String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (FilterException e) {
            assertThat(e.position()).as(text).isBetween(0, text.length());
            assertThat(e.getMessage()).as(text).hasSizeLessThan(250);
            assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(e.getMessage()))
                    .as(text)
                    .isTrue();
            return null;
        }
    }

    private String mutated(String seed) {
        StringBuilder text = new StringBuilder(seed);
        for (int changes = random.nextInt(6); changes >= 0; changes--) {
            int at = random.nextInt(text.length() + 1);
            int end = Math.min(text.length(), at + 1 + random.nextInt(random.nextInt(12) == 0 ? 40 : 3));
            switch (random.nextInt(6)) {
                case 0 -> text.delete(at, end);
                case 1 -> text.insert(at, ALPHABET.charAt(random.nextInt(ALPHABET.length())));
                case 2 -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
                case 3 -> text.insert(at, text.substring(at, end));
                case 4 -> text.replace(at, end, String.valueOf(ALPHABET.charAt(random.nextInt(ALPHABET.length()))));
                default -> text.insert(at, SEEDS.get(random.nextInt(SEEDS.size())));
            }
        }
        return text.toString();
    }
}

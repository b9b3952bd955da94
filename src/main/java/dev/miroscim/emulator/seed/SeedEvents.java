package dev.miroscim.emulator.seed;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.Event.ID;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * A YAML or JSON text as a stream of its parts: a tree of the whole text would take thirty times its size. Aliases are
 * replaced by what they stand for.
 */
final class SeedEvents {

    /** How many parts aliases may add to the text in all: aliases of aliases would fill the memory. */
    private static final int MOST_REPEATED = 100_000;

    private static final Resolver TYPES = new Resolver();

    /** Types that texts have without being told so. All other tags name types of programs. */
    private static final Set<String> STANDARD = Set.of(
            Tag.STR.getValue(),
            Tag.INT.getValue(),
            Tag.FLOAT.getValue(),
            Tag.BOOL.getValue(),
            Tag.NULL.getValue(),
            Tag.TIMESTAMP.getValue(),
            Tag.MAP.getValue(),
            Tag.SEQ.getValue());

    private final Iterator<Event> text;
    private final Map<String, List<Event>> anchored = new HashMap<>();
    private final List<Recording> recordings = new ArrayList<>();
    private final Deque<Iterator<Event>> repeating = new ArrayDeque<>();
    private int repeated;
    private @Nullable Event next;

    SeedEvents(Reader reader, int longestText) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(longestText);
        text = new Yaml(options).parse(new AsYaml(reader)).iterator();
    }

    /** The text is not valid YAML. */
    static final class NotYamlException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final int line;

        private NotYamlException(Event where, String message) {
            super(message);
            line = SeedEvents.line(where);
        }

        int line() {
            return line;
        }
    }

    /** What is recorded of a part with an anchor until it ends. */
    private static final class Recording {

        private final String anchor;
        private final List<Event> events = new ArrayList<>();
        private int depth;

        private Recording(String anchor) {
            this.anchor = anchor;
        }
    }

    /** Moves to the first part of the text, and tells whether there is one. */
    boolean begin() {
        next(); // the stream
        if (peek().is(ID.StreamEnd)) {
            return false;
        }
        next(); // the document
        return true;
    }

    /** Makes sure that nothing follows. */
    void end() {
        next(); // the document
        if (!peek().is(ID.StreamEnd)) {
            throw new NotYamlException(peek(), " expected a single document in the stream: but found another document");
        }
    }

    /** The event that {@link #next} will return. */
    Event peek() {
        if (next == null) {
            next = read();
        }
        return next;
    }

    Event next() {
        Event event = peek();
        next = null;
        return event;
    }

    /** Moves past the whole part that begins here. */
    void skip() {
        int depth = 0;
        do {
            Event event = next();
            depth += event instanceof CollectionStartEvent ? 1 : event instanceof CollectionEndEvent ? -1 : 0;
        } while (depth > 0);
    }

    /** The line at which the next part begins, from 1. */
    int line() {
        return line(peek());
    }

    boolean isMapping() {
        return peek().is(ID.MappingStart);
    }

    boolean isList() {
        return peek().is(ID.SequenceStart);
    }

    boolean isText() {
        return peek().is(ID.Scalar);
    }

    /** Whether the mapping or list ends here. */
    boolean isEnd() {
        return peek() instanceof CollectionEndEvent;
    }

    /** Whether it is {@code null} in one of YAML's spellings, such as no text at all. */
    boolean isNothing() {
        if (!(peek() instanceof ScalarEvent scalar)) {
            return false;
        }
        return scalar.getTag() == null
                ? scalar.isPlain()
                        && TYPES.resolve(NodeId.scalar, scalar.getValue(), true).equals(Tag.NULL)
                : scalar.getTag().equals(Tag.NULL.getValue());
    }

    /** Whether it has a YAML tag, which seeds do not support. */
    boolean isTagged() {
        String tag = switch (peek()) {
            case ScalarEvent scalar -> scalar.getTag();
            case CollectionStartEvent collection -> collection.getTag();
            default -> null;
        };
        return tag != null && !STANDARD.contains(tag);
    }

    /** The text as written, without YAML's types: an employee number keeps its zeros. */
    String text() {
        return ((ScalarEvent) next()).getValue();
    }

    /** The name of the field that begins here; "?" if it is not a text. */
    String name() {
        if (isText()) {
            return text();
        }
        skip();
        return "?";
    }

    private Event read() {
        while (true) {
            while (!repeating.isEmpty() && !repeating.peek().hasNext()) {
                repeating.pop();
            }
            boolean again = !repeating.isEmpty();
            Event event = again ? repeating.peek().next() : text.next();
            if (again && ++repeated > MOST_REPEATED) {
                throw new NotYamlException(event, ": aliases repeat more than " + MOST_REPEATED + " parts");
            }
            if (event instanceof AliasEvent alias) {
                repeating.push(meaning(alias).iterator());
            } else {
                record(event);
                return event;
            }
        }
    }

    private List<Event> meaning(AliasEvent alias) {
        List<Event> meaning = anchored.get(alias.getAnchor());
        if (meaning == null) {
            throw new NotYamlException(alias, ": no part before the alias has the anchor " + alias.getAnchor());
        }
        return meaning;
    }

    private void record(Event event) {
        if (repeating.isEmpty() && event instanceof NodeEvent node && node.getAnchor() != null) {
            // While it is recorded, an alias cannot stand for it.
            anchored.remove(node.getAnchor());
            recordings.add(new Recording(node.getAnchor()));
        }
        for (Recording recording : recordings) {
            recording.events.add(event);
            recording.depth += event instanceof CollectionStartEvent ? 1 : event instanceof CollectionEndEvent ? -1 : 0;
            if (recording.depth == 0) {
                anchored.put(recording.anchor, recording.events);
            }
        }
        recordings.removeIf(recording -> recording.depth == 0);
    }

    private static int line(Event event) {
        return event.getStartMark().getLine() + 1;
    }

    /**
     * Skips a byte order mark, and converts the one JSON escape that is not YAML. Only for readers of more than one
     * character at a time, such as SnakeYAML.
     */
    private static final class AsYaml extends FilterReader {

        private boolean begun;
        private boolean inText;
        private boolean isJson;

        private AsYaml(Reader text) {
            super(text);
        }

        @Override
        public int read(char[] to, int offset, int length) throws IOException {
            int count = super.read(to, offset, length - 1);
            if (count == -1) {
                return -1;
            }
            int from = offset;
            int end = offset + count;
            if (!begun) {
                begun = true;
                from += to[offset] == '\uFEFF' ? 1 : 0;
            }
            for (int i = from; i < end && !inText; i++) {
                inText = !Character.isWhitespace(to[i]);
                isJson = to[i] == '{';
            }
            if (!isJson && from == offset) {
                return count;
            }
            int written = offset;
            for (int i = from; i < end; i++) {
                if (isJson && to[i] == '\\') {
                    int escaped = i + 1 < end ? to[i + 1] : super.read();
                    i++;
                    if (escaped != '/') {
                        to[written++] = '\\';
                    }
                    if (escaped != -1) {
                        to[written++] = (char) escaped;
                    }
                } else {
                    to[written++] = to[i];
                }
            }
            return written - offset;
        }
    }
}

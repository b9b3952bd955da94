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
import org.yaml.snakeyaml.error.YAMLException;
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

/** Aliases are replaced by what they stand for. */
final class YamlEvents implements SeedEvents {

    private static final int LONGEST_LINE = 256 * 1024;

    /** Far deeper than any seed; SnakeYAML's time grows with the square of the depth. */
    private static final int DEEPEST = 50;

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
    private int depth;
    private @Nullable Event next;

    YamlEvents(Reader reader, int longestText) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(longestText);
        text = new Yaml(options).parse(new ShortLines(reader)).iterator();
    }

    /** The text is not valid YAML. */
    static final class NotYamlException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final int line;

        private NotYamlException(Event where, String message) {
            super(message);
            line = YamlEvents.line(where);
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

    @Override
    public boolean begin() {
        next(); // the stream
        if (peek().is(ID.StreamEnd)) {
            return false;
        }
        next(); // the document
        return true;
    }

    @Override
    public void end() {
        next(); // the document
        if (!peek().is(ID.StreamEnd)) {
            throw new NotYamlException(peek(), " expected a single document in the stream: but found another document");
        }
    }

    private Event peek() {
        if (next == null) {
            next = read();
        }
        return next;
    }

    @Override
    public void step() {
        next();
    }

    private Event next() {
        Event event = peek();
        next = null;
        return event;
    }

    @Override
    public void skip() {
        int depth = 0;
        do {
            Event event = next();
            depth += nesting(event);
        } while (depth > 0);
    }

    @Override
    public int line() {
        return line(peek());
    }

    @Override
    public boolean isMapping() {
        return peek().is(ID.MappingStart);
    }

    @Override
    public boolean isList() {
        return peek().is(ID.SequenceStart);
    }

    @Override
    public boolean isText() {
        return peek().is(ID.Scalar);
    }

    @Override
    public boolean isEnd() {
        return peek() instanceof CollectionEndEvent;
    }

    @Override
    public boolean isNothing() {
        if (!(peek() instanceof ScalarEvent scalar)) {
            return false;
        }
        return scalar.getTag() == null
                ? scalar.isPlain()
                        && TYPES.resolve(NodeId.scalar, scalar.getValue(), true).equals(Tag.NULL)
                : scalar.getTag().equals(Tag.NULL.getValue());
    }

    @Override
    public boolean isTagged() {
        String tag = switch (peek()) {
            case ScalarEvent scalar -> scalar.getTag();
            case CollectionStartEvent collection -> collection.getTag();
            default -> null;
        };
        return tag != null && !STANDARD.contains(tag);
    }

    @Override
    public String text() {
        return ((ScalarEvent) next()).getValue();
    }

    @Override
    public String name() {
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
                depth += nesting(event);
                if (depth > DEEPEST) {
                    throw new NotYamlException(event, ": nested more than " + DEEPEST + " levels deep");
                }
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
            recording.depth += nesting(event);
            if (recording.depth == 0) {
                anchored.put(recording.anchor, recording.events);
            }
        }
        recordings.removeIf(recording -> recording.depth == 0);
    }

    /** How much deeper the part after an event is. */
    private static int nesting(Event event) {
        return event instanceof CollectionStartEvent ? 1 : event instanceof CollectionEndEvent ? -1 : 0;
    }

    private static int line(Event event) {
        return event.getStartMark().getLine() + 1;
    }

    /**
     * Refuses lines of such a length that reading one word of it would take seconds: SnakeYAML copies what it has of a
     * word whenever it needs more.
     */
    private static final class ShortLines extends FilterReader {

        private int line;

        private ShortLines(Reader text) {
            super(text);
        }

        @Override
        public int read(char[] to, int offset, int length) throws IOException {
            int count = super.read(to, offset, length);
            for (int i = offset; i < offset + count; i++) {
                line = to[i] == '\n' || to[i] == '\r' ? 0 : line + 1;
                if (line > LONGEST_LINE) {
                    throw new YAMLException("a line is longer than " + LONGEST_LINE + " characters");
                }
            }
            return count;
        }
    }
}

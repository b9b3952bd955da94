package dev.miroscim.emulator.seed;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Collects the problems of a seed, and not only the first. */
class SeedProblems {

    private static final int MOST_SHOWN = 20;

    /** A seed can have more problems than there is memory. */
    private static final int MOST_KEPT = 1_000;

    private final List<Problem> problems = new ArrayList<>();
    private final Set<String> paths = new HashSet<>();
    private int more;

    /** @param sentence made only if the problem is shown, because looking for similar names takes time */
    private record Problem(SeedPath where, Supplier<String> sentence) {}

    boolean areNone() {
        return problems.isEmpty();
    }

    void add(SeedPath where, String sentence) {
        add(where, () -> sentence);
    }

    /** Keeps only the first problem of a field, because later ones are usually consequences. */
    void add(SeedPath where, Supplier<String> sentence) {
        if (problems.size() == MOST_KEPT) {
            more++;
        } else if (paths.add(where.toString()) || where.parent() == null) {
            problems.add(new Problem(where, sentence));
        }
    }

    void clear() {
        problems.clear();
        paths.clear();
        more = 0;
    }

    /** Forgets everything before a problem after which the text cannot be read on. */
    void replaceBy(int line, String sentence) {
        clear();
        problems.add(new Problem(SeedPath.root(line), () -> sentence));
    }

    /**
     * @param source the name of the text in messages
     * @param events reads the text from its beginning
     * @throws InvalidSeedException if there are problems
     */
    void throwIfAny(String source, Supplier<SeedEvents> events) {
        if (areNone()) {
            return;
        }
        Map<String, Integer> lines =
                problems.stream().allMatch(problem -> problem.where().hasLine()) ? Map.of() : lines(events.get());
        String shown = problems.stream()
                .map(problem -> new Shown(line(problem.where(), lines), problem))
                .sorted(Comparator.comparingInt(Shown::line))
                .limit(MOST_SHOWN)
                .map(problem -> problem.in(source))
                .collect(Collectors.joining("\n"));
        int others = problems.size() + more - MOST_SHOWN;
        throw new InvalidSeedException(others > 0 ? shown + "\n… and " + others + " more problems" : shown);
    }

    private record Shown(int line, Problem problem) {

        String in(String source) {
            String path = problem.where().toString();
            return "%s, line %d: %s%s"
                    .formatted(
                            source,
                            line,
                            path.isEmpty() ? "" : path + ": ",
                            problem.sentence().get());
        }
    }

    /** The line of what is there; for an absent field that of the part that should have it. */
    private static int line(SeedPath where, Map<String, Integer> lines) {
        for (@Nullable SeedPath at = where; at != null; at = at.parent()) {
            Integer line = at.hasLine() ? Integer.valueOf(at.line()) : lines.get(at.toString());
            if (line != null) {
                return line;
            }
        }
        return 1;
    }

    /** The lines of everything that has a problem, and of what contains it. */
    private Map<String, Integer> lines(SeedEvents events) {
        Set<String> wanted = new HashSet<>();
        for (Problem problem : problems) {
            for (@Nullable SeedPath at = problem.where(); at != null; at = at.parent()) {
                wanted.add(at.toString());
            }
        }
        Map<String, Integer> lines = new HashMap<>();
        if (events.begin()) {
            find(SeedPath.root(events.line()), events, wanted, lines);
        }
        return lines;
    }

    private static void find(SeedPath at, SeedEvents events, Set<String> wanted, Map<String, Integer> lines) {
        String path = at.toString();
        if (!wanted.contains(path)) {
            events.skip();
            return;
        }
        lines.putIfAbsent(path, at.line());
        if (events.isMapping()) {
            events.step();
            while (!events.isEnd()) {
                int line = events.line();
                find(at.field(events.name(), line), events, wanted, lines);
            }
            events.step();
        } else if (events.isList()) {
            events.step();
            for (int i = 0; !events.isEnd(); i++) {
                find(at.item(i, events.line()), events, wanted, lines);
            }
            events.step();
        } else {
            events.skip();
        }
    }
}

package dev.miroscim.emulator.seed;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Collects all problems of a seed, and not only the first. */
class SeedProblems {

    private static final int MOST_SHOWN = 20;

    private final String source;
    private final List<Problem> problems = new ArrayList<>();
    private final Set<String> paths = new HashSet<>();

    SeedProblems(String source) {
        this.source = source;
    }

    private record Problem(int line, String path, String sentence) {}

    /** Keeps only the first problem of a field, because later ones are usually consequences. */
    void add(SeedNode where, String sentence) {
        if (paths.add(where.path())) {
            problems.add(new Problem(where.line(), where.path(), sentence));
        }
    }

    void add(int line, String sentence) {
        problems.add(new Problem(line, "", sentence));
    }

    void throwIfAny() {
        if (problems.isEmpty()) {
            return;
        }
        String shown = problems.stream()
                .sorted(Comparator.comparingInt(Problem::line))
                .limit(MOST_SHOWN)
                .map(this::shown)
                .collect(Collectors.joining("\n"));
        int more = problems.size() - MOST_SHOWN;
        throw new InvalidSeedException(more > 0 ? shown + "\n… and " + more + " more problems" : shown);
    }

    private String shown(Problem problem) {
        return "%s, line %d: %s%s"
                .formatted(
                        source,
                        problem.line(),
                        problem.path().isEmpty() ? "" : problem.path() + ": ",
                        problem.sentence());
    }
}

package bench;

import bench.LoadTool.Load;
import bench.Row.Measured;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The page about what a run measured. */
final class PerformancePage {

    private static final String FILTER = "GET `userName eq`";

    private final List<Row> rows = new ArrayList<>();
    private final List<String> figures = new ArrayList<>();
    private final String settings;
    private String postgres = "";
    private double first;
    private double then;

    PerformancePage(List<Integer> sizes, int seconds, int rounds, int warmUp, List<String> flags) {
        this.settings = "%d rounds of %d seconds after %d seconds of warm-up, with %s users, %s"
                .formatted(
                        rounds,
                        seconds,
                        warmUp,
                        sizes.stream().map(size -> "%,d".formatted(size)).collect(Collectors.joining(", ")),
                        flags.isEmpty()
                                ? "by `java -jar` without JVM options"
                                : "by `java " + String.join(" ", flags) + " -jar`");
    }

    void database(Connection connection) throws SQLException {
        postgres = connection.getMetaData().getDatabaseProductVersion();
    }

    void row(Row row) {
        rows.add(row);
    }

    void starts(List<Duration> sorted) {
        if (!sorted.isEmpty()) {
            figures.add(
                    "| from `java -jar` to the first 200, with its own new database: median of %d (fastest, slowest) | %s s (%s, %s) |"
                            .formatted(
                                    sorted.size(),
                                    seconds(sorted.get(sorted.size() / 2)),
                                    seconds(sorted.getFirst()),
                                    seconds(sorted.getLast())));
        }
    }

    void idle(long mebibytes) {
        figures.add("| resident memory of Java after the first 200 | %d MiB |".formatted(mebibytes));
    }

    void loaded(long mebibytes) {
        figures.add("| the same after all rows | %d MiB |".formatted(mebibytes));
    }

    /** How many requests a program that just started answers. */
    void quick(Load first, Load then) {
        this.first = first.perSecond();
        this.then = then.perSecond();
    }

    /** Compares with the row that was measured last under this name. */
    void steadyFilter() {
        rows.stream()
                .filter(row -> row.what().equals(FILTER))
                .reduce((_, last) -> last)
                .ifPresent(row -> {
                    double steady = row.measured().perSecond();
                    figures.add(
                            "| req/s of `userName eq` in the first 10 s after the start, as a share of the steady figure | %.0f (%.2f) |"
                                    .formatted(first, first / steady));
                    figures.add("| the same in the 5 s after them | %.0f (%.2f) |".formatted(then, then / steady));
                });
    }

    void walk(int users, Duration took) {
        figures.add("| walking %,d users in pages of 1,000 | %s s |".formatted(users, seconds(took)));
    }

    void dropped(int users, long calls) {
        figures.add("| calls that the journal dropped, at %,d users | %,d |".formatted(users, calls));
    }

    String write(Path file) throws IOException {
        StringBuilder text = new StringBuilder("""
                # Performance

                `mvn verify -Pbench` measures the packaged program and writes this page: %s. It needs
                [wrk](https://github.com/wg/wrk), which ran on the same machine with eight connections where nothing else is said.
                All columns but the last are about the program. The limit is what a Spring MVC application answers that does one
                SELECT, or two inserts in one transaction, for a request; its rounds alternate with the program's, on the same
                PostgreSQL, which keeps its data as any server does. Processor times are those of the operating system.
                Compilation and garbage collection are shares of Java's processor time.

                All figures are from %s, on %s.

                | request | users | req/s | p50 ms | p99 ms | Java µs | PostgreSQL µs | compilation | GC | limit req/s (Java, PostgreSQL µs) | share of the limit |
                | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
                """.formatted(settings, LocalDate.now(ZoneOffset.UTC), machine()));
        rows.forEach(row -> text.append(line(row)).append('\n'));
        text.append("\n| measured | |\n| --- | ---: |\n");
        figures.forEach(figure -> text.append(figure).append('\n'));
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, text);
        return text.toString();
    }

    static String line(Row row) {
        Measured measured = row.measured();
        Measured limit = row.limit();
        return String.format(
                Locale.ROOT,
                "| %s | %,d | %,.0f%s | %.1f | %.1f | %.0f | %.0f | %.0f %% | %.0f %% | %s | %s |",
                row.what(),
                row.users(),
                measured.perSecond(),
                measured.errors() == 0 ? "" : " (%,d errors)".formatted(measured.errors()),
                measured.p50() / 1e3,
                measured.p99() / 1e3,
                measured.javaMicros(),
                measured.databaseMicros(),
                measured.compiling() * 100,
                measured.collecting() * 100,
                limit == null
                        ? "–"
                        : "%,.0f (%.0f, %.0f)".formatted(limit.perSecond(), limit.javaMicros(), limit.databaseMicros()),
                limit == null ? "–" : "%.2f".formatted(measured.perSecond() / limit.perSecond()));
    }

    private static String seconds(Duration duration) {
        return "%.1f".formatted(duration.toMillis() / 1e3);
    }

    private String machine() throws IOException {
        long memory =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
        return "%d cores (%s), %d GB of memory, %s %s, Java %s, PostgreSQL %s"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        processor(),
                        Math.round(memory / 1e9),
                        System.getProperty("os.name"),
                        System.getProperty("os.version"),
                        System.getProperty("java.version"),
                        postgres);
    }

    private static String processor() throws IOException {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        }
    }
}

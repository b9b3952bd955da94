package dev.miroscim.attack;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;

/** The page about what the program was put through, as measured by the attack that writes it. */
final class Report {

    private Report() {}

    static void write(Path file, List<Result> results) throws IOException {
        StringBuilder page = new StringBuilder("""
                # Reliability

                `mvn verify -Pattack` attacks the packaged program and writes this page: it kills the program and its
                databases while clients write, takes the database away, fills the disk, floods the program with connections
                and bodies, lets clients race, calls every call with what belongs to another organisation, and sends requests
                that were changed at random. `-Dkills=100 -Dfuzz=1000000` makes it longer, `-Dfuzz.seed=…` repeats the
                random requests of a run.

                The program runs with the flags of the image (a heap of 192 MB). All figures are from %s, on %s.

                """.formatted(LocalDate.now(ZoneOffset.UTC), machine()));
        page.append("| attack | tried | survived | lost | measured |\n| --- | ---: | ---: | ---: | --- |\n");
        for (Result result : results) {
            for (Result.Row row : result.rows()) {
                page.append("| %s | %,d | %,d | %,d | %s |\n"
                        .formatted(
                                row.what(), row.tried(), row.survived(), row.tried() - row.survived(), row.figures()));
            }
        }
        list(page, "Not tried", results, Result::skipped);
        list(page, "Lost", results, Result::findings);
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, page);
    }

    private static void list(
            StringBuilder page, String heading, List<Result> results, Function<Result, List<String>> entries) {
        if (results.stream().anyMatch(result -> !entries.apply(result).isEmpty())) {
            page.append("\n## ").append(heading).append("\n\n");
            for (Result result : results) {
                for (String entry : entries.apply(result)) {
                    page.append("- %s: %s\n"
                            .formatted(result.attack(), entry.strip().replaceAll("\\s+", " ")));
                }
            }
        }
    }

    /** In words that fit any machine of its kind. */
    private static String machine() {
        long memory =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
        return "%s with %d cores and %d GB of memory, by Java %d"
                .formatted(
                        System.getProperty("os.name"),
                        Runtime.getRuntime().availableProcessors(),
                        Math.round(memory / 1e9),
                        Runtime.version().feature());
    }
}

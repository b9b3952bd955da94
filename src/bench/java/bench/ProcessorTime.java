package bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What processes have used of the processors so far, as Linux tells it. Its ticks last 10 ms. */
record ProcessorTime(long javaTicks, long compilerTicks, long collectorTicks, long databaseTicks) {

    private static final long TICKS_PER_SECOND = 100;

    /** What compiles, by the names of HotSpot's threads, which Linux cuts after 15 characters. */
    private static final List<String> COMPILERS = List.of("C1 CompilerThre", "C2 CompilerThre");

    private static final List<String> COLLECTORS = List.of("GC Thread", "G1 ", "VM Thread", "VM Periodic");

    static ProcessorTime of(ProcessHandle java, ProcessHandle database) throws IOException {
        long postgres = 0;
        for (ProcessHandle process :
                Stream.concat(Stream.of(database), database.descendants()).toList()) {
            // The first process also counts those that ended.
            postgres += ticks(Path.of("/proc/" + process.pid() + "/stat"), process.equals(database));
        }
        Map<String, Long> threads = threads(java);
        return new ProcessorTime(
                ticks(Path.of("/proc/" + java.pid() + "/stat"), false),
                sum(threads, COMPILERS),
                sum(threads, COLLECTORS),
                postgres);
    }

    ProcessorTime since(ProcessorTime earlier) {
        return new ProcessorTime(
                javaTicks - earlier.javaTicks,
                // An idle compiler's thread ends, and its ticks are gone.
                Math.max(0, compilerTicks - earlier.compilerTicks),
                collectorTicks - earlier.collectorTicks,
                databaseTicks - earlier.databaseTicks);
    }

    ProcessorTime plus(ProcessorTime other) {
        return new ProcessorTime(
                javaTicks + other.javaTicks,
                compilerTicks + other.compilerTicks,
                collectorTicks + other.collectorTicks,
                databaseTicks + other.databaseTicks);
    }

    static double micros(long ticks) {
        return ticks * 1e6 / TICKS_PER_SECOND;
    }

    /** The resident memory of a process in MiB. */
    static long residentMebibytes(ProcessHandle process) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .findFirst()
                            .orElseThrow()
                    / 1024;
        }
    }

    private static long sum(Map<String, Long> threads, List<String> names) {
        return threads.entrySet().stream()
                .filter(thread -> names.stream().anyMatch(thread.getKey()::startsWith))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private static Map<String, Long> threads(ProcessHandle java) throws IOException {
        Map<String, Long> ticks = new LinkedHashMap<>();
        try (Stream<Path> tasks = Files.list(Path.of("/proc/" + java.pid() + "/task"))) {
            for (Path task : tasks.toList()) {
                try {
                    ticks.merge(
                            Files.readString(task.resolve("comm")).strip(),
                            ticks(task.resolve("stat"), false),
                            Long::sum);
                } catch (NoSuchFileException _) {
                    // A thread that just ended.
                }
            }
        }
        return ticks;
    }

    private static long ticks(Path stat, boolean withEndedChildren) throws IOException {
        String line;
        try {
            line = Files.readString(stat);
        } catch (NoSuchFileException _) {
            return 0;
        }
        // The name in parentheses may contain blanks.
        String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
        long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        return withEndedChildren ? ticks + Long.parseLong(fields[13]) + Long.parseLong(fields[14]) : ticks;
    }
}

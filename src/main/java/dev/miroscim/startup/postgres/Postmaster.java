package dev.miroscim.startup.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The main process of the server of one data directory.
 *
 * <p>The file {@code postmaster.pid} alone does not identify it: after a crash, the number in it may belong to any other
 * process, even to the server of another data directory.
 */
record Postmaster(ProcessHandle process, Path data) {

    private static final int LINE_OF_START = 2;
    private static final int LINE_OF_STATUS = 7;

    /** The file has whole seconds, and the operating system rounds the start of a process differently. */
    private static final Duration INACCURACY = Duration.ofSeconds(5);

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration CHECK_EVERY = Duration.ofMillis(20);

    /** Empty if the process that the data directory names is not its server, or has ended. */
    static Optional<Postmaster> of(Path data) throws IOException {
        return named(data).map(process -> new Postmaster(process, data)).filter(Postmaster::isRunning);
    }

    /** The process whose number is in the data directory. */
    static Optional<ProcessHandle> named(Path data) throws IOException {
        return lines(data).stream()
                .findFirst()
                .filter(line -> line.matches("\\d{1,18}"))
                .map(Long::valueOf)
                .flatMap(ProcessHandle::of);
    }

    static Path pidFile(Path data) {
        return data.resolve("postmaster.pid");
    }

    private static List<String> lines(Path data) throws IOException {
        Path file = pidFile(data);
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    boolean isRunning() {
        return worksOn(process, data);
    }

    /** Whether someone has asked the server to stop, which it may do only when its last client has gone. */
    boolean isStopping() {
        try {
            List<String> lines = lines(data);
            return lines.size() > LINE_OF_STATUS
                    && lines.getFirst().equals(Long.toString(process.pid()))
                    && lines.get(LINE_OF_STATUS).startsWith("stopping");
        } catch (IOException _) {
            return false;
        }
    }

    /** Every process of PostgreSQL works in its data directory. Only Linux tells that of other processes. */
    private static boolean worksOn(ProcessHandle process, Path data) {
        try {
            return Files.isSameFile(Path.of("/proc", Long.toString(process.pid()), "cwd"), data);
        } catch (IOException _) {
            // There is no such process, another system, or no right to ask. Command lines are public.
            return process.info()
                    .arguments()
                    .map(arguments -> Arrays.asList(arguments).contains(data.toString()))
                    .orElseGet(() -> PostgresPrograms.WINDOWS && startedAsNoted(process, data));
        }
    }

    /** Windows tells nothing else of a process. */
    private static boolean startedAsNoted(ProcessHandle process, Path data) {
        try {
            Instant noted = Instant.ofEpochSecond(Long.parseLong(lines(data).get(LINE_OF_START)));
            return process.info()
                    .startInstant()
                    .filter(start -> Duration.between(noted, start).abs().compareTo(INACCURACY) < 0)
                    .isPresent();
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    /**
     * Ends the server's other processes, which can outlive it for as long as a query takes, and keep a new server from
     * starting.
     */
    static void endRemaining(Path data) throws IOException {
        List<ProcessHandle> remaining = ProcessHandle.allProcesses()
                .filter(process -> isOfPostgres(process) && worksOn(process, data))
                .toList();
        remaining.forEach(ProcessHandle::destroy);
        if (!haveEnded(remaining, data)) {
            remaining.forEach(ProcessHandle::destroyForcibly);
            haveEnded(remaining, data);
        }
    }

    private static boolean isOfPostgres(ProcessHandle process) {
        return process.info().command().filter(PostgresPrograms::isServer).isPresent();
    }

    /** Does not wait for their parent, which may never ask how they ended. */
    private static boolean haveEnded(List<ProcessHandle> processes, Path data) throws IOException {
        long patient = System.nanoTime() + PATIENCE.toNanos();
        while (processes.stream().anyMatch(process -> worksOn(process, data))) {
            if (System.nanoTime() > patient) {
                return false;
            }
            try {
                Thread.sleep(CHECK_EVERY);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
        return true;
    }
}

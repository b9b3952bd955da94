package dev.miroscim.attack;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.core.ConditionTimeoutException;

/** The disk of the embedded database fills up while clients write, and has room again later. */
final class DiskFull {

    private static final int MEGABYTES = 320;
    private static final Duration BACK_WITHIN = Duration.ofSeconds(60);

    private final Result result = new Result("Disk full");

    Result run() throws IOException {
        try (Database.Embedded database = Database.Embedded.create()) {
            String refusal = run(
                    "mount",
                    "-t",
                    "tmpfs",
                    "-o",
                    "mode=755,size=" + MEGABYTES + "m",
                    "tmpfs",
                    database.folder().toString());
            if (!refusal.isEmpty()) {
                result.skip("a full disk", "a small file system cannot be mounted here: " + refusal);
                return result;
            }
            try (Program program = Program.start(database)) {
                fill(database, program);
            } finally {
                run("umount", "--lazy", database.folder().toString());
            }
        }
        return result;
    }

    private void fill(Database.Embedded database, Program program) throws IOException {
        Tenant tenant = Tenant.create(program.port(), "{}");
        Path filler = database.folder().resolve("filler");
        List<String> problems = new ArrayList<>();
        double back = 0;
        long logged = program.logged();
        Writers writers = new Writers(tenant, List.of(program.port()));
        try (writers) {
            writers.awaitMore(200);
            fillUp(filler);
            await("writes fail while the disk is full")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> {
                        fillUp(filler);
                        return writers.unanswered() >= 50;
                    });
            long before = System.nanoTime();
            Files.delete(filler);
            await("the service is back when there is room")
                    .atMost(BACK_WITHIN)
                    .pollInterval(Duration.ofMillis(100))
                    .ignoreExceptions()
                    .until(() -> tenant.scimCall(program.port(), "GET", "/Users?count=1", null)
                            .isGood());
            writers.awaitMore(50);
            back = (System.nanoTime() - before) / 1e9;
        } catch (ConditionTimeoutException e) {
            problems.add(e.getMessage());
            Files.deleteIfExists(filler);
            program.kill();
            program.startAgain();
        }
        problems.addAll(Ledger.problems(writers, program.port(), database.sql()));
        problems.forEach(result::finding);
        result.row(
                "a full disk under the embedded PostgreSQL",
                1,
                problems.isEmpty() ? 1 : 0,
                "%,d writes acknowledged, %,d refused; they succeeded again %.1f s after there was room; %,d kB logged"
                        .formatted(
                                writers.acknowledged(),
                                writers.unanswered(),
                                back,
                                (program.logged() - logged) / 1000));
    }

    /** Takes what room is left, also what was freed since the last time. */
    private static void fillUp(Path filler) throws IOException {
        byte[] block = new byte[1 << 12];
        try (OutputStream out = Files.newOutputStream(filler, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            // Full, as intended.
        }
    }

    /** What a command says when it fails; empty if it succeeds. */
    private static String run(String... command) throws IOException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            // Where the folder is does not matter to those who read it.
            return process.waitFor() == 0 ? "" : said.replaceAll("/\\S+", "the folder");
        } catch (IOException e) {
            return "there is no " + command[0];
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }
}

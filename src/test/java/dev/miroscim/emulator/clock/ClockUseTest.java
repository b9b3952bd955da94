package dev.miroscim.emulator.clock;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.miroscim.MiroScim;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.ConstantPool;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/**
 * A clock that tests set is worth something only if nobody asks another one. Looks into the compiled program for
 * whoever does, by call or by reference to a method.
 */
class ClockUseTest {

    /** Looks at the clock of the machine. All others are given a {@link java.time.Clock}, but for {@link #CONNECTIONS}. */
    private static final String SYSTEM_TIME = "dev.miroscim.emulator.clock.SystemTime";

    /** Compares the times at which Tomcat read from its connections. */
    private static final String CONNECTIONS = "dev.miroscim.http.Connections";

    /** Who may ask what time it really is. */
    private static final Map<String, String> REAL_TIME = Map.of(
            SYSTEM_TIME,
            "has it",
            "dev.miroscim.emulator.snapshots.SnapshotController",
            "calls are compared with when a snapshot was really taken",
            "dev.miroscim.emulator.snapshots.SnapshotsAtStart",
            "likewise",
            "dev.miroscim.emulator.organizations.OrganizationAdmin",
            "likewise, at resets and imports",
            "dev.miroscim.emulator.clock.SettableClock",
            "runs ahead of it, or behind",
            "dev.miroscim.emulator.clock.ClockController",
            "tells how far from it the clock is",
            "dev.miroscim.emulator.journal.JournalFilter",
            "the journal tells when a call really came",
            "dev.miroscim.emulator.journal.JournalStore",
            "an entry ages whatever the clock is set to");

    private static final Pattern TIME_IN_SQL = Pattern.compile(
            "\\bnow\\s*\\(\\s*\\)|\\bcurrent_(timestamp|date|time)\\b|\\blocaltime(stamp)?\\b"
                    + "|\\b(clock|statement|transaction)_timestamp\\b",
            Pattern.CASE_INSENSITIVE);

    @Test
    void onlyTheClockReadsTheClockOfTheMachine() {
        assertThat(classesWith(ClockUseTest::readsTheMachinesClock)).containsExactly(SYSTEM_TIME, CONNECTIONS);
    }

    @Test
    void onlyWhoHasAReasonAsksForTheRealTime() {
        assertThat(classesWith(entry -> entry instanceof MemberRefEntry member
                        && className(member.owner()).equals(SYSTEM_TIME)))
                .containsOnly(REAL_TIME.keySet().toArray(String[]::new));
    }

    /**
     * PostgreSQL has a clock of its own. What only the control API stores may look at it, as nothing of Miro depends on
     * it.
     */
    @Test
    void noStatementOfTheRulesReadsTheClockOfTheDatabase() {
        assertThat(classesWith(entry -> entry instanceof Utf8Entry text
                        && TIME_IN_SQL.matcher(text.stringValue()).find()))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(name).startsWith("dev.miroscim.emulator."));
    }

    private static String className(ClassEntry entry) {
        return entry.asInternalName().replace('/', '.');
    }

    private static boolean readsTheMachinesClock(PoolEntry entry) {
        if (!(entry instanceof MemberRefEntry member)) {
            return false;
        }
        String owner = member.owner().asInternalName();
        String name = member.name().stringValue();
        String type = member.type().stringValue();
        return switch (owner) {
            // Durations are measured by System.nanoTime(), which is no time of day.
            case "java/lang/System" -> name.equals("currentTimeMillis");
            case "java/time/Clock", "java/time/InstantSource" ->
                name.startsWith("system") || name.startsWith("tick") && !type.startsWith("(Ljava/time/");
            case "java/util/Date" -> name.equals("<init>") && type.equals("()V");
            case "java/util/Calendar" -> name.equals("getInstance");
            default -> owner.startsWith("java/time/") && name.equals("now") && !type.startsWith("(Ljava/time/Clock;");
        };
    }

    private static Set<String> classesWith(Predicate<PoolEntry> wanted) {
        return classes().entrySet().stream()
                .filter(type -> StreamSupport.stream(type.getValue().spliterator(), false)
                        .anyMatch(wanted))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, ConstantPool> classes() {
        try {
            Path root = Path.of(MiroScim.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            try (Stream<Path> files = Files.walk(root)) {
                return files.filter(file -> file.toString().endsWith(".class"))
                        .map(ClockUseTest::read)
                        .collect(toMap(model -> className(model.thisClass()), ClassModel::constantPool));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ClassModel read(Path file) {
        try {
            return ClassFile.of().parse(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

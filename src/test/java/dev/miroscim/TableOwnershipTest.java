package dev.miroscim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.StringEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each table belongs to one module, and only its SQL names it: what others want to know of it they ask the module. */
class TableOwnershipTest {

    private static final Path CLASSES = Path.of("target/classes");
    private static final Path MODULES = CLASSES.resolve("dev/miroscim");

    private static final Map<String, String> OWNERS = Map.ofEntries(
            Map.entry("organization", "directory"),
            Map.entry("universe", "directory"),
            Map.entry("profile", "directory"),
            Map.entry("membership", "directory"),
            Map.entry("member_count", "directory"),
            Map.entry("team", "directory"),
            Map.entry("team_member", "directory"),
            Map.entry("team_settings", "directory"),
            Map.entry("board", "directory"),
            Map.entry("user_group", "directory"),
            Map.entry("user_group_member", "directory"),
            Map.entry("user_group_team", "directory"),
            Map.entry("audit_event", "directory"),
            Map.entry("snapshot", "directory"),
            Map.entry("snapshot_row", "directory"),
            Map.entry("access_token", "access"),
            Map.entry("rate_limit", "access"),
            Map.entry("emulator_clock", "emulator"),
            Map.entry("journal", "emulator"),
            Map.entry("journal_0", "emulator"),
            Map.entry("journal_1", "emulator"),
            Map.entry("journal_2", "emulator"),
            Map.entry("journal_3", "emulator"),
            Map.entry("journal_state", "emulator"),
            Map.entry("fault", "emulator"),
            Map.entry("organization_seed", "emulator"));

    private static final Pattern CREATED = Pattern.compile("\\bcreate (?:unlogged )?table (\\w+)");

    /** Where SQL, and HQL with it, names a table. */
    private static final Pattern NAMED = Pattern.compile(
            "\\b(?:from|join|insert into|update|truncate|lock table|copy)\\s+(?:only\\s+)?(\\w+)",
            Pattern.CASE_INSENSITIVE);

    /** A table of a migration that has no owner has to get one above. */
    @Test
    void everyTableHasAnOwner() {
        TreeSet<String> tables = new TreeSet<>();
        forEach(
                CLASSES.resolve("db/migration"),
                ".sql",
                file -> CREATED.matcher(text(file)).results().forEach(created -> tables.add(created.group(1))));
        assertThat(tables).containsExactlyInAnyOrderElementsOf(OWNERS.keySet());
    }

    @Test
    void noModuleNamesATableOfAnother() {
        List<String> foreign = new ArrayList<>();
        TreeSet<String> named = new TreeSet<>();
        forEach(MODULES, ".class", file -> {
            String module = MODULES.relativize(file).getName(0).toString();
            for (String table : tables(file)) {
                named.add(table);
                if (!OWNERS.get(table).equals(module)) {
                    foreign.add("%s names %s, which belongs to %s"
                            .formatted(MODULES.relativize(file), table, OWNERS.get(table)));
                }
            }
        });
        assertThat(foreign).isEmpty();
        assertThat(named).as("what the search sees").contains("membership", "access_token", "organization_seed");
    }

    /** The tables that the constants of a class name. */
    private static List<String> tables(Path file) {
        List<String> tables = new ArrayList<>();
        ClassFile.of().parse(bytes(file)).constantPool().forEach(entry -> {
            if (entry instanceof StringEntry constant) {
                NAMED.matcher(constant.stringValue())
                        .results()
                        .map(TableOwnershipTest::table)
                        .filter(OWNERS::containsKey)
                        .forEach(tables::add);
            }
        });
        return tables;
    }

    /** HQL names the entity {@code TeamMember} where SQL names the table {@code team_member}. */
    private static String table(MatchResult named) {
        return named.group(1).replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }

    private static void forEach(Path folder, String ending, Consumer<Path> work) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(file -> file.toString().endsWith(ending)).sorted().forEach(work);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

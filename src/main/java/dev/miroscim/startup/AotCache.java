package dev.miroscim.startup;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Has {@code java -jar} use the cache that the build made beside the jar, of what it found out about the program's
 * classes; that halves the time of a start. Only a JVM option can name such a file, and a jar cannot bring options
 * along. So the program has Linux replace it, in the same process, by a JVM with that option.
 *
 * <p>And with one compiler instead of two. The second takes half of the processor time of a start and of the first
 * minute under load, in which it costs more answers than it gains; those who come later get little more.
 */
public final class AotCache {

    private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

    private AotCache() {}

    /** Comes back if the program is to go on as it is: whoever gives JVM options wants those and no others. */
    public static void use() {
        boolean options = Stream.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS").anyMatch(System.getenv()::containsKey);
        if (options || !Files.isReadable(COMMAND_LINE)) {
            return;
        }
        try {
            List<String> command = commandLine();
            Path cache = Path.of(fileOfCache(System.getProperty("java.class.path")));
            if (command.get(1).equals("-jar") && Files.isRegularFile(cache)) {
                // One that does not fit this JDK, or a copy of the jar, is only of no use.
                command.addAll(
                        1,
                        List.of(
                                "-XX:AOTCache=" + fileOfCache(command.get(2)),
                                "-Xlog:aot*=off",
                                "-XX:TieredStopAtLevel=1"));
                replaceProcess(command);
            }
        } catch (Throwable e) {
            // Then the start takes its time.
        }
    }

    private static String fileOfCache(String jar) {
        return jar.replaceFirst("(\\.jar)?$", ".aot");
    }

    /** With a character for each byte: which text they are meant to be, the JVM could only guess. */
    private static List<String> commandLine() throws IOException {
        String[] ended = Files.readString(COMMAND_LINE, ISO_8859_1).split("\0", -1);
        return new ArrayList<>(Arrays.asList(ended).subList(0, ended.length - 1));
    }

    /** Comes back only if that is not possible. */
    @SuppressWarnings("restricted") // The jar's manifest allows it.
    private static void replaceProcess(List<String> command) throws Throwable {
        Linker linker = Linker.nativeLinker();
        try (Arena memory = Arena.ofConfined()) {
            MemorySegment arguments = memory.allocate(ADDRESS, command.size() + 1);
            for (int i = 0; i < command.size(); i++) {
                arguments.setAtIndex(ADDRESS, i, memory.allocateFrom(command.get(i), ISO_8859_1));
            }
            linker.downcallHandle(
                            linker.defaultLookup().findOrThrow("execv"),
                            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS))
                    .invokeWithArguments(memory.allocateFrom("/proc/self/exe"), arguments);
        }
    }
}

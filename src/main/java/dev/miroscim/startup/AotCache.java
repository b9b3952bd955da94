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
 * Makes {@code java -jar} use the AOT cache, which the build stored beside the jar. Only a JVM option can name that file,
 * and a jar cannot contain JVM options. So the program asks Linux to replace it, in the same process, with a JVM that
 * has the option.
 *
 * <p>The new JVM also has the options of the image. The program keeps next to nothing in memory, but without a limit the
 * JVM lets garbage grow to a quarter of the machine. And it has one compiler instead of two: the optimizing one makes a
 * start 1.3 s longer on two cores, although the cache has profiles for it.
 */
public final class AotCache {

    private static final List<String> OPTIONS =
            List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xms64m", "-Xmx192m");

    private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

    private AotCache() {}

    /** Returns if the program should continue as it is: a user who sets JVM options wants those and no others. */
    public static void use() {
        boolean options = Stream.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS").anyMatch(System.getenv()::containsKey);
        if (options || !Files.isReadable(COMMAND_LINE)) {
            return;
        }
        try {
            List<String> command = commandLine();
            Path cache = Path.of(fileOfCache(System.getProperty("java.class.path")));
            if (command.get(1).equals("-jar") && Files.isRegularFile(cache)) {
                // The JVM ignores a cache that belongs to another JDK or another copy of the jar.
                command.addAll(
                        1,
                        Stream.concat(
                                        Stream.of("-XX:AOTCache=" + fileOfCache(command.get(2)), "-Xlog:aot*=off"),
                                        OPTIONS.stream())
                                .toList());
                replaceProcess(command);
            }
        } catch (Throwable e) {
            // Then the program starts without the cache.
        }
    }

    private static String fileOfCache(String jar) {
        return jar.replaceFirst("(\\.jar)?$", ".aot");
    }

    /** With one character for each byte, so that arguments in any encoding are passed on unchanged. */
    private static List<String> commandLine() throws IOException {
        String[] ended = Files.readString(COMMAND_LINE, ISO_8859_1).split("\0", -1);
        return new ArrayList<>(Arrays.asList(ended).subList(0, ended.length - 1));
    }

    /** Returns only if that is not possible. */
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

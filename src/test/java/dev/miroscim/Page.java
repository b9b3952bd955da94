package dev.miroscim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A page of the documentation, whose marked parts are tried out. */
record Page(Path path) {

    static final Page README = new Page(Path.of("README.md"));

    static Page of(String path) {
        return new Page(Path.of(path));
    }

    /** The commands of the blocks marked so, in their order. */
    List<String> commands(String marker) {
        return blocks(marker, "sh");
    }

    /** The Java code marked so. */
    String java(String marker) {
        List<String> blocks = blocks(marker, "java");
        assertThat(blocks).as("%s in %s", marker, path).hasSize(1);
        return blocks.getFirst();
    }

    /** What stands between a marker and its end. */
    String section(String marker) {
        Matcher section = Pattern.compile("<!-- %1$s -->\n(.*?)\n<!-- /%1$s -->".formatted(marker), Pattern.DOTALL)
                .matcher(text());
        assertThat(section.find()).as("%s in %s", marker, path).isTrue();
        return section.group(1).strip();
    }

    private List<String> blocks(String marker, String language) {
        List<String> blocks = Pattern.compile(
                        "<!-- %s -->\n```%s\n(.*?)```".formatted(marker, language), Pattern.DOTALL)
                .matcher(text())
                .results()
                .map(block -> block.group(1))
                .toList();
        assertThat(blocks).as("%s in %s", marker, path).isNotEmpty();
        return blocks;
    }

    private String text() {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Runs commands as somebody would who pastes them, and gives all that they print. One that fails fails the test.
     */
    static String run(Map<String, String> variables, List<String> commands) throws IOException, InterruptedException {
        return run(Path.of(""), variables, commands);
    }

    static String run(Path folder, Map<String, String> variables, List<String> commands)
            throws IOException, InterruptedException {
        Process bash = bash(folder, variables, commands).start();
        bash.getOutputStream().close();
        String output = new String(bash.getInputStream().readAllBytes());
        assertThat(bash.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(bash.exitValue()).as(output).isZero();
        return output;
    }

    /** What runs them. Skips the test on a system without Bash or curl. */
    static ProcessBuilder bash(Path folder, Map<String, String> variables, List<String> commands) {
        assumeTrue(Stream.of("bash", "curl").allMatch(Page::isOnPath), "the commands are for bash and curl");
        ProcessBuilder bash = new ProcessBuilder("bash", "-eu", "-o", "pipefail", "-c", String.join("\n", commands))
                .directory(folder.toAbsolutePath().toFile())
                .redirectErrorStream(true);
        bash.environment().putAll(variables);
        return bash;
    }

    private static boolean isOnPath(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}

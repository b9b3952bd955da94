package dev.miroscim;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Draws which packages use which, for ARCHITECTURE.md. A picture that is not the committed one is put in its place, and
 * the test fails: look at it, and commit it.
 */
class ModulePictureTest {

    private static final int WIDTH = 150;
    private static final int HEIGHT = 44;
    private static final int GAP = 26;
    private static final int LAYER = 104;

    @ParameterizedTest
    @CsvSource({"dev.miroscim, modules", "dev.miroscim.directory, directory"})
    void theCommittedPicture_isWhatTheCodeSays(String parent, String name) throws IOException {
        String drawn = draw(dependencies(parent));

        Path committed = Path.of("docs/images", name + ".svg");
        String before = Files.exists(committed) ? Files.readString(committed) : "";
        Files.writeString(committed, drawn);
        assertThat(before).isEqualTo(drawn);
    }

    /** Which packages directly below {@code parent} each of them uses. */
    private static Map<String, Set<String>> dependencies(String parent) {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(parent);
        Map<String, Set<String>> uses = new TreeMap<>();
        for (JavaClass type : classes) {
            String from = topic(parent, type);
            if (from == null) {
                continue;
            }
            Set<String> used = uses.computeIfAbsent(from, _ -> new TreeSet<>());
            type.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> topic(parent, dependency.getTargetClass()))
                    .filter(to -> to != null && !to.equals(from))
                    .forEach(used::add);
        }
        return uses;
    }

    private static String topic(String parent, JavaClass type) {
        String name = type.getPackageName();
        if (!name.startsWith(parent + ".")) {
            return null;
        }
        return name.substring(parent.length() + 1).replaceAll("\\..*", "");
    }

    private static String draw(Map<String, Set<String>> uses) {
        Map<Integer, List<String>> layers = uses.keySet().stream()
                .collect(Collectors.groupingBy(topic -> depth(topic, uses), TreeMap::new, Collectors.toList()));
        int most = layers.values().stream().mapToInt(List::size).max().orElse(0);
        int width = most * (WIDTH + GAP) + GAP;
        int height = layers.size() * LAYER;
        Map<String, int[]> places = new TreeMap<>();
        layers.forEach((depth, topics) -> {
            int left = (width - topics.size() * (WIDTH + GAP) + GAP) / 2;
            for (int i = 0; i < topics.size(); i++) {
                int top = (layers.size() - 1 - depth) * LAYER + (LAYER - HEIGHT) / 2;
                places.put(topics.get(i), new int[] {left + i * (WIDTH + GAP), top});
            }
        });
        List<String> lines = new ArrayList<>();
        lines.add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"15\">"
                        .formatted(width, height));
        lines.add(
                "  <defs><marker id=\"head\" markerWidth=\"9\" markerHeight=\"8\" refX=\"8\" refY=\"4\" orient=\"auto\">"
                        + "<path d=\"M0,0 L9,4 L0,8 z\" fill=\"#667\"/></marker></defs>");
        lines.add("  <rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>");
        uses.forEach((from, used) -> used.stream()
                .filter(to -> isDirectOnly(from, to, uses))
                .forEach(to -> lines.add(arrow(places.get(from), places.get(to)))));
        places.forEach((topic, place) -> lines.add(box(topic, place)));
        lines.add("</svg>");
        return String.join("\n", lines) + "\n";
    }

    /** An arrow that follows from others would only be in their way. */
    private static boolean isDirectOnly(String from, String to, Map<String, Set<String>> uses) {
        return uses.get(from).stream().noneMatch(between -> !between.equals(to) && reaches(between, to, uses));
    }

    private static boolean reaches(String from, String to, Map<String, Set<String>> uses) {
        return uses.get(from).contains(to) || uses.get(from).stream().anyMatch(next -> reaches(next, to, uses));
    }

    private static int depth(String topic, Map<String, Set<String>> uses) {
        return uses.get(topic).stream()
                .mapToInt(used -> depth(used, uses) + 1)
                .max()
                .orElse(0);
    }

    private static String arrow(int[] from, int[] to) {
        return "  <line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"#667\" stroke-width=\"1.4\" marker-end=\"url(#head)\"/>"
                .formatted(from[0] + WIDTH / 2, from[1] + HEIGHT, to[0] + WIDTH / 2, to[1] - 2);
    }

    private static String box(String topic, int[] place) {
        return ("  <rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"6\" fill=\"#eef3ff\" stroke=\"#4262a8\"/>"
                        + "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\" fill=\"#123\">%s</text>")
                .formatted(place[0], place[1], WIDTH, HEIGHT, place[0] + WIDTH / 2, place[1] + HEIGHT / 2 + 5, topic);
    }
}

package dev.miroscim.emulator.http;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Paths of calls as a person names them: {@code /Groups} is that path and everything below it, {@code /Groups/*}
 * exactly one step below, {@code **} any number of steps. What the paths of a plane begin with may be left out.
 */
public final class PathPattern {

    private static final String SPECIAL = "\\.[]{}()*+-?^$|";

    private PathPattern() {}

    /**
     * The pattern as a regular expression that Java and PostgreSQL understand alike, to be found anywhere in a path.
     */
    public static String regex(String pattern, List<String> basePaths) {
        List<String> steps = Arrays.stream(pattern.split("/"))
                .filter(step -> !step.isEmpty())
                .toList();
        boolean wild = pattern.contains("*");
        // Doubled slashes and one at the end mean nothing to either plane.
        return "^" + prefixes(basePaths) + steps.stream().map(PathPattern::step).collect(Collectors.joining())
                + (wild ? "/*$" : "(/.*)?$");
    }

    private static String prefixes(List<String> basePaths) {
        return basePaths.stream()
                .map(base -> Arrays.stream(base.split("/"))
                        .filter(step -> !step.isEmpty())
                        .map(PathPattern::step)
                        .collect(Collectors.joining()))
                .collect(Collectors.joining("|", "(", ")?"));
    }

    private static String step(String step) {
        return switch (step) {
            case "**" -> "(/+[^/]+)*";
            case "*" -> "/+[^/]+";
            default -> "/+" + quoted(step).replace("\\*", "[^/]*");
        };
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder();
        for (char character : text.toCharArray()) {
            if (SPECIAL.indexOf(character) >= 0) {
                quoted.append('\\');
            }
            quoted.append(character);
        }
        return quoted.toString();
    }
}

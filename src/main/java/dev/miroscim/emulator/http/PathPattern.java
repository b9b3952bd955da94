package dev.miroscim.emulator.http;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Patterns for paths of calls: {@code /Groups} is that path and everything below it, {@code /Groups/*} exactly one
 * segment below, {@code **} any number of segments. A plane's base path can be left out.
 */
public final class PathPattern {

    private static final String SPECIAL = "\\.[]{}()*+-?^$|";

    private PathPattern() {}

    /** The pattern as a regular expression for Java and PostgreSQL, to be searched for in a path. */
    public static String regex(String pattern, List<String> basePaths) {
        List<String> steps = Arrays.stream(pattern.split("/"))
                .filter(step -> !step.isEmpty())
                .toList();
        boolean wild = pattern.contains("*");
        // Both planes ignore doubled and trailing slashes.
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

package dev.miroscim.attack;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What no answer, journal or log may say. */
final class Leaks {

    private static final int LONGEST = 100_000;

    /** Also for PostgreSQL, which knows the same expressions but for the ends of words. */
    private static final List<Pattern> INSIDES = Stream.of(
                    "(java|javax|jakarta|jdk|com[.]zaxxer|com[.]fasterxml|org[.]springframework|org[.]hibernate|org[.]apache"
                            + "|org[.]postgresql|org[.]yaml|tools[.]jackson|dev[.]miroscim)([.][a-z]+)*[.][A-Z][A-Za-z]+",
                    "[a-z]Exception",
                    "\tat [a-z]",
                    "SQLSTATE|SQLState|SQL \\[|PSQL|ERROR: |violates (unique|foreign|check|not-null)",
                    "select [a-z0-9_.*, ]+ from |insert into [a-z_]+|delete from [a-z_]+|update [a-z_]+ set ")
            .map(Pattern::compile)
            .toList();

    private Leaks() {}

    /** Names of classes, traces and SQL in an answer. */
    static List<String> insides(String text) {
        String beginning = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        return INSIDES.stream()
                .map(pattern -> pattern.matcher(beginning))
                .filter(Matcher::find)
                .map(found -> "tells of its insides: '%s'".formatted(around(beginning, found.start())))
                .toList();
    }

    /** The expressions that find insides, for a database. */
    static List<String> expressions() {
        return INSIDES.stream().map(Pattern::pattern).toList();
    }

    static String around(String text, int position) {
        return text.substring(Math.max(0, position - 40), Math.min(text.length(), position + 120));
    }
}

package dev.miroscim.directory;

import java.util.ArrayList;
import java.util.List;

/**
 * A piece of SQL with the values of its parameters. Client values are always parameters, so that statements which
 * differ only in their values share one plan, and the text is always the program's own.
 *
 * <p>Conditions that are always true or false are dropped from a conjunction, because PostgreSQL turns {@code exists}
 * into an indexed join only where it stands alone.
 *
 * @param text with a question mark for each parameter
 * @param selective whether the values of parameters decide how many rows there are, so that PostgreSQL has to know them
 *     when it plans
 */
public record Sql(String text, List<Object> parameters, boolean selective) {

    public static final Sql TRUE = of("true");
    public static final Sql FALSE = of("false");

    private static final String PLACEHOLDER = "%s";

    public Sql {
        parameters = List.copyOf(parameters);
    }

    /** A parameter. */
    public static Sql value(Object value) {
        return new Sql("?", List.of(value), false);
    }

    /** A constant of the program, written into the statement because plans depend on it. */
    public static Sql constant(long number) {
        return of(Long.toString(number));
    }

    /** As {@link #constant(long)}. */
    public static Sql constant(Enum<?> constant) {
        return of("'" + constant.name() + "'");
    }

    /** @param template a text of the program's own, with a {@code %s} for each part, in their order */
    public static Sql of(String template, Sql... parts) {
        if (parts.length == 0) {
            return new Sql(template, List.of(), false);
        }
        StringBuilder text = new StringBuilder();
        List<Object> parameters = new ArrayList<>();
        boolean selective = false;
        int end = 0;
        for (Sql part : parts) {
            int start = template.indexOf(PLACEHOLDER, end);
            text.append(template, end, start).append(part.text);
            parameters.addAll(part.parameters);
            selective |= part.selective;
            end = start + PLACEHOLDER.length();
        }
        return new Sql(text.append(template, end, template.length()).toString(), parameters, selective);
    }

    /** This piece, in which the values of parameters decide how many rows there are. */
    public Sql asSelective() {
        return new Sql(text, parameters, true);
    }

    public static Sql when(boolean condition) {
        return condition ? TRUE : FALSE;
    }

    public Sql and(Sql other) {
        if (equals(FALSE) || other.equals(TRUE)) {
            return this;
        }
        return equals(TRUE) || other.equals(FALSE) ? other : of("(%s and %s)", this, other);
    }

    public Sql or(Sql other) {
        if (equals(TRUE) || other.equals(FALSE)) {
            return this;
        }
        return equals(FALSE) || other.equals(TRUE) ? other : of("(%s or %s)", this, other);
    }

    public Sql not() {
        return equals(TRUE) ? FALSE : equals(FALSE) ? TRUE : of("not (%s)", this);
    }

    /** Whether it names a column of this table. */
    public boolean names(String table) {
        return text.contains(table + ".");
    }
}

package dev.miroscim.emulator.seed;

import org.jspecify.annotations.Nullable;

/**
 * The place of a part in a seed.
 *
 * @param line where it begins, from 1; 0 if that must be looked up in the text
 */
record SeedPath(@Nullable SeedPath parent, String step, int line) {

    private static final int UNKNOWN = 0;

    static SeedPath root(int line) {
        return new SeedPath(null, "", line);
    }

    SeedPath field(String name) {
        return field(name, UNKNOWN);
    }

    SeedPath field(String name, int line) {
        // Field names can be as long as the text.
        return new SeedPath(this, "." + SeedReader.shown(name), line);
    }

    SeedPath item(int index, int line) {
        return new SeedPath(this, "[" + index + "]", line);
    }

    /** An item of a list field. */
    SeedPath item(String field, int index) {
        return field(field).item(index, UNKNOWN);
    }

    boolean hasLine() {
        return line != UNKNOWN;
    }

    /** As people write it: {@code people[2].email}. */
    @Override
    public String toString() {
        String above = parent == null ? "" : parent.toString();
        return above.isEmpty() && step.startsWith(".") ? step.substring(1) : above + step;
    }
}

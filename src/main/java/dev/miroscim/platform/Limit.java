package dev.miroscim.platform;

/** The maximum number of items on a page. */
record Limit(int value) {

    static final String DEFAULT = "100";
    static final int MOST = 100;

    /** Reads the {@code limit} parameter. */
    public static Limit of(String text) {
        if (text.matches("[1-9][0-9]?|100")) {
            return new Limit(Integer.parseInt(text));
        }
        throw new IllegalArgumentException("limit must be a number from 1 to " + MOST);
    }
}

package dev.miroscim.platform;

/** How many items a page has at most. */
record Limit(int value) {

    static final String DEFAULT = "100";
    static final int MOST = 100;

    /** Of the parameter of that name. */
    public static Limit of(String text) {
        if (text.matches("[1-9][0-9]?|100")) {
            return new Limit(Integer.parseInt(text));
        }
        throw new IllegalArgumentException("limit is a number from 1 to " + MOST);
    }
}

package dev.miroscim.platform;

/** Where a page begins: after the item with this id, which was the last of the page before. */
record Cursor(long after) {

    /** Before the first item. */
    static final String START = "";

    /** Of the parameter of that name, in which nothing is the beginning. */
    public static Cursor of(String text) {
        if (text.isEmpty()) {
            return new Cursor(0);
        }
        if (RestFormat.isId(text)) {
            return new Cursor(Long.parseLong(text));
        }
        throw new IllegalArgumentException("cursor is not one that a page had");
    }
}

package dev.miroscim.platform;

/** A page that starts after the item with this id, the last item of the previous page. */
record Cursor(long after) {

    /** The cursor of the first page. */
    static final String START = "";

    /** Reads the {@code cursor} parameter; an empty one means the first page. */
    public static Cursor of(String text) {
        if (text.isEmpty()) {
            return new Cursor(0);
        }
        if (RestFormat.isId(text)) {
            return new Cursor(Long.parseLong(text));
        }
        throw new IllegalArgumentException("cursor does not come from a page");
    }
}

package dev.miroscim.emulator.seed;

/**
 * A text as a stream of its parts: a tree of the whole text would take up to thirty times its size. A part is a text, a
 * mapping or a list; a mapping has a name before each part.
 */
interface SeedEvents {

    /** Moves to the first part of the text, and tells whether there is one. */
    boolean begin();

    /** Makes sure that nothing follows. */
    void end();

    /** Moves past the beginning or the end of a mapping or a list. */
    void step();

    /** Moves past the whole part that begins here. */
    void skip();

    /** The line at which the next part begins, from 1. */
    int line();

    boolean isMapping();

    boolean isList();

    boolean isText();

    /** Whether the mapping or list ends here. */
    boolean isEnd();

    /** Whether it is {@code null} in one of the format's spellings. */
    boolean isNothing();

    /** Whether it has a YAML tag, which seeds do not support. */
    boolean isTagged();

    /** The text as written, without types: an employee number keeps its zeros. Moves past it. */
    String text();

    /** The name of the field that begins here; "?" if it is not a text. Moves past it. */
    String name();
}

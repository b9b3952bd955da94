package dev.miroscim.scim.filter;

/** A filter, a path or a list of attributes that is malformed or asks for something impossible. */
public final class FilterException extends RuntimeException {

    /** The kind of text; SCIM has an error type for each. */
    public enum Kind {
        /** The {@code filter} of a query: {@code invalidFilter}. */
        FILTER("filter"),
        /** The {@code path} of a PATCH operation, with the filters in it: {@code invalidPath}. */
        PATH("path"),
        /** {@code attributes}, {@code excludedAttributes} or {@code sortBy}: {@code invalidValue}. */
        ATTRIBUTES("attribute name");

        private final String noun;

        Kind(String noun) {
            this.noun = noun;
        }
    }

    private final Kind kind;
    private final int position;

    /**
     * @param position the position of the mistake in the text, from 0
     * @param reason what is wrong, as the end of a sentence that begins with "Invalid filter:"
     */
    public FilterException(Kind kind, int position, String reason) {
        super("Invalid " + kind.noun + ": " + reason, null, false, false);
        this.kind = kind;
        this.position = position;
    }

    public Kind kind() {
        return kind;
    }

    /** The index of the wrong character, or the length of the text if its end is missing. */
    int position() {
        return position;
    }

    /** The message for the caller, which quotes only a short piece of the text. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}

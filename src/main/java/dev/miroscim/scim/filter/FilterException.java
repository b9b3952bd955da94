package dev.miroscim.scim.filter;

/** A filter, a path or a list of attributes that cannot be read, or that asks for what cannot be. */
public final class FilterException extends RuntimeException {

    /** What the caller sent; SCIM has an error type for each. */
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
     * @param position where in the text the fault is, counted from 0
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

    /** The index of the character at fault; the length of the text if something is missing at its end. */
    int position() {
        return position;
    }

    /** The whole sentence for the caller, which quotes no more than a short piece of what was sent. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}

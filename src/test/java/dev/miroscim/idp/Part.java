package dev.miroscim.idp;

import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Compares JSON with the part of it that matters. Of an object the members that are named, of which null means that
 * there is none and {@code "*"} that there is one; of an array all elements; anything else as it is.
 */
final class Part {

    private Part() {}

    /** The first place where {@code actual} does not have {@code expected}. */
    static Optional<String> difference(JsonNode expected, JsonNode actual) {
        return difference("", expected, actual);
    }

    private static Optional<String> difference(String place, JsonNode expected, JsonNode actual) {
        if (expected.isNull()) {
            return actual.isMissingNode() ? Optional.empty() : differs(place, "nothing", actual);
        }
        if (expected.isString() && expected.stringValue().equals("*")) {
            return actual.isMissingNode() || actual.isNull() ? differs(place, "something", actual) : Optional.empty();
        }
        if (expected.isObject() && actual.isObject()) {
            for (Map.Entry<String, JsonNode> member : expected.properties()) {
                Optional<String> difference =
                        difference(place + "/" + member.getKey(), member.getValue(), actual.path(member.getKey()));
                if (difference.isPresent()) {
                    return difference;
                }
            }
            return Optional.empty();
        }
        if (expected.isArray() && actual.isArray() && expected.size() == actual.size()) {
            for (int i = 0; i < expected.size(); i++) {
                Optional<String> difference = difference(place + "/" + i, expected.get(i), actual.get(i));
                if (difference.isPresent()) {
                    return difference;
                }
            }
            return Optional.empty();
        }
        return expected.equals(actual) ? Optional.empty() : differs(place, expected.toString(), actual);
    }

    private static Optional<String> differs(String place, String expected, JsonNode actual) {
        return Optional.of("%s: expected %s, found %s".formatted(place.isEmpty() ? "/" : place, expected, actual));
    }
}

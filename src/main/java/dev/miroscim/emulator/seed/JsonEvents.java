package dev.miroscim.emulator.seed;

import java.io.Reader;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;

/** Its errors are Jackson's, and say only that the text is not JSON. */
final class JsonEvents implements SeedEvents {

    private final JsonParser text;

    JsonEvents(Reader reader, int longestText) {
        text = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(50)
                        .maxStringLength(longestText)
                        .build())
                .build()
                .createParser(ObjectReadContext.empty(), reader);
    }

    @Override
    public boolean begin() {
        return text.nextToken() != null;
    }

    @Override
    public void end() {
        if (text.currentToken() != null) {
            throw new StreamReadException(text, "Something follows");
        }
    }

    @Override
    public void step() {
        text.nextToken();
    }

    @Override
    public void skip() {
        text.skipChildren();
        text.nextToken();
    }

    @Override
    public int line() {
        return text.currentTokenLocation().getLineNr();
    }

    @Override
    public boolean isMapping() {
        return text.hasToken(JsonToken.START_OBJECT);
    }

    @Override
    public boolean isList() {
        return text.hasToken(JsonToken.START_ARRAY);
    }

    @Override
    public boolean isText() {
        return text.currentToken().isScalarValue() && !isNothing();
    }

    @Override
    public boolean isEnd() {
        return text.currentToken().isStructEnd();
    }

    @Override
    public boolean isNothing() {
        return text.hasToken(JsonToken.VALUE_NULL);
    }

    @Override
    public boolean isTagged() {
        return false;
    }

    @Override
    public String text() {
        String read = text.getString();
        text.nextToken();
        return read;
    }

    @Override
    public String name() {
        return text();
    }
}

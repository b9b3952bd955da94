package dev.miroscim.emulator.journal;

import dev.miroscim.directory.Texts;
import dev.miroscim.emulator.AdminPassword;
import dev.miroscim.emulator.MiroProperties;
import dev.miroscim.http.LogRedaction;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Removes secrets from a text: clients send passwords, and people paste tokens into wrong fields. First checks cheaply
 * whether there can be any, because there hardly ever are.
 */
@Component
class Redaction implements LogRedaction {

    private static final String REPLACEMENT = "[redacted]";
    private static final int SHORTEST_SECRET = 8;

    /** The endings of secrets' names, without the first letter, which may be upper case. */
    private static final List<String> SECRET_NAMES = List.of("assword", "ecret", "oken");

    private static final Pattern PARAMETER =
            Pattern.compile("(^|[?&])([^=&]*(?:token|password|secret|api_key))=[^&]*", Pattern.CASE_INSENSITIVE);
    private static final Pattern BEARER =
            Pattern.compile("(bearer(?:\\s|%20|\\+)+)[^\\s\"&,;]+", Pattern.CASE_INSENSITIVE);
    private static final Pattern JSON_WEB_TOKEN = Pattern.compile("eyJ[\\w-]{8,}\\.[\\w-]+\\.[\\w-]*");

    /** Miro's tokens and generated ones have at least this length; names that Miro stores are shorter. */
    private static final int TOKEN_LENGTH = 64;

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9]{" + TOKEN_LENGTH + ",}");

    private final JsonMapper json;
    private final List<String> secrets;

    Redaction(JsonMapper json, MiroProperties properties, AdminPassword password) {
        this.json = json;
        this.secrets = Stream.of(
                        properties.scimToken(),
                        properties.restToken(),
                        password.secret().value())
                .filter(secret -> secret != null && secret.length() >= SHORTEST_SECRET)
                .toList();
    }

    @Override
    public String withoutSecrets(String text, @Nullable String token) {
        return query(text, token);
    }

    /** @param token what the caller sent to be let in */
    String query(String text, @Nullable String token) {
        return tokens(
                namesSecret(text) || text.contains("key")
                        ? PARAMETER.matcher(text).replaceAll("$1$2=" + REPLACEMENT)
                        : text,
                token);
    }

    /** @param token what the caller sent to be let in */
    String body(String text, @Nullable String token) {
        return tokens(namesSecret(text) ? withoutNamed(text) : text, token);
    }

    private static boolean namesSecret(String text) {
        return SECRET_NAMES.stream()
                .anyMatch(name -> text.contains(name) || text.contains(name.toUpperCase(Locale.ROOT)));
    }

    private String withoutNamed(String text) {
        try {
            JsonNode tree = json.readTree(text);
            return redact(tree) ? json.writeValueAsString(tree) : text;
        } catch (JacksonException e) {
            return "[redacted: names a secret, but is incomplete]";
        }
    }

    private static boolean redact(JsonNode node) {
        boolean changed = false;
        if (node instanceof ObjectNode object) {
            // A PATCH names the attribute in its path.
            boolean ofSecret = isSecret(object.path("path").asString(""));
            for (String name : List.copyOf(object.propertyNames())) {
                if (isSecret(name) || ofSecret && name.equalsIgnoreCase("value")) {
                    object.set(name, StringNode.valueOf(REPLACEMENT));
                    changed = true;
                } else {
                    changed |= redact(object.get(name));
                }
            }
        } else if (node instanceof ArrayNode array) {
            for (JsonNode item : array) {
                changed |= redact(item);
            }
        }
        return changed;
    }

    private static boolean isSecret(String name) {
        String folded = Texts.folded(name);
        return folded.endsWith("password") || folded.endsWith("secret") || folded.endsWith("token");
    }

    private String tokens(String text, @Nullable String token) {
        String redacted = text;
        if (token != null && token.length() >= SHORTEST_SECRET) {
            redacted = redacted.replace(token, REPLACEMENT);
        }
        for (String secret : secrets) {
            redacted = redacted.replace(secret, REPLACEMENT);
        }
        if (redacted.contains("earer") || redacted.contains("EARER")) {
            redacted = BEARER.matcher(redacted).replaceAll("$1" + REPLACEMENT);
        }
        if (redacted.contains("eyJ")) {
            redacted = JSON_WEB_TOKEN.matcher(redacted).replaceAll(REPLACEMENT);
        }
        return mayHaveToken(redacted) ? TOKEN.matcher(redacted).replaceAll(REPLACEMENT) : redacted;
    }

    /** Samples one character per token length, which finds every token. */
    private static boolean mayHaveToken(String text) {
        for (int i = TOKEN_LENGTH - 1; i < text.length(); i += TOKEN_LENGTH) {
            if (isTokenLetter(text.charAt(i)) && run(text, i) >= TOKEN_LENGTH) {
                return true;
            }
        }
        return false;
    }

    private static int run(String text, int at) {
        int from = at;
        int to = at + 1;
        while (from > 0 && isTokenLetter(text.charAt(from - 1))) {
            from--;
        }
        while (to < text.length() && isTokenLetter(text.charAt(to))) {
            to++;
        }
        return to - from;
    }

    private static boolean isTokenLetter(char character) {
        return character >= '0' && character <= '9'
                || character >= 'A' && character <= 'Z'
                || character >= 'a' && character <= 'z';
    }
}

package dev.miroscim.emulator.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.miroscim.directory.Texts;
import dev.miroscim.emulator.AdminPassword;
import dev.miroscim.emulator.MiroProperties;
import dev.miroscim.http.LogRedaction;
import java.net.URLDecoder;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
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

    /** How secrets' names end, without hyphens and underscores. */
    private static final List<String> ENDINGS = List.of(
            "password",
            "passwd",
            "pwd",
            "passphrase",
            "secret",
            "token",
            "apikey",
            "accesskey",
            "privatekey",
            "credential",
            "credentials",
            "assertion",
            "authorization",
            "jwt");

    /** What a parameter can also be: an OAuth code, or a number from an authenticator. */
    private static final Set<String> CODES = Set.of("codeverifier", "otp", "pass", "pin");

    /** Beside these, {@code code} is an OAuth code and not one of an error. */
    private static final List<String> OF_OAUTH =
            List.of("grant_type", "grantType", "client_id", "clientId", "redirect_uri", "redirectUri");

    /** One of these is in every JSON that names a secret. */
    private static final List<String> SIGNS = Stream.concat(
                    Stream.of("assw", "assphrase", "ecret", "oken", "redential", "ssertion", "uthorization", "key")
                            .flatMap(end -> Stream.of(end, end.toUpperCase(Locale.ROOT))),
                    Stream.concat(Stream.of("Key", "pwd", "Pwd", "PWD", "jwt", "Jwt", "JWT"), OF_OAUTH.stream()))
            .toList();

    private static final Pattern FORM = Pattern.compile("[^\\s={}<>\"\\[\\]]+=\\S*");
    private static final Pattern PATH_PARAMETER = Pattern.compile("(;)([^;/=]*)=[^;/]*");
    private static final Pattern QUERY_PARAMETER = Pattern.compile("(^|[?&])([^?&=]*)=[^&]*");
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
        return text(text, token);
    }

    /**
     * The query, decoded. It is split into parameters before that: a value can have an escaped {@code &}.
     *
     * @param token what the caller sent to be let in
     */
    String query(String text, @Nullable String token) {
        return tokens(decoded(withoutParameters(QUERY_PARAMETER, text)), token);
    }

    /** @param token what the caller sent to be let in */
    String path(String text, @Nullable String token) {
        return tokens(text.contains(";") ? withoutParameters(PATH_PARAMETER, text) : text, token);
    }

    /**
     * A text without parameters, such as the name of a client.
     *
     * @param token what the caller sent to be let in
     */
    String text(String text, @Nullable String token) {
        return tokens(withoutParameters(QUERY_PARAMETER, text), token);
    }

    /** @param token what the caller sent to be let in */
    String body(String text, @Nullable String token) {
        if (FORM.matcher(text).matches()) {
            return tokens(withoutParameters(QUERY_PARAMETER, text), token);
        }
        return tokens(mayNameSecret(text) ? withoutNamed(text) : text, token);
    }

    private static String withoutParameters(Pattern parameter, String text) {
        return parameter
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(
                        isSecretParameter(decoded(found.group(2)))
                                ? found.group(1) + found.group(2) + "=" + REPLACEMENT
                                : found.group()));
    }

    private static boolean isSecretParameter(String name) {
        String plain = plain(name);
        return isSecret(name) || plain.endsWith("code") || CODES.contains(plain);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    private static boolean mayNameSecret(String text) {
        return SIGNS.stream().anyMatch(text::contains);
    }

    /** Whether a text that is no JSON may have the value of a secret. */
    private static boolean namesSecret(String text) {
        String plain = plain(text);
        return ENDINGS.stream().anyMatch(plain::contains);
    }

    private static String plain(String name) {
        return Texts.folded(name).replace("_", "").replace("-", "");
    }

    private String withoutNamed(String text) {
        try {
            JsonNode tree = json.readTree(text);
            return redact(tree) ? json.writeValueAsString(tree) : text;
        } catch (JacksonException e) {
            return namesSecret(text) ? "[redacted: names a secret, but is incomplete]" : text;
        }
    }

    private static boolean redact(JsonNode node) {
        boolean changed = false;
        if (node instanceof ObjectNode object) {
            // A PATCH names the attribute in its path.
            boolean ofSecret = isSecret(object.path("path").asString(""));
            boolean ofOauth = OF_OAUTH.stream().anyMatch(object::has);
            for (String name : List.copyOf(object.propertyNames())) {
                if (isSecret(name)
                        || ofSecret && name.equalsIgnoreCase("value")
                        || ofOauth && isSecretParameter(name)) {
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
        String plain = plain(name);
        return ENDINGS.stream().anyMatch(plain::endsWith);
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

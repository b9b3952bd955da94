package dev.miroscim.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;

/**
 * Reads the token from the Authorization header only, because parameters end up in logs.
 *
 * <p>Accepts more than RFC 6750 requires, because identity providers let people type the header themselves:
 * {@code Bearer} in any case, any number of spaces, and no {@code Bearer} at all (Okta's header authentication sends
 * the field verbatim).
 */
public final class BearerTokens implements BearerTokenResolver {

    private static final Pattern HEADER = Pattern.compile("\\s*(?:bearer\\s+)?(\\S+)\\s*", Pattern.CASE_INSENSITIVE);

    @Override
    public @Nullable String resolve(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null) {
            return null;
        }
        Matcher matcher = HEADER.matcher(header);
        return matcher.matches() ? matcher.group(1) : null;
    }
}

package dev.miroscim.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;

/**
 * Removes doubled and trailing slashes from the path. Miro's own guide for Entra shows the base URL with a trailing
 * slash, to which Entra adds {@code /Users}, and Microsoft's collections request {@code /Users/?filter=}.
 */
final class NormalizedPath extends HttpServletRequestWrapper {

    private static final Pattern SLASHES = Pattern.compile("/{2,}");
    private static final Pattern BAD_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");

    private final String path;

    NormalizedPath(HttpServletRequest request) {
        super(request);
        this.path = of(request.getRequestURI());
    }

    /** Refuses a path with a percent sign that begins no escape: Tomcat does not look into path parameters. */
    static void requireEscapes(String path) {
        if (BAD_ESCAPE.matcher(path).find()) {
            throw new ApiErrorException(
                    ApiError.of(HttpStatus.BAD_REQUEST, "The path has a % without two hexadecimal digits after it"));
        }
    }

    static String of(String path) {
        String single = path.contains("//") ? SLASHES.matcher(path).replaceAll("/") : path;
        return single.length() > 1 && single.endsWith("/") ? single.substring(0, single.length() - 1) : single;
    }

    @Override
    public String getRequestURI() {
        return path;
    }
}

package dev.miroscim.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.regex.Pattern;

/**
 * Removes doubled and trailing slashes from the path. Miro's own guide for Entra shows the base URL with a trailing
 * slash, to which Entra adds {@code /Users}, and Microsoft's collections request {@code /Users/?filter=}.
 */
final class NormalizedPath extends HttpServletRequestWrapper {

    private static final Pattern SLASHES = Pattern.compile("/{2,}");

    private final String path;

    NormalizedPath(HttpServletRequest request) {
        super(request);
        this.path = of(request.getRequestURI());
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

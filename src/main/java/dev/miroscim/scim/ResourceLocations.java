package dev.miroscim.scim;

import static org.springframework.web.context.request.RequestAttributes.SCOPE_REQUEST;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/**
 * Builds the absolute addresses for {@code meta.location} and the {@code Location} header: below
 * {@code miro.public-url} if it is set, else below the address of the current request, including its Forwarded headers.
 */
@Component
public class ResourceLocations {

    /** The path of SCIM on this server. */
    public static final String BASE_PATH = "/api/v1/scim";

    // Cached in the request: a page has up to a thousand locations with the same beginning.
    private static final String BASE_ATTRIBUTE = ResourceLocations.class.getName() + ".base";

    private final @Nullable String publicBase;

    ResourceLocations(@Value("${miro.public-url:}") String publicUrl) {
        this.publicBase = publicUrl.isBlank() ? null : withoutTrailingSlash(absolute(publicUrl.strip())) + BASE_PATH;
    }

    public String users(long id) {
        return users() + id;
    }

    /** The address that precedes a user's id. */
    public String users() {
        return base() + "/Users/";
    }

    public String groups(long id) {
        return groups() + id;
    }

    /** The address that precedes a group's id. */
    public String groups() {
        return base() + "/Groups/";
    }

    public String schemas(String urn) {
        return base() + "/Schemas/" + urn;
    }

    private String base() {
        if (publicBase != null) {
            return publicBase;
        }
        RequestAttributes request = RequestContextHolder.currentRequestAttributes();
        if (request.getAttribute(BASE_ATTRIBUTE, SCOPE_REQUEST) instanceof String base) {
            return base;
        }
        String base = ServletUriComponentsBuilder.fromCurrentContextPath()
                .path(BASE_PATH)
                .toUriString();
        request.setAttribute(BASE_ATTRIBUTE, base, SCOPE_REQUEST);
        return base;
    }

    private static String absolute(String url) {
        try {
            URI uri = URI.create(url);
            // Uses the authority, because java.net.URI has no host for a name with an underscore.
            String authority = uri.getRawAuthority();
            if (uri.getScheme() != null
                    && uri.getScheme().matches("(?i)https?")
                    && authority != null
                    && !authority.startsWith(":")) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(notAbsolute(url), e);
        }
        throw new IllegalArgumentException(notAbsolute(url));
    }

    private static String notAbsolute(String url) {
        return "miro.public-url is '" + url + "', which is not an address such as https://scim.example.com";
    }

    private static String withoutTrailingSlash(String url) {
        return url.replaceFirst("/+$", "");
    }
}

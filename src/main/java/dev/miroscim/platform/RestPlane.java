package dev.miroscim.platform;

import dev.miroscim.access.TokenKind;
import dev.miroscim.http.ApiError;
import dev.miroscim.http.Plane;
import java.util.List;
import java.util.Map;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/** The REST API as a plane. */
@Component
@Order(2)
class RestPlane implements Plane {

    static final String[] PATHS = {"/v1/**", "/v2/**"};

    static final String MEDIA_TYPE = MediaType.APPLICATION_JSON_VALUE;

    private static final List<String> MEDIA_TYPES = List.of(MEDIA_TYPE);

    private final Credits credits;

    RestPlane(Credits credits) {
        this.credits = credits;
    }

    @Override
    public boolean covers(String path) {
        return path.matches("/v[12](/.*)?");
    }

    @Override
    public List<String> mediaTypes() {
        return MEDIA_TYPES;
    }

    @Override
    public TokenKind tokens() {
        return TokenKind.REST;
    }

    @Override
    public Object error(ApiError error) {
        return RestError.of(error);
    }

    @Override
    public ApiError tooManyRequests() {
        return Credits.REFUSAL.with("X-RateLimit-Remaining", "0");
    }

    /** Every answer has these headers, because ConductorOne's connector expects them. */
    @Override
    public Map<String, String> headers() {
        return credits.headers();
    }
}

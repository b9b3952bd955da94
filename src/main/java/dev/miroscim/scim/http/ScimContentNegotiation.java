package dev.miroscim.scim.http;

import dev.miroscim.scim.ScimMediaType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses requests whose answer the client could not accept before they have an effect, and chooses the answer's media
 * type.
 */
final class ScimContentNegotiation implements HandlerInterceptor {

    private static final MediaType SCIM_JSON = MediaType.parseMediaType(ScimMediaType.SCIM_JSON);
    private static final List<MediaType> ANSWERS = List.of(SCIM_JSON, MediaType.APPLICATION_JSON);

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws HttpMediaTypeNotAcceptableException {
        if (!(handler instanceof HandlerMethod)) {
            return true; // the answer will be 404
        }
        MediaType answerType = answerType(request);
        if (!request.getMethod().equals("DELETE")) { // which is answered by nothing at all
            response.setContentType(answerType.toString());
        }
        return true;
    }

    /**
     * Chooses SCIM's own type for every client that accepts it; plain JSON only for clients that accept nothing else,
     * such as OneLogin and Miro's curl examples.
     */
    private static MediaType answerType(HttpServletRequest request) throws HttpMediaTypeNotAcceptableException {
        List<MediaType> listed = accepted(request);
        if (listed.isEmpty()) {
            return SCIM_JSON;
        }
        List<MediaType> accepted =
                listed.stream().filter(type -> type.getQualityValue() > 0).toList();
        if (!names(accepted, SCIM_JSON) && names(accepted, MediaType.APPLICATION_JSON)) {
            return MediaType.APPLICATION_JSON;
        }
        return ANSWERS.stream()
                .filter(answer -> accepted.stream().anyMatch(type -> type.includes(answer)))
                .findFirst()
                .orElseThrow(() -> new HttpMediaTypeNotAcceptableException(ANSWERS));
    }

    private static boolean names(List<MediaType> accepted, MediaType answer) {
        return accepted.stream().anyMatch(answer::equalsTypeAndSubtype);
    }

    private static List<MediaType> accepted(HttpServletRequest request) throws HttpMediaTypeNotAcceptableException {
        try {
            return MediaType.parseMediaTypes(Collections.list(request.getHeaders(HttpHeaders.ACCEPT)));
        } catch (InvalidMediaTypeException e) {
            throw new HttpMediaTypeNotAcceptableException(ANSWERS);
        }
    }
}

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
import org.springframework.web.servlet.HandlerInterceptor;

/** Refuses, before anything is read or done, what could not be answered or is too large, and decides on the answer's type. */
final class RequestGuard implements HandlerInterceptor {

    private static final MediaType SCIM_JSON = MediaType.parseMediaType(ScimMediaType.SCIM_JSON);
    private static final List<MediaType> ANSWERS = List.of(SCIM_JSON, MediaType.APPLICATION_JSON);

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws HttpMediaTypeNotAcceptableException {
        response.setContentType(answerType(request).toString());
        if (request.getContentLengthLong() > JsonBodyReader.MOST_BYTES) {
            throw JsonBodyReader.tooLarge();
        }
        return true;
    }

    /**
     * SCIM's own type for everybody who can read it; plain JSON only for those who name it and not the other, as OneLogin
     * and Miro's curl examples do.
     */
    static MediaType answerType(HttpServletRequest request) throws HttpMediaTypeNotAcceptableException {
        List<MediaType> accepted = accepted(request);
        if (accepted.isEmpty() || names(accepted, SCIM_JSON)) {
            return SCIM_JSON;
        }
        if (names(accepted, MediaType.APPLICATION_JSON)) {
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
            return Collections.list(request.getHeaders(HttpHeaders.ACCEPT)).stream()
                    .flatMap(header -> MediaType.parseMediaTypes(header).stream())
                    .filter(type -> type.getQualityValue() > 0)
                    .toList();
        } catch (InvalidMediaTypeException e) {
            throw new HttpMediaTypeNotAcceptableException(ANSWERS);
        }
    }
}

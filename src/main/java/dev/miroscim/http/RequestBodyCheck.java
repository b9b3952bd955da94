package dev.miroscim.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Refuses bodies with a media type that cannot be read, before the request is handled. */
@Component
class RequestBodyCheck implements HandlerInterceptor {

    private final Planes planes;

    RequestBodyCheck(Planes planes) {
        this.planes = planes;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws HttpMediaTypeNotSupportedException {
        if (!(handler instanceof HandlerMethod method)) {
            return true; // the answer will be 404
        }
        int most = planes.of(request).mostBytes();
        if (request.getContentLengthLong() > most) {
            throw RequestBodies.tooLarge(most);
        }
        String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            // RFC 9110, section 15.5.16
            throw new ApiErrorException(
                    ApiError.of(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "Request bodies must not be compressed")
                            .with(HttpHeaders.ACCEPT_ENCODING, "identity"));
        }
        if (readsBody(method) && isRange(request.getContentType())) {
            // Spring would report it as a bug of this program.
            throw new HttpMediaTypeNotSupportedException("A body must have one media type");
        }
        return true;
    }

    private static boolean readsBody(HandlerMethod method) {
        return Arrays.stream(method.getMethodParameters())
                .anyMatch(parameter -> parameter.hasParameterAnnotation(RequestBody.class));
    }

    /** Whether it is a range as in Accept headers, such as {@code application/*}. */
    private static boolean isRange(@Nullable String contentType) {
        try {
            return contentType != null && !MediaType.parseMediaType(contentType).isConcrete();
        } catch (InvalidMediaTypeException e) {
            return false; // reading the body will refuse it
        }
    }
}

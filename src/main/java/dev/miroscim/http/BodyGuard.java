package dev.miroscim.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Refuses bodies that could not be read, before anything is done for them. */
@Component
class BodyGuard implements HandlerInterceptor {

    private final Planes planes;

    BodyGuard(Planes planes) {
        this.planes = planes;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        Plane plane = planes.of(request).orElse(null);
        if (!(handler instanceof HandlerMethod) || plane == null) {
            return true; // and be answered that there is nothing, or by somebody else's rules
        }
        if (request.getContentLengthLong() > plane.mostBytes()) {
            throw JsonBodyReader.tooLarge();
        }
        String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            // RFC 9110, section 15.5.16
            throw new FaultException(Fault.of(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "Request bodies are not compressed")
                    .with(HttpHeaders.ACCEPT_ENCODING, "identity"));
        }
        return true;
    }
}

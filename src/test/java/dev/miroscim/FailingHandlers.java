package dev.miroscim;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Makes a handler fail where the request asks for it, in a way that no request could bring about otherwise. */
@TestConfiguration(proxyBeanMethods = false)
public class FailingHandlers {

    /**
     * The request header that names a status: 409 for a change that another request made first, 500 for a mistake of the
     * program, {@link #NEW_MISTAKE} for one that is at a place of its own, and so is logged, 503 for a database that is
     * away.
     */
    public static final String HEADER = "X-Test-Failure";

    public static final String NEW_MISTAKE = "500 new";

    private static final String REASON = "The test asks for it";

    @Bean
    WebMvcConfigurer failures() {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(new HandlerInterceptor() {
                    @Override
                    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
                        fail(request.getHeader(HEADER));
                        return true;
                    }
                });
            }
        };
    }

    private static void fail(@Nullable String status) {
        switch (status) {
            case "409" -> throw new DataIntegrityViolationException(REASON);
            case "500" -> throw new Mistake();
            case NEW_MISTAKE -> throw new Mistake(UUID.randomUUID().toString());
            case "503" -> throw new DataAccessResourceFailureException(REASON);
            case null, default -> {}
        }
    }

    /** Has next to no stack trace, which would only fill the log. */
    private static final class Mistake extends RuntimeException {

        Mistake() {
            super(REASON, null, false, false);
        }

        Mistake(String place) {
            super(REASON);
            setStackTrace(new StackTraceElement[] {new StackTraceElement(place, place, null, 0)});
        }
    }
}

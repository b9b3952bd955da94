package dev.miroscim.http;

import static java.util.stream.Collectors.joining;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.miroscim.directory.RefusedException;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Collection;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.catalina.connector.ClientAbortException;
import org.apache.coyote.CloseNowException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/**
 * Translates exceptions into errors for a plane's clients. An exception that neither the plane nor this class knows is
 * a bug of this program: clients get a number that the log has too.
 */
final class ApiErrors {

    private static final Logger log = LoggerFactory.getLogger(ApiErrors.class);

    private static final DatabaseErrorLog DATABASE = new DatabaseErrorLog();
    private static final UnforeseenErrors UNFORESEEN = new UnforeseenErrors(Ticker.systemTicker());

    private ApiErrors() {}

    static ApiError of(Throwable exception, Plane plane, HttpServletRequest request) {
        ApiError own = plane.translate(exception, request);
        return own == null ? common(exception, plane, request) : own;
    }

    private static ApiError common(Throwable exception, Plane plane, HttpServletRequest request) {
        return switch (exception) {
            case ApiErrorException e -> e.error();
            case RefusedException e -> refused(e);
            case HttpMessageNotReadableException _ ->
                ApiError.of(HttpStatus.BAD_REQUEST, ApiError.INVALID_SYNTAX, "The request has no readable JSON body");
            case MissingServletRequestParameterException e ->
                ApiError.of(
                        HttpStatus.BAD_REQUEST,
                        ApiError.INVALID_VALUE,
                        "The parameter " + e.getParameterName() + " is missing");
            case MethodArgumentTypeMismatchException e -> mismatch(e);
            case NoResourceFoundException _, NoHandlerFoundException _ -> noSuchPath();
            case HttpRequestMethodNotSupportedException e -> notSupported(e, plane);
            case HttpMediaTypeNotAcceptableException _ ->
                ApiError.of(
                        HttpStatus.NOT_ACCEPTABLE,
                        "Answers are " + String.join(" or ", plane.mediaTypes())
                                + ", which the Accept header does not allow");
            case HttpMediaTypeNotSupportedException _ -> wrongContentType(plane, request);
            case RequestRejectedException _ ->
                ApiError.of(HttpStatus.BAD_REQUEST, "The request contains characters that are not allowed there");
            case InvalidParameterException _ -> ApiError.of(HttpStatus.BAD_REQUEST, "The query string is not valid");
            case ErrorResponse e
            when e.getStatusCode().is4xxClientError() ->
                ofStatus(e.getStatusCode().value(), plane, request);
            case Exception e when clientIsGone(e) -> ofStatus(400, plane, request);
            case ServletException e when e.getRootCause() != null -> of(e.getRootCause(), plane, request);
            default -> ofTheServer(exception);
        };
    }

    /** The error for a status that code below the controllers set, without an exception. */
    static ApiError ofStatus(int status, Plane plane, HttpServletRequest request) {
        HttpStatus known = HttpStatus.resolve(status);
        if (known == null) {
            known = status < 500 ? HttpStatus.BAD_REQUEST : HttpStatus.INTERNAL_SERVER_ERROR;
        }
        return switch (known) {
            case NOT_FOUND -> noSuchPath();
            case METHOD_NOT_ALLOWED -> plane.methodNotAllowed(method(request));
            default -> ApiError.of(known, known.getReasonPhrase());
        };
    }

    /** The original method: Tomcat turns every request into a GET on its way to an error page. */
    private static String method(HttpServletRequest request) {
        return request.getAttribute(RequestDispatcher.ERROR_METHOD) instanceof String method
                ? method
                : request.getMethod();
    }

    private static ApiError refused(RefusedException e) {
        return switch (e.kind()) {
            case INVALID_VALUE -> ApiError.of(HttpStatus.BAD_REQUEST, ApiError.INVALID_VALUE, e.getMessage());
            case NO_TARGET -> ApiError.of(HttpStatus.BAD_REQUEST, "noTarget", e.getMessage());
            case NOT_FOUND -> ApiError.of(HttpStatus.NOT_FOUND, e.getMessage());
            case CONFLICT -> ApiError.of(HttpStatus.CONFLICT, e.getMessage());
            case NOT_SUPPORTED -> ApiError.of(HttpStatus.METHOD_NOT_ALLOWED, e.getMessage());
        };
    }

    private static ApiError mismatch(MethodArgumentTypeMismatchException e) {
        if (e.getParameter().hasParameterAnnotation(PathVariable.class)) {
            return noSuchPath();
        }
        String value = e.getValue() instanceof String text ? "'" + text + "'" : "This";
        return ApiError.of(
                HttpStatus.BAD_REQUEST,
                ApiError.INVALID_VALUE,
                value + " is not a value that " + e.getName() + " can have");
    }

    private static ApiError noSuchPath() {
        return ApiError.of(HttpStatus.NOT_FOUND, "There is nothing at this path");
    }

    private static ApiError notSupported(HttpRequestMethodNotSupportedException e, Plane plane) {
        Collection<HttpMethod> supported = e.getSupportedHttpMethods();
        ApiError error = plane.methodNotAllowed(e.getMethod());
        return supported == null
                ? error
                : error.with(
                        HttpHeaders.ALLOW,
                        supported.stream().map(HttpMethod::name).sorted().collect(joining(", ")));
    }

    private static ApiError wrongContentType(Plane plane, HttpServletRequest request) {
        // For PATCH, RFC 5789 defines a header of its own.
        String header = request.getMethod().equals("PATCH") ? HttpHeaders.ACCEPT_PATCH : HttpHeaders.ACCEPT;
        return ApiError.of(
                        HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                        "The Content-Type of a request body must be " + String.join(" or ", plane.mediaTypes()))
                .with(header, String.join(", ", plane.mediaTypes()));
    }

    private static ApiError ofTheServer(Throwable exception) {
        return DatabaseErrors.read(exception)
                .map(error -> logged(error, exception))
                .orElseGet(() -> ApiError.of(
                        HttpStatus.INTERNAL_SERVER_ERROR,
                        "Internal server error. The server log has the details of error " + UNFORESEEN.log(exception)));
    }

    private static ApiError logged(ApiError error, Throwable exception) {
        if (error.status().is5xxServerError()) {
            DATABASE.add(error, exception);
        }
        return error;
    }

    /**
     * What to throw where it is too late for an error, so that Tomcat closes the connection, by which the client sees
     * that the answer is incomplete. Tomcat would log any other exception each time.
     */
    static IOException afterTheAnswerBegan(Exception exception) {
        if (!clientIsGone(exception)) {
            UNFORESEEN.log(exception);
        }
        return new CloseNowException(exception);
    }

    /** Whether the client closed the connection, which is not an error of this program. */
    private static boolean clientIsGone(Throwable exception) {
        return Stream.iterate(exception, Objects::nonNull, Throwable::getCause)
                .anyMatch(cause ->
                        cause instanceof ClientAbortException || cause instanceof AsyncRequestNotUsableException);
    }
}

package dev.miroscim.http;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.ForwardedHeaderFilter;

/**
 * Applies Forwarded and X-Forwarded headers, because {@code meta.location} must use the address that clients know.
 * Unlike Spring Boot's own filter, it runs inside the frame of the planes, so that unreadable headers get an error in
 * the plane's format too.
 */
@Configuration(proxyBeanMethods = false)
class ForwardedHeaders {

    @Bean
    FilterRegistrationBean<ForwardedHeaderFilter> forwardedHeaderFilter(AllowedHosts hosts) {
        FilterRegistrationBean<ForwardedHeaderFilter> filter =
                new FilterRegistrationBean<>(new CheckedForwardedHeaderFilter(hosts));
        filter.setDispatcherTypes(DispatcherType.REQUEST);
        filter.setOrder(FilterOrder.FORWARDED_HEADERS);
        return filter;
    }

    /**
     * Refuses forwarded headers without a usable address at once; otherwise the error would only appear when an answer
     * needs a location.
     */
    private static final class CheckedForwardedHeaderFilter extends ForwardedHeaderFilter {

        private final AllowedHosts hosts;

        CheckedForwardedHeaderFilter(AllowedHosts hosts) {
            this.hosts = hosts;
        }

        /** Hosts are to be checked without such headers too. */
        @Override
        protected boolean shouldNotFilter(HttpServletRequest request) {
            return false;
        }

        @Override
        protected void doFilterInternal(
                HttpServletRequest request, HttpServletResponse response, FilterChain filterChain)
                throws ServletException, IOException {
            if (super.shouldNotFilter(request)) {
                filterChain.doFilter(atAllowedHost(request, request), response);
                return;
            }
            HttpServletRequest readable = request.getServerName().contains("_") ? new ReadableHost(request) : request;
            super.doFilterInternal(readable, response, (forwarded, answer) -> {
                HttpServletRequest named = readable != request && ReadableHost.isKept(forwarded.getServerName())
                        ? new OwnHost((HttpServletRequest) forwarded, request.getServerName())
                        : (HttpServletRequest) forwarded;
                if (!isAddress(named.getScheme(), named.getServerName(), named.getContextPath())) {
                    throw new ApiErrorException(ApiError.of(
                            HttpStatus.BAD_REQUEST,
                            "The Forwarded or X-Forwarded headers do not form the address of a server"));
                }
                filterChain.doFilter(atAllowedHost(named, request), answer);
            });
        }

        /**
         * The request at a host that answers may name: the forwarded one, else that of the Host header, else this end of
         * the connection.
         */
        private HttpServletRequest atAllowedHost(HttpServletRequest forwarded, HttpServletRequest request) {
            String local = request.getLocalAddr();
            if (hosts.allow(forwarded.getServerName(), local)) {
                return forwarded;
            }
            return new OtherAddress(
                    forwarded,
                    hosts.allow(request.getServerName(), local) ? request : new AddressOfConnection(request));
        }

        private static boolean isAddress(String scheme, @Nullable String host, String path) {
            try {
                return host != null
                        && scheme.matches("(?i)https?")
                        && path.equals(new URI(scheme + "://" + host + path).getRawPath());
            } catch (URISyntaxException e) {
                return false;
            }
        }
    }

    /**
     * Hides a host name with an underscore while Spring reads the forwarded headers: {@link URI}, which Spring uses for
     * the rest of the address, does not recognise such a host.
     */
    private static final class ReadableHost extends HttpServletRequestWrapper {

        private static final String STAND_IN = "host.invalid";

        ReadableHost(HttpServletRequest request) {
            super(request);
        }

        /** Whether no header replaces the host. */
        static boolean isKept(@Nullable String host) {
            return STAND_IN.equals(host);
        }

        @Override
        public String getServerName() {
            return STAND_IN;
        }

        @Override
        public StringBuffer getRequestURL() {
            return inPlaceOf(super.getServerName(), STAND_IN, super.getRequestURL());
        }

        static StringBuffer inPlaceOf(String host, String other, StringBuffer url) {
            int place = url.indexOf(host);
            return place < 0 ? url : url.replace(place, place + host.length(), other);
        }
    }

    /** A forwarded request, with its client, at the address of another one. */
    private static final class OtherAddress extends HttpServletRequestWrapper {

        private final HttpServletRequest address;

        OtherAddress(HttpServletRequest request, HttpServletRequest address) {
            super(request);
            this.address = address;
        }

        @Override
        public String getScheme() {
            return address.getScheme();
        }

        @Override
        public boolean isSecure() {
            return address.isSecure();
        }

        @Override
        public String getServerName() {
            return address.getServerName();
        }

        @Override
        public int getServerPort() {
            return address.getServerPort();
        }

        @Override
        public String getContextPath() {
            return address.getContextPath();
        }

        @Override
        public String getRequestURI() {
            return address.getRequestURI();
        }

        @Override
        public StringBuffer getRequestURL() {
            return address.getRequestURL();
        }
    }

    /** A request at the address to which its client connected. */
    private static final class AddressOfConnection extends HttpServletRequestWrapper {

        AddressOfConnection(HttpServletRequest request) {
            super(request);
        }

        @Override
        public String getServerName() {
            return AllowedHosts.literal(getLocalAddr());
        }

        @Override
        public int getServerPort() {
            return getLocalPort();
        }

        @Override
        public StringBuffer getRequestURL() {
            return new StringBuffer(getScheme())
                    .append("://")
                    .append(getServerName())
                    .append(':')
                    .append(getServerPort())
                    .append(getRequestURI());
        }
    }

    /** Restores the original host of a forwarded request. */
    private static final class OwnHost extends HttpServletRequestWrapper {

        private final String host;

        OwnHost(HttpServletRequest request, String host) {
            super(request);
            this.host = host;
        }

        @Override
        public String getServerName() {
            return host;
        }

        @Override
        public StringBuffer getRequestURL() {
            return ReadableHost.inPlaceOf(ReadableHost.STAND_IN, host, super.getRequestURL());
        }
    }
}

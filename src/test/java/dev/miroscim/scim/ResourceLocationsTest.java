package dev.miroscim.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.filter.ForwardedHeaderFilter;

class ResourceLocationsTest {

    private static final long ID = 3074457365265951581L;

    private final ResourceLocations ofRequests = new ResourceLocations("");
    private final MockHttpServletRequest request = new MockHttpServletRequest("GET", "/api/v1/scim/Users");

    @AfterEach
    void leaveRequest() {
        RequestContextHolder.resetRequestAttributes();
    }

    @Test
    void users_belowTheAddressOfTheRequest() throws Exception {
        request.setServerName("localhost");
        request.setServerPort(8080);

        assertThat(usersLocation()).isEqualTo("http://localhost:8080/api/v1/scim/Users/3074457365265951581");
    }

    @Test
    void users_forwarded() throws Exception {
        request.addHeader("Forwarded", "proto=https;host=scim.example.com");

        assertThat(usersLocation()).isEqualTo("https://scim.example.com/api/v1/scim/Users/3074457365265951581");
    }

    @Test
    void users_forwardedWithPrefix() throws Exception {
        request.addHeader("X-Forwarded-Proto", "https");
        request.addHeader("X-Forwarded-Host", "example.com");
        request.addHeader("X-Forwarded-Prefix", "/miro");

        assertThat(usersLocation()).isEqualTo("https://example.com/miro/api/v1/scim/Users/3074457365265951581");
    }

    @Test
    void baseIsOfTheRequestAtHand() throws Exception {
        request.setServerName("one.example.com");
        assertThat(usersLocation()).startsWith("http://one.example.com/");

        MockHttpServletRequest other = new MockHttpServletRequest("GET", "/api/v1/scim/Users");
        other.setServerName("two.example.com");
        RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(other));
        assertThat(ofRequests.users(ID)).startsWith("http://two.example.com/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://scim.example.com", "https://scim.example.com/", " https://scim.example.com "})
    void publicUrl_needsNoRequest(String publicUrl) {
        ResourceLocations locations = new ResourceLocations(publicUrl);

        assertThat(locations.users(1)).isEqualTo("https://scim.example.com/api/v1/scim/Users/1");
        assertThat(locations.groups(2)).isEqualTo("https://scim.example.com/api/v1/scim/Groups/2");
        assertThat(locations.schemas("urn:example"))
                .isEqualTo("https://scim.example.com/api/v1/scim/Schemas/urn:example");
    }

    /** As Compose names hosts. */
    @Test
    void publicUrl_ofAHostWithAnUnderscore() {
        assertThat(new ResourceLocations("http://miro_scim:8080").users(1))
                .isEqualTo("http://miro_scim:8080/api/v1/scim/Users/1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"scim.example.com", "ftp://scim.example.com", "/scim", "https://", "http://:80", "http://a b"})
    void publicUrl_notAbsolute(String publicUrl) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ResourceLocations(publicUrl))
                .withMessageContaining("miro.public-url is '" + publicUrl + "'");
    }

    private String usersLocation() throws ServletException, IOException {
        AtomicReference<String> location = new AtomicReference<>();
        new ForwardedHeaderFilter().doFilter(request, new MockHttpServletResponse(), (seen, response) -> {
            RequestContextHolder.setRequestAttributes(new ServletRequestAttributes((HttpServletRequest) seen));
            location.set(ofRequests.users(ID));
        });
        return location.get();
    }
}

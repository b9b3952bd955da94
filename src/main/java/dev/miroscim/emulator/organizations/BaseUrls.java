package dev.miroscim.emulator.organizations;

import dev.miroscim.access.TokenKind;
import dev.miroscim.http.Plane;
import dev.miroscim.http.Planes;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** The addresses of the planes: below {@code miro.public-url}, or below the address of the current request. */
@Component
class BaseUrls {

    private final String publicUrl;
    private final Planes planes;

    BaseUrls(@Value("${miro.public-url:}") String publicUrl, Planes planes) {
        this.publicUrl = publicUrl.strip().replaceFirst("/+$", "");
        this.planes = planes;
    }

    String scim() {
        return server() + planes.of(TokenKind.SCIM).map(Plane::basePath).orElse("");
    }

    /** The base address of REST; versions follow. */
    String rest() {
        return server() + planes.of(TokenKind.REST).map(Plane::basePath).orElse("");
    }

    private String server() {
        return publicUrl.isEmpty()
                ? ServletUriComponentsBuilder.fromCurrentContextPath().toUriString()
                : publicUrl;
    }
}

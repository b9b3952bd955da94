package dev.miroscim.scim.http;

import dev.miroscim.MiroScimTest;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

/** A test of what happens around controllers, with one that does nothing else than show it. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@MiroScimTest
@Import(EchoController.class)
@TestPropertySource(
        properties = {
            // So few that a test can hold them all, and so impatient that nobody waits for it.
            "spring.datasource.hikari.maximum-pool-size=2",
            "miro.connection-wait=250ms",
            // What is found must not be remembered from one request to the next.
            "miro.token-cache=0s"
        })
@interface EdgeTest {}

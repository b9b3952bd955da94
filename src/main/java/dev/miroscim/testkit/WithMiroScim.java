package dev.miroscim.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Starts a miro-scim in the process of the tests, on a free port.
 *
 * <p>Tests can have these parameters:
 *
 * <ul>
 *   <li>{@link Organization}: an empty organisation that only this test uses and that shares nothing with others.
 *       The test and its {@code @BeforeEach} and {@code @AfterEach} methods see the same one, and a second parameter of
 *       this type is a second one.
 *   <li>{@link MiroScimAdmin}: a client of the control API
 *   <li>{@link MiroScimServer}: the server itself
 * </ul>
 *
 * <p>Tests with the same settings share a server, which ends with the test run.
 */
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(MiroScimExtension.class)
public @interface WithMiroScim {

    /** Settings of the server, such as {@code "miro.rate-limits=documented"}. */
    String[] value() default {};
}

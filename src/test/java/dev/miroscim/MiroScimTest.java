package dev.miroscim;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

/**
 * A test against the whole program over real HTTP, on the PostgreSQL that the program starts itself.
 *
 * <p>All such tests share that one database, and those with the same properties share one running program. A test makes
 * what it needs under names of its own and counts on nothing else being there: other classes run at the same time.
 * {@link Statements} can tell what was sent to the database, and {@link FailingHandlers} make handlers fail.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Import({Statements.class, SeenRules.class, FailingHandlers.class})
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
public @interface MiroScimTest {}

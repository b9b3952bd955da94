package dev.miroscim;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * A test that takes long, since it plays whole cycles, runs many clients at once, or looks at 100,000 people. It runs
 * with {@code mvn verify -Pcampaign}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("campaign")
public @interface Campaign {}

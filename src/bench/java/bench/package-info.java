/**
 * The benchmark: {@code mvn verify -Pbench} drives the packaged program and a limit application on one durable PostgreSQL
 * with a load tool, and writes {@code docs/performance.md}.
 *
 * <p>The limit application does with Spring MVC what no SCIM server could do with less: one SELECT, or two inserts in one
 * transaction. Rounds of both alternate, so that the other work of a machine slows both alike.
 *
 * <p>The package is outside of {@code dev.miroscim}, where the program and its tests look for components.
 */
@NullMarked
package bench;

import org.jspecify.annotations.NullMarked;

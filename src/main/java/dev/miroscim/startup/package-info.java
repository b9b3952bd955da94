/**
 * What makes the program start fast. No other code relies on it: without any row of this table, the program would do the
 * same after a longer start.
 *
 * <table>
 * <caption>What each part saves of a start to the first 200 of {@code /health}</caption>
 * <tr><th>part</th><th>what it does</th><th>processor time</th><th>time</th></tr>
 * <tr><td>{@link dev.miroscim.startup.AotCache}, {@code train} in the POM</td>
 *   <td>The build starts the program once, sends it requests of every kind, and stores its loaded and linked classes and the
 *   profiles of its methods in a file beside the jar.</td>
 *   <td>3.9 s of 8.9 s</td><td>3.1 to 3.9 s</td></tr>
 * <tr><td>{@code decide-beans} in the POM, {@code src/main/jar/spring.properties}</td>
 *   <td>Spring decides at build time which beans exist (Spring AOT).</td>
 *   <td>0.8 s of 5.3 s</td><td>0.9 s or more</td></tr>
 * <tr><td>the flat jar of {@code maven-shade-plugin} in the POM</td>
 *   <td>Classes are read from one jar. From jars within a jar, the AOT cache could not hold them.</td>
 *   <td>5 s of 15.2 s</td><td>4 s</td></tr>
 * <tr><td>{@code postgres.EmbeddedDatabase}, {@code postgres.EmbeddedDriver}</td>
 *   <td>The embedded PostgreSQL starts in parallel with Spring; only the first connection waits for it.</td>
 *   <td>none</td><td>1.3 to 2.2 s where a core is free, otherwise none</td></tr>
 * <tr><td>{@code HibernateBesideFlyway} and the last document of {@code application.yml}</td>
 *   <td>Hibernate initializes without asking the database, in parallel with Flyway and the web server.</td>
 *   <td>none</td><td>0.3 to 0.8 s</td></tr>
 * <tr><td>{@code LazyRepositories}</td>
 *   <td>Spring Data creates a repository at its first use; the start needs one of seven.</td>
 *   <td>0.4 s of 5.2 s</td><td>0.4 s</td></tr>
 * </table>
 *
 * <p>Processor times are those of Java alone, the medians of seven alternating starts each with a fresh embedded database,
 * on two cores that had other work too. The times vary with that work: where two are given, one compares the medians and
 * the other the fastest starts. For the embedded database, the medians did not differ; the row compares the two rounds
 * with the least other work. The flat jar was measured in three starts, without the AOT cache.
 *
 * <p>Other switches are gone, since none saved time that could be measured, and all together saved at most 0.2 s of
 * processor time: the exclusion of Spring Data's web support, repositories and the translation of their exceptions, and
 * the background initializer of Spring Boot. AspectJ and WebSocket in the jar would cost nothing
 * measurable either.
 *
 * <p><b>To measure a change,</b> build the jar with and without it and start both in turn, since the file caches and the
 * load of the machine matter more than most changes. For each start, note how long it takes until {@code curl -f} gets
 * an answer from {@code /health}, and then the processor time of Java, in hundredths of a second:
 * {@code awk '{print $14 + $15}' /proc/PID/stat}. Build each jar in its final place: a copy of the jar has another time
 * of modification, and the JVM ignores the AOT cache of the original. Without the AOT cache, the program runs with any
 * option in {@code JDK_JAVA_OPTIONS}.
 */
@ApplicationModule(
        displayName = "Start-up",
        allowedDependencies = {})
@NullMarked
package dev.miroscim.startup;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

package dev.miroscim.testkit;

/**
 * A rule of Miro's.
 *
 * @param id what {@code X-Miro-Rule} and the journal call it
 * @param confidence how well it is known: documented, observed, inferred or assumed
 * @param source the address of the page that says so
 */
public record Rule(String id, String sentence, String confidence, String source) {}

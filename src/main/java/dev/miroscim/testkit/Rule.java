package dev.miroscim.testkit;

/**
 * A rule of Miro.
 *
 * @param id its name in {@code X-Miro-Rule} and the journal
 * @param confidence how well it is known: documented, observed, inferred or assumed
 * @param source the address of the page that documents it, or comes closest to it
 */
public record Rule(String id, String sentence, String confidence, String source) {}

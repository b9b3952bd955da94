package dev.miroscim.emulator.journal;

/**
 * What an injected fault did to a call.
 *
 * @param id the fault
 * @param did what it did, in a sentence
 */
public record FaultNote(String id, String did) {}

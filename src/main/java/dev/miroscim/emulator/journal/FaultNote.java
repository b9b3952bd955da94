package dev.miroscim.emulator.journal;

/**
 * What a fault that somebody asked for did to a call.
 *
 * @param id the fault
 * @param did what it did, in a sentence
 */
public record FaultNote(String id, String did) {}

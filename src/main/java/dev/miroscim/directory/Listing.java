package dev.miroscim.directory;

import java.util.List;

/**
 * A part of a list.
 *
 * @param total how many there are in all
 */
public record Listing<T>(long total, List<T> items) {}

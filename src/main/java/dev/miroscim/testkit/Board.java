package dev.miroscim.testkit;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A board: an existing one, one to be created, or changes to one.
 *
 * @param id assigned by the server
 * @param team the name of its team
 * @param owner the e-mail address of its owner
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Board(
        @Nullable String id,
        @Nullable String name,
        @Nullable String team,
        @Nullable String owner) {}

package dev.miroscim.testkit;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A board: one that is there, one to be made, or what is to be changed of one.
 *
 * @param id given by the server
 * @param team the name of its team
 * @param owner the e-mail address of its owner
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Board(
        @Nullable String id,
        @Nullable String name,
        @Nullable String team,
        @Nullable String owner) {}

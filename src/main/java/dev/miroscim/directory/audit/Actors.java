package dev.miroscim.directory.audit;

import java.util.Optional;

/** Knows who is at work. */
public interface Actors {

    /** Who or what the current thread works for; nobody while the program seeds itself. */
    Optional<Actor> current();
}

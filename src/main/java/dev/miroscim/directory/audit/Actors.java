package dev.miroscim.directory.audit;

import java.util.Optional;

/** Knows who causes the changes of the current thread. */
public interface Actors {

    /** The actor of the current thread; empty while the program seeds itself. */
    Optional<Actor> current();
}

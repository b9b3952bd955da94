package dev.miroscim.emulator.snapshots;

import dev.miroscim.directory.organizations.Organization;
import dev.miroscim.directory.organizations.Organizations;
import dev.miroscim.directory.snapshots.Snapshots;
import dev.miroscim.emulator.clock.SystemTime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Takes a snapshot of the oldest organisations when the program has started, beside its first requests. */
@Component
class SnapshotsAtStart {

    private static final String NAME = "start";

    /** A database that is kept can have thousands of organisations from earlier tests. */
    private static final int MOST = 20;

    private static final Logger log = LoggerFactory.getLogger(SnapshotsAtStart.class);

    private final Snapshots snapshots;
    private final Organizations organizations;

    SnapshotsAtStart(Snapshots snapshots, Organizations organizations) {
        this.snapshots = snapshots;
        this.organizations = organizations;
    }

    @EventListener(ApplicationReadyEvent.class)
    void started() {
        Thread.ofVirtual().name("snapshots-at-start").start(this::take);
    }

    private void take() {
        try {
            organizations.list().stream()
                    .limit(MOST)
                    .map(Organization::id)
                    .forEach(id -> snapshots.takeIfSmall(id, NAME, SystemTime.now()));
        } catch (RuntimeException e) {
            log.warn("Snapshots at the start could not be taken: {}", e.getMessage());
        }
    }
}

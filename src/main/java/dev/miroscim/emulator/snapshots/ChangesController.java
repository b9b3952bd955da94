package dev.miroscim.emulator.snapshots;

import dev.miroscim.directory.RefusedException;
import dev.miroscim.directory.snapshots.ChangesSince;
import dev.miroscim.directory.snapshots.OrganizationChanges;
import dev.miroscim.directory.snapshots.OrganizationChanges.BoardChanges;
import dev.miroscim.directory.snapshots.OrganizationChanges.GroupChanges;
import dev.miroscim.directory.snapshots.OrganizationChanges.PeopleChanges;
import dev.miroscim.directory.snapshots.OrganizationChanges.SeatsChange;
import dev.miroscim.directory.snapshots.OrganizationChanges.ValueChange;
import dev.miroscim.directory.snapshots.Snapshots;
import dev.miroscim.emulator.http.EmulatorApi;
import dev.miroscim.emulator.journal.RefusedCalls;
import dev.miroscim.emulator.snapshots.SnapshotController.SnapshotView;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Tells what has changed in an organisation since a snapshot. */
@RestController
@RequestMapping(
        path = EmulatorApi.BASE_PATH + "/organizations/{organization}/changes",
        produces = MediaType.APPLICATION_JSON_VALUE)
class ChangesController {

    private final ChangesSince changes;
    private final Snapshots snapshots;
    private final RefusedCalls refusedCalls;

    ChangesController(ChangesSince changes, Snapshots snapshots, RefusedCalls refusedCalls) {
        this.changes = changes;
        this.snapshots = snapshots;
        this.refusedCalls = refusedCalls;
    }

    /**
     * What has changed, and what has not because it was refused.
     *
     * @param refused the calls that were refused since, by rule
     */
    record ChangesView(
            SnapshotView since,
            PeopleChanges people,
            GroupChanges teams,
            GroupChanges userGroups,
            List<SeatsChange> seats,
            BoardChanges boards,
            List<ValueChange> settings,
            List<RefusedCalls.Count> refused) {

        static ChangesView of(OrganizationChanges changes, List<RefusedCalls.Count> refused) {
            return new ChangesView(
                    SnapshotView.of(changes.since()),
                    changes.people(),
                    changes.teams(),
                    changes.userGroups(),
                    changes.seats(),
                    changes.boards(),
                    changes.settings(),
                    refused);
        }
    }

    /** @param since the name of a snapshot; absent, the newest */
    @GetMapping
    ChangesView list(@PathVariable long organization, @RequestParam(required = false) @Nullable String since)
            throws InterruptedException {
        OrganizationChanges found = changes.compare(organization, since == null ? newest(organization) : since);
        return ChangesView.of(
                found, refusedCalls.since(organization, found.since().createdAt()));
    }

    private String newest(long organization) {
        var taken = snapshots.list(organization);
        if (taken.isEmpty()) {
            throw new RefusedException(
                    RefusedException.Kind.NOT_FOUND, "The organisation has no snapshot to compare with");
        }
        return taken.getLast().name();
    }
}

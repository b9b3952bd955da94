package dev.miroscim.emulator.snapshots;

import dev.miroscim.directory.snapshots.Snapshot;
import dev.miroscim.directory.snapshots.Snapshots;
import dev.miroscim.emulator.clock.SystemTime;
import dev.miroscim.emulator.http.EmulatorApi;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriUtils;

/** Takes snapshots of an organisation, and restores them. */
@RestController
@RequestMapping(
        path = EmulatorApi.BASE_PATH + "/organizations/{organization}/snapshots",
        produces = MediaType.APPLICATION_JSON_VALUE)
class SnapshotController {

    /** Names are parts of paths, where other characters would have to be encoded. */
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_-][\\p{L}\\p{N}_. -]{0,59}");

    private final Snapshots snapshots;

    SnapshotController(Snapshots snapshots) {
        this.snapshots = snapshots;
    }

    /** A snapshot to be taken. */
    record NewSnapshot(@Nullable String name) {}

    /**
     * A snapshot.
     *
     * @param people how many people were in the organisation, guests included
     */
    record SnapshotView(String name, Instant createdAt, long people) {

        static SnapshotView of(Snapshot snapshot) {
            return new SnapshotView(snapshot.name(), snapshot.createdAt(), snapshot.people());
        }
    }

    /** Lists all snapshots, oldest first. */
    @GetMapping
    List<SnapshotView> list(@PathVariable long organization) {
        return snapshots.list(organization).stream().map(SnapshotView::of).toList();
    }

    /** Takes a snapshot, in place of an earlier one with this name. */
    @PostMapping
    ResponseEntity<SnapshotView> take(@PathVariable long organization, @RequestBody NewSnapshot wanted) {
        String name = wanted.name() == null ? "" : wanted.name().strip();
        if (!NAME.matcher(name).matches()) {
            throw EmulatorApi.invalid(
                    "name", "it must have 1 to 60 letters, digits, spaces or any of '_-.', and not begin with a dot");
        }
        Snapshot taken = snapshots.take(organization, name, SystemTime.now());
        return ResponseEntity.created(URI.create("%s/organizations/%d/snapshots/%s"
                        .formatted(
                                EmulatorApi.BASE_PATH,
                                organization,
                                UriUtils.encodePathSegment(name, StandardCharsets.UTF_8))))
                .body(SnapshotView.of(taken));
    }

    /** Shows a snapshot. */
    @GetMapping("/{snapshot}")
    SnapshotView get(@PathVariable long organization, @PathVariable String snapshot) {
        return SnapshotView.of(snapshots.get(organization, snapshot));
    }

    /** Deletes a snapshot. */
    @DeleteMapping("/{snapshot}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable long organization, @PathVariable String snapshot) {
        snapshots.delete(organization, snapshot);
    }

    /** Makes the organisation what it was when the snapshot was taken. Tokens stay valid. */
    @PostMapping("/{snapshot}/restore")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void restore(@PathVariable long organization, @PathVariable String snapshot) {
        snapshots.restore(organization, snapshot);
    }
}

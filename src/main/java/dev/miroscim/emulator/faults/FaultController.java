package dev.miroscim.emulator.faults;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.miroscim.directory.RefusedException;
import dev.miroscim.directory.organizations.Organizations;
import dev.miroscim.emulator.faults.InjectedFault.BrokenConnection;
import dev.miroscim.emulator.faults.InjectedFault.InjectedError;
import dev.miroscim.emulator.faults.NewFault.Connection;
import dev.miroscim.emulator.faults.NewFault.When;
import dev.miroscim.emulator.http.EmulatorApi;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
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
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Injects, shows and ends faults. */
@RestController
@RequestMapping(path = EmulatorApi.BASE_PATH + "/faults", produces = MediaType.APPLICATION_JSON_VALUE)
class FaultController {

    private final InjectedFaults faults;
    private final Organizations organizations;

    FaultController(InjectedFaults faults, Organizations organizations) {
        this.faults = faults;
        this.organizations = organizations;
    }

    /**
     * A fault; see {@link NewFault}.
     *
     * @param times how many calls it acts on; null for no limit
     * @param remaining how many calls it will still act on
     * @param hits how many calls it has acted on
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record FaultView(
            String id,
            @Nullable String organization,
            @Nullable String plane,
            @Nullable String method,
            @Nullable String path,
            @Nullable Long times,
            @Nullable Integer remaining,
            double probability,
            @Nullable Integer status,
            @Nullable String scimType,
            @Nullable String detail,
            @Nullable Integer retryAfter,
            @Nullable Long delayMs,
            When when,
            @Nullable Connection connection,
            @Nullable Instant expiresAt,
            long hits) {

        static FaultView of(InjectedFault fault) {
            InjectedError answer = fault.ending() instanceof InjectedError error ? error : null;
            return new FaultView(
                    Long.toString(fault.id()),
                    fault.organizationId() == null ? null : Long.toString(fault.organizationId()),
                    fault.plane() == null ? null : fault.plane().name().toLowerCase(Locale.ROOT),
                    fault.methods().isEmpty() ? null : String.join(",", fault.methods()),
                    fault.path(),
                    fault.remaining() == null ? null : fault.remaining() + fault.hits(),
                    fault.remaining(),
                    fault.probability(),
                    answer == null ? null : answer.status().value(),
                    answer == null ? null : answer.scimType(),
                    answer == null ? null : answer.detail(),
                    answer == null ? null : answer.retryAfter(),
                    fault.delay().isZero() ? null : fault.delay().toMillis(),
                    fault.afterTheCall() ? When.AFTER : When.BEFORE,
                    fault.ending() instanceof BrokenConnection ? Connection.RESET : null,
                    fault.expiresAt(),
                    fault.hits());
        }
    }

    /** Injects a fault, which acts on calls from now on. */
    @PostMapping
    ResponseEntity<FaultView> inject(@RequestBody NewFault wanted) {
        InjectedFault fault = faults.checked(wanted);
        if (fault.organizationId() != null) {
            requireOrganization(fault.organizationId());
        }
        faults.add(fault);
        FaultView view = FaultView.of(fault);
        return ResponseEntity.created(URI.create(EmulatorApi.BASE_PATH + "/faults/" + view.id()))
                .body(view);
    }

    /** Lists all faults, oldest first, including those that were used up or expired during the last day. */
    @GetMapping
    List<FaultView> list(@RequestParam(required = false) @Nullable Long organization) {
        return faults.list(organization).stream().map(FaultView::of).toList();
    }

    /** Shows a fault. */
    @GetMapping("/{id}")
    FaultView get(@PathVariable long id) {
        return faults.find(id).map(FaultView::of).orElseThrow(() -> noSuch(id));
    }

    /** Ends a fault. */
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable long id) {
        if (!faults.remove(id)) {
            throw noSuch(id);
        }
    }

    /** Ends all faults, or those of one organisation. */
    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void removeAll(@RequestParam(required = false) @Nullable Long organization) {
        faults.removeAll(organization);
    }

    private void requireOrganization(long id) {
        try {
            organizations.get(id);
        } catch (RefusedException e) {
            throw NewFault.noSuchOrganization(id);
        }
    }

    private static RuntimeException noSuch(long id) {
        return EmulatorApi.notFound("fault", Long.toString(id));
    }
}

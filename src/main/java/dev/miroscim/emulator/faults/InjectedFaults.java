package dev.miroscim.emulator.faults;

import dev.miroscim.access.TokenKind;
import dev.miroscim.emulator.Latest;
import dev.miroscim.emulator.http.PathPattern;
import dev.miroscim.http.Planes;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;

/** Knows the active faults, and decides which of them act on a call. */
@Service
class InjectedFaults implements SmartInitializingSingleton {

    private static final Logger log = LoggerFactory.getLogger(InjectedFaults.class);

    /**
     * Longer than any path of a plane. Matching a pattern with many wildcards against a longer path could take forever.
     */
    private static final int LONGEST_PATH = 500;

    private final FaultStore store;
    private final Planes planes;
    private final Clock clock;

    private final Latest<List<Active>> active = new Latest<>(List.of(), this::stored);

    InjectedFaults(FaultStore store, Planes planes, Clock clock) {
        this.store = store;
        this.planes = planes;
        this.clock = clock;
    }

    private record Active(InjectedFault fault, @Nullable Pattern path) {

        boolean matches(TokenKind plane, String method, String calledPath, @Nullable Long organization) {
            return fault.matches(plane, method, organization)
                    && (path == null
                            || calledPath.length() <= LONGEST_PATH
                                    && path.matcher(calledPath).find());
        }
    }

    /** Whether this instance knows of no faults. Every call asks, so this must be fast. */
    boolean areNone() {
        return active.value().isEmpty();
    }

    /**
     * The faults that act on a call, oldest first. Only the oldest fault that ends the call acts and is counted; of the
     * younger ones, only those act that merely delay.
     *
     * @param organization the organisation of the call's token
     */
    List<InjectedFault> take(TokenKind plane, String method, String path, @Nullable Long organization) {
        List<InjectedFault> applied = new ArrayList<>();
        boolean ended = false;
        for (Active candidate : active.value()) {
            InjectedFault fault = candidate.fault();
            if (ended && fault.ending() != null
                    || !candidate.matches(plane, method, path, organization)
                    || ThreadLocalRandom.current().nextDouble() >= fault.probability()) {
                continue;
            }
            if (store.take(fault.id(), clock.instant())) {
                applied.add(fault);
                ended |= fault.ending() != null;
            } else {
                read(); // it is used up
            }
        }
        return applied;
    }

    /** Validates a new fault, which acts only after it is added. */
    InjectedFault checked(NewFault wanted) {
        return wanted.checked(store.nextId(), clock.instant());
    }

    void add(InjectedFault fault) {
        store.insert(fault, clock.instant());
        read();
    }

    List<InjectedFault> list(@Nullable Long organizationId) {
        return store.list(organizationId);
    }

    Optional<InjectedFault> find(long id) {
        return store.find(id);
    }

    boolean remove(long id) {
        boolean removed = store.delete(id);
        read();
        return removed;
    }

    void removeAll(@Nullable Long organizationId) {
        store.deleteAll(organizationId);
        read();
    }

    /** Reads at the end of the start, so that the start does not wait for Hibernate earlier. */
    @Override
    public void afterSingletonsInstantiated() {
        read();
    }

    void read() {
        active.read();
    }

    private List<Active> stored() {
        return store.active(clock.instant()).stream()
                .map(fault -> new Active(
                        fault,
                        fault.path() == null
                                ? null
                                : Pattern.compile(PathPattern.regex(fault.path(), planes.basePaths()))))
                .toList();
    }

    /** Picks up faults that another instance added. */
    @Scheduled(fixedDelay = 1_000, initialDelay = 1_000)
    void follow() {
        try {
            read();
        } catch (RuntimeException e) {
            log.debug("The faults were not read", e);
        }
    }
}

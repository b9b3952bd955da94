package dev.miroscim.emulator.journal;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Streams the growing journal. A virtual thread per stream reads the table from the last entry that was sent. Thus a
 * stream has the calls of all instances, once each and in the journal's order, and continues after a reconnection.
 * Calls of this instance wake it up; those of others appear at its next check.
 */
@Component
class JournalStreams {

    private static final Logger log = LoggerFactory.getLogger(JournalStreams.class);

    /** Proxies close silent connections, and only writing reveals that a reader has gone. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private final Journal journal;
    private final Set<SseEmitter> open = ConcurrentHashMap.newKeySet();

    JournalStreams(Journal journal) {
        this.journal = journal;
    }

    /** Sends entries after the entry {@code after} until the reader disconnects. */
    SseEmitter open(EntryFilter filter, long after) {
        SseEmitter emitter = new SseEmitter(0L);
        Thread thread = Thread.ofVirtual().name("journal-stream").unstarted(() -> follow(emitter, filter, after));
        emitter.onCompletion(() -> {
            open.remove(emitter);
            thread.interrupt();
        });
        open.add(emitter);
        thread.start();
        return emitter;
    }

    int count() {
        return open.size();
    }

    /** Open streams would delay the end of the program. */
    @EventListener(ContextClosedEvent.class)
    void close() {
        List<SseEmitter> ending = List.copyOf(open);
        open.clear();
        ending.forEach(SseEmitter::complete);
    }

    private void follow(SseEmitter emitter, EntryFilter filter, long after) {
        try {
            send(emitter, filter, after);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // The container has noticed too and ends the request.
            log.debug("The client of a journal stream has disconnected", e);
            return;
        } catch (IllegalStateException e) {
            if (open.contains(emitter)) {
                log.warn("A journal stream failed", e);
            }
        } catch (DataAccessException | TransactionException e) {
            // The client reconnects and names the last call that it received.
            log.debug("A journal stream ended because the database is unavailable", e);
        } finally {
            open.remove(emitter);
        }
        emitter.complete();
    }

    private void send(SseEmitter emitter, EntryFilter filter, long after) throws IOException, InterruptedException {
        long last = after;
        long heard = System.nanoTime();
        // The first bytes tell the client that the stream is open.
        emitter.send(SseEmitter.event().comment("open"));
        while (open.contains(emitter)) {
            List<JournalEntry> entries = journal.after(last, filter);
            for (JournalEntry entry : entries) {
                emitter.send(SseEmitter.event().id(entry.id()).name("call").data(entry));
                last = Long.parseLong(entry.id());
                heard = System.nanoTime();
            }
            if (System.nanoTime() - heard > HEARTBEAT.toNanos()) {
                emitter.send(SseEmitter.event().comment("still here"));
                heard = System.nanoTime();
            }
        }
    }
}

package dev.miroscim.emulator.journal;

import dev.miroscim.emulator.organizations.OrganizationDeleted;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Deletes the journal entries of deleted organisations. */
@Component
class JournalCleanup {

    private static final Logger log = LoggerFactory.getLogger(JournalCleanup.class);

    private final Journal journal;

    JournalCleanup(Journal journal) {
        this.journal = journal;
    }

    @EventListener
    void forget(OrganizationDeleted deleted) throws InterruptedException {
        try {
            journal.delete(EntryFilter.of(deleted.organizationId()));
        } catch (DataAccessException | TransactionException e) {
            // The organisation is deleted; its entries will expire like all others.
            log.warn("The journal keeps the calls of a deleted organisation: {}", e.getMessage());
        }
    }
}

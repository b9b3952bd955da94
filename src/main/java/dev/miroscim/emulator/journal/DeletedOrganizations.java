package dev.miroscim.emulator.journal;

import dev.miroscim.emulator.organizations.OrganizationDeleted;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Forgets the calls of organisations that are no more. */
@Component
class DeletedOrganizations {

    private final Journal journal;

    DeletedOrganizations(Journal journal) {
        this.journal = journal;
    }

    @EventListener
    void forget(OrganizationDeleted deleted) throws InterruptedException {
        journal.delete(EntryFilter.of(deleted.organizationId()));
    }
}

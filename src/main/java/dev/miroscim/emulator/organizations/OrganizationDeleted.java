package dev.miroscim.emulator.organizations;

/** An organisation was deleted, so other modules can delete their data about it. */
public record OrganizationDeleted(long organizationId) {}

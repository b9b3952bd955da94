package dev.miroscim.emulator.organizations;

/** An organisation is no more, and what others keep of it has lost its meaning. */
public record OrganizationDeleted(long organizationId) {}

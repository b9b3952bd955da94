package dev.miroscim.directory;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.SequenceGenerator;
import java.time.Instant;
import java.util.SortedSet;
import java.util.TreeSet;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.SortNatural;
import org.jspecify.annotations.Nullable;

/** A person in one organisation. */
@Entity
@DynamicUpdate
public class Membership {

    /** Where a membership stands. A removed one is kept for the day on which the person comes back. */
    public enum Status {
        ACTIVE,
        DEACTIVATED,
        REMOVED
    }

    @Id
    @GeneratedValue
    @SequenceGenerator(sequenceName = "miro_id", allocationSize = 50)
    private Long id;

    @ManyToOne(fetch = FetchType.LAZY)
    private Organization organization;

    @ManyToOne(fetch = FetchType.LAZY)
    private Profile profile;

    @Enumerated(EnumType.STRING)
    private OrganizationRole role;

    @Enumerated(EnumType.STRING)
    private Status status;

    @Enumerated(EnumType.STRING)
    private License license;

    private @Nullable Instant licenseAssignedAt;

    private @Nullable String employeeNumber;
    private @Nullable String costCenter;
    private @Nullable String organizationUnit;
    private @Nullable String division;
    private @Nullable String department;
    private @Nullable Long managerId;
    private @Nullable String managerName;

    @ElementCollection
    @CollectionTable(name = "admin_role", joinColumns = @JoinColumn(name = "membership_id"))
    @Column(name = "name")
    @SortNatural
    private SortedSet<String> adminRoles = new TreeSet<>();

    private Instant createdAt;
    private Instant modifiedAt;
    private @Nullable Instant lastActivityAt;

    protected Membership() {}

    Membership(Organization organization, Profile profile, OrganizationRole role, License license, Instant now) {
        this.organization = organization;
        this.profile = profile;
        this.role = role;
        this.status = Status.ACTIVE;
        this.license = license;
        this.licenseAssignedAt = now;
        this.createdAt = now;
        this.modifiedAt = now;
    }
}

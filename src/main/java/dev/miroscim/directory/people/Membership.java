package dev.miroscim.directory.people;

import dev.miroscim.directory.MiroId;
import dev.miroscim.directory.StatementParameters;
import dev.miroscim.directory.organizations.License;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.Nullable;

/** A person in one organisation. */
@Entity
@DynamicUpdate
public class Membership {

    /** A removed membership is kept, so that the person can come back with the same id. */
    public enum Status {
        ACTIVE,
        DEACTIVATED,
        REMOVED
    }

    @Id
    @MiroId
    private Long id;

    private Long organizationId;

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

    private String[] adminRoles = {};

    private Instant createdAt;
    private Instant modifiedAt;
    private @Nullable Instant lastActivityAt;

    protected Membership() {}

    /** @param id the id, if it is decided already */
    public Membership(
            @Nullable Long id,
            long organizationId,
            Profile profile,
            OrganizationRole role,
            License license,
            Instant now) {
        this.id = id;
        this.organizationId = organizationId;
        this.profile = profile;
        this.role = role;
        this.status = Status.ACTIVE;
        this.license = license;
        this.licenseAssignedAt = now;
        this.createdAt = now;
        this.modifiedAt = now;
    }

    public long id() {
        return id;
    }

    /** The id that both planes show: the person's, the same in every organisation. */
    public long profileId() {
        return profile.id();
    }

    public long organizationId() {
        return organizationId;
    }

    public Profile profile() {
        return profile;
    }

    public OrganizationRole role() {
        return role;
    }

    public Status status() {
        return status;
    }

    public boolean active() {
        return status == Status.ACTIVE;
    }

    public License license() {
        return license;
    }

    public @Nullable Instant licenseAssignedAt() {
        return licenseAssignedAt;
    }

    /** Names of admin roles, next to the one organisation role. */
    public SortedSet<String> adminRoles() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(Arrays.asList(adminRoles)));
    }

    public @Nullable Long managerId() {
        return managerId;
    }

    public @Nullable Instant lastActivityAt() {
        return lastActivityAt;
    }

    /** The value of this attribute. */
    public @Nullable String text(UserAttribute attribute) {
        return switch (attribute) {
            case USER_NAME -> profile.email();
            case DISPLAY_NAME, NAME_FORMATTED -> profile.fullName().value();
            case GIVEN_NAME -> profile.fullName().givenName();
            case FAMILY_NAME -> profile.fullName().familyName();
            case USER_TYPE -> license.wireName();
            case PREFERRED_LANGUAGE -> profile.preferredLanguage();
            case PHOTO -> profile.photoUrl();
            case EMPLOYEE_NUMBER -> employeeNumber;
            case COST_CENTER -> costCenter;
            case ORGANIZATION -> organizationUnit;
            case DIVISION -> division;
            case DEPARTMENT -> department;
            case MANAGER -> managerId == null ? null : managerId.toString();
            case MANAGER_NAME -> managerName;
        };
    }

    /** Everything that a caller can change, to tell whether a request did. */
    public State state() {
        Map<UserAttribute, String> texts = new EnumMap<>(UserAttribute.class);
        for (UserAttribute attribute : UserAttribute.values()) {
            String text = text(attribute);
            if (text != null) {
                texts.put(attribute, text);
            }
        }
        return new State(texts, status, role, adminRoles());
    }

    public record State(
            Map<UserAttribute, String> texts, Status status, OrganizationRole role, SortedSet<String> adminRoles) {
        public boolean active() {
            return status == Status.ACTIVE;
        }
    }

    public boolean visible() {
        return status != Status.REMOVED && role.isMember();
    }

    public void wasActive(Instant lastActivityAt) {
        this.lastActivityAt = lastActivityAt;
    }

    /** Makes the person a plain member, new or again. */
    public void join(License license, Instant now) {
        if (status == Status.REMOVED) {
            createdAt = now;
        }
        role = OrganizationRole.INTERNAL_USER;
        status = Status.ACTIVE;
        assign(license, now);
        touch(now);
    }

    public void become(OrganizationRole role) {
        this.role = role;
    }

    public void become(Status status) {
        this.status = status;
    }

    public void assign(License license, Instant now) {
        if (this.license != license) {
            this.license = license;
            this.licenseAssignedAt = now;
        }
    }

    public void replaceAdminRoles(SortedSet<String> names) {
        adminRoles = names.toArray(String[]::new);
    }

    /** Keeps one of the {@linkplain UserAttribute#details() details}. */
    public void describe(UserAttribute attribute, @Nullable String value) {
        switch (attribute) {
            case PHOTO -> profile.changePhotoUrl(value);
            case PREFERRED_LANGUAGE -> profile.changePreferredLanguage(value);
            case EMPLOYEE_NUMBER -> employeeNumber = value;
            case COST_CENTER -> costCenter = value;
            case ORGANIZATION -> organizationUnit = value;
            case DIVISION -> division = value;
            case DEPARTMENT -> department = value;
            case MANAGER -> managerId = value == null ? null : Long.valueOf(value);
            case MANAGER_NAME -> managerName = value;
            default -> throw new IllegalArgumentException(attribute + " has rules of its own");
        }
    }

    public void touch(Instant now) {
        modifiedAt = now;
    }

    void setNew(StatementParameters parameters) throws SQLException {
        set(parameters.number(id).number(organizationId).number(profile.id()).time(createdAt));
    }

    /** Sets what can change, in the order of {@link PersonRows}. */
    void set(StatementParameters parameters) throws SQLException {
        parameters
                .constant(role)
                .constant(status)
                .constant(license)
                .time(licenseAssignedAt)
                .texts(adminRoles)
                .time(modifiedAt);
        for (UserAttribute attribute : UserAttribute.enterprise()) {
            if (attribute == UserAttribute.MANAGER) {
                parameters.number(managerId);
            } else {
                parameters.text(text(attribute));
            }
        }
    }
}

package dev.miroscim.directory.people;

import dev.miroscim.directory.MiroId;
import dev.miroscim.directory.StatementParameters;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.sql.SQLException;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.Nullable;

/** One person in all of Miro. The e-mail address is the identity; its case is kept but not compared. */
@Entity
@DynamicUpdate
public class Profile {

    @Id
    @MiroId
    private Long id;

    private Long universeId;
    private String email;
    private String fullName;
    private @Nullable String sentGivenName;
    private @Nullable String sentFamilyName;

    /** The parts as clients see them, for filters. The database derives them where they were never sent. */
    @Column(insertable = false, updatable = false)
    private @Nullable String givenName;

    @Column(insertable = false, updatable = false)
    private @Nullable String familyName;

    private @Nullable String photoUrl;
    private @Nullable String preferredLanguage;
    private boolean registered;

    protected Profile() {}

    /** @param id the id, if it is decided already */
    public Profile(@Nullable Long id, long universeId, String email, String fullName, boolean registered) {
        this.id = id;
        this.universeId = universeId;
        this.email = email;
        this.fullName = fullName;
        this.registered = registered;
    }

    /** The id that both planes show for this person. */
    public long id() {
        return id;
    }

    public String email() {
        return email;
    }

    /** The one name Miro keeps. */
    public FullName fullName() {
        boolean sent = sentGivenName != null || sentFamilyName != null;
        return new FullName(fullName, sent ? new FullName.Parts(sentGivenName, sentFamilyName) : null);
    }

    /** The name; null if the address stands in for it. */
    @Nullable
    public FullName ownName() {
        return fullName.equals(email) ? null : fullName();
    }

    public @Nullable String photoUrl() {
        return photoUrl;
    }

    public @Nullable String preferredLanguage() {
        return preferredLanguage;
    }

    /** Whether the person has ever completed the registration at Miro. */
    public boolean registered() {
        return registered;
    }

    public void changeEmail(String email) {
        this.email = email;
    }

    public void rename(FullName fullName) {
        this.fullName = fullName.value();
        FullName.Parts sent = fullName.sent();
        sentGivenName = sent == null ? null : sent.given();
        sentFamilyName = sent == null ? null : sent.family();
    }

    public void changePhotoUrl(@Nullable String photoUrl) {
        this.photoUrl = photoUrl;
    }

    public void changePreferredLanguage(@Nullable String preferredLanguage) {
        this.preferredLanguage = preferredLanguage;
    }

    public void register(boolean registered) {
        this.registered = registered;
    }

    /** Everything that can change by itself, to tell whether it did. */
    public State state() {
        return new State(email, fullName(), photoUrl, preferredLanguage);
    }

    public record State(
            String email,
            FullName name,
            @Nullable String photoUrl,
            @Nullable String preferredLanguage) {}

    void setNew(StatementParameters parameters) throws SQLException {
        set(parameters.number(id).number(universeId).flag(registered));
    }

    /** Sets what can change, in the order of {@link PersonRows}. */
    void set(StatementParameters parameters) throws SQLException {
        parameters
                .text(email)
                .text(fullName)
                .text(sentGivenName)
                .text(sentFamilyName)
                .text(photoUrl)
                .text(preferredLanguage);
    }
}

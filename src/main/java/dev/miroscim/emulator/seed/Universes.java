package dev.miroscim.emulator.seed;

import dev.miroscim.directory.organizations.Organizations;
import dev.miroscim.emulator.seed.SeedDocument.Person;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The universes that organisations share, with the labels that seeds and callers give them. */
@Component
public class Universes {

    private final JdbcClient database;
    private final Organizations organizations;

    Universes(JdbcClient database, Organizations organizations) {
        this.database = database;
        this.organizations = organizations;
    }

    /** The universe with this label, created on first use. */
    @Transactional
    public long labelled(String label) {
        database.sql("insert into universe (label, id) values (?, nextval('miro_id')) on conflict (label) do nothing")
                .param(label)
                .update();
        return database.sql("select id from universe where label = ?")
                .param(label)
                .query(Long.class)
                .single();
    }

    /** The labels of universes, by the universe's id. */
    @Transactional(readOnly = true)
    public Map<Long, String> labels() {
        Map<Long, String> labels = new HashMap<>();
        database.sql("select id, label from universe")
                .query((row, _) -> {
                    labels.put(row.getLong("id"), row.getString("label"));
                    return row;
                })
                .list();
        return labels;
    }

    /**
     * Removes ids from the seed that belong to other people now, or whose people have other ids now: people are shared
     * with other organisations and may have changed since.
     */
    SeedDocument.Organization withoutLostIds(long organizationId, SeedDocument.Organization seed) {
        List<Long> ids =
                seed.people().stream().map(Person::id).filter(Objects::nonNull).toList();
        if (ids.isEmpty()) {
            return seed;
        }
        Map<Long, String> emailsOfIds = new HashMap<>();
        Map<String, Long> idsOfEmails = new HashMap<>();
        database.sql("""
                        select id, lower(email) as email from profile
                        where id = any(:ids) or universe_id = :universe and lower(email) = any(:emails)
                        """)
                .param("ids", ids.toArray(Long[]::new))
                .param("universe", organizations.get(organizationId).universeId())
                .param("emails", seed.people().stream().map(Universes::email).toArray(String[]::new))
                .query((row, _) -> {
                    emailsOfIds.put(row.getLong("id"), row.getString("email"));
                    idsOfEmails.put(row.getString("email"), row.getLong("id"));
                    return row;
                })
                .list();
        return new SeedDocument.Organization(
                seed.name(),
                seed.settings(),
                seed.tokens(),
                seed.universe(),
                seed.teams(),
                seed.people().stream()
                        .map(person -> isLost(person, emailsOfIds, idsOfEmails) ? person.withId(null) : person)
                        .toList(),
                seed.userGroups(),
                seed.boards());
    }

    private static boolean isLost(Person person, Map<Long, String> emailsOfIds, Map<String, Long> idsOfEmails) {
        return person.id() != null
                && (!emailsOfIds.getOrDefault(person.id(), email(person)).equals(email(person))
                        || !idsOfEmails.getOrDefault(email(person), person.id()).equals(person.id()));
    }

    private static String email(Person person) {
        return person.email().strip().toLowerCase(Locale.ROOT);
    }
}

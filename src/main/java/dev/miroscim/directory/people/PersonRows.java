package dev.miroscim.directory.people;

import static java.util.stream.Collectors.joining;

import dev.miroscim.directory.StatementParameters;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * CTEs that write the two rows of one person, for statements that write more with them. Hibernate would need a statement
 * for each.
 */
public final class PersonRows {

    /** In the order of {@link Profile#set}. */
    private static final List<String> PROFILE =
            List.of("email", "full_name", "sent_given_name", "sent_family_name", "photo_url", "preferred_language");

    /** In the order of {@link Membership#set}. */
    private static final List<String> MEMBERSHIP = Stream.concat(
                    Stream.of("role", "status", "license", "license_assigned_at", "admin_roles", "modified_at"),
                    UserAttribute.enterprise().stream()
                            .map(attribute -> attribute.sqlColumn().replaceFirst("^m\\.", "")))
            .toList();

    /** Inserts a person who is new in the universe. The parameters are set by {@link #insert}. */
    public static final String INSERT = """
            new_profile as (
              insert into profile (id, universe_id, registered, %s) values (?, ?, ?, %s)),
            new_membership as (
              insert into membership (id, organization_id, profile_id, created_at, %s) values (?, ?, ?, ?, %s))
            """.formatted(
                    list(PROFILE, name -> name),
                    list(PROFILE, _ -> "?"),
                    list(MEMBERSHIP, name -> name),
                    list(MEMBERSHIP, _ -> "?"));

    /** Updates a person who is held. The parameters are set by {@link #update}. */
    public static final String UPDATE =
            """
            changed_profile as (update profile set %s where id = ? and ?),
            changed_membership as (update membership set %s where id = ? and ?)
            """.formatted(list(PROFILE, name -> name + " = ?"), list(MEMBERSHIP, name -> name + " = ?"));

    private PersonRows() {}

    private static String list(List<String> columns, Function<String, String> each) {
        return columns.stream().map(each).collect(joining(", "));
    }

    public static void insert(StatementParameters parameters, Membership person) throws SQLException {
        person.profile().setNew(parameters);
        person.setNew(parameters);
    }

    /** Leaves a row alone that has not changed. */
    public static void update(
            StatementParameters parameters, Membership person, boolean profileChanged, boolean membershipChanged)
            throws SQLException {
        person.profile().set(parameters);
        parameters.number(person.profileId()).flag(profileChanged);
        person.set(parameters);
        parameters.number(person.id()).flag(membershipChanged);
    }
}

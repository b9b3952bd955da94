package dev.miroscim.directory.organizations;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** How many organisations there are, and how many seats are left in those whose licences have a number of seats. */
@Component
public class SeatCounts {

    /** Settings name licences as Miro does, memberships by their constants. */
    private static final String CONSTANTS = Arrays.stream(License.values())
            .map(license -> "\"%s\": \"%s\"".formatted(license.wireName(), license.name()))
            .collect(Collectors.joining(", ", "{", "}"));

    private final JdbcClient database;

    SeatCounts(JdbcClient database) {
        this.database = database;
    }

    /** @param left one for each licence with a number of seats */
    public record Counts(long organizations, List<Left> left) {}

    /** @param seats how many seats are left; negative if an administrator gave more than there are */
    public record Left(long organizationId, License license, long seats) {}

    /**
     * Counts with one statement, for two seconds at most.
     *
     * @param most the number of organisations, the oldest first, whose seats are counted
     */
    @Transactional(readOnly = true, timeout = 2)
    public Counts read(int most) {
        List<Left> left = new ArrayList<>();
        long organizations = database.sql("""
                        with limited as (
                            select id, settings -> 'seats' as seats from organization
                            where settings -> 'seats' <> '{}' order by id limit :most)
                        select counted.organizations, limited.id, seat.license,
                            seat.number::bigint - (
                                select count(*) from membership where organization_id = limited.id
                                    and license = cast(:constants as jsonb) ->> seat.license and status = 'ACTIVE'
                                    and role in ('INTERNAL_ADMIN', 'INTERNAL_USER')) as seats
                        from (select count(*) as organizations from organization) as counted
                        left join limited on true
                        left join jsonb_each_text(limited.seats) as seat(license, number) on true
                        """)
                .param("most", most)
                .param("constants", CONSTANTS)
                .query((ResultSet rows) -> collect(rows, left));
        return new Counts(organizations, left);
    }

    private static long collect(ResultSet rows, List<Left> left) throws SQLException {
        long organizations = 0;
        while (rows.next()) {
            organizations = rows.getLong("organizations");
            String license = rows.getString("license");
            if (license != null) {
                left.add(new Left(rows.getLong("id"), License.of(license), rows.getLong("seats")));
            }
        }
        return organizations;
    }
}

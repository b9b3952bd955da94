package dev.miroscim.emulator.seed;

import java.io.StringReader;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Stores the seed of each organisation for later resets. */
@Component
class StoredSeeds {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JdbcClient database;

    StoredSeeds(JdbcClient database) {
        this.database = database;
    }

    void keep(long organizationId, SeedDocument.Organization seed) {
        database.sql("""
                        insert into organization_seed (organization_id, document) values (:organization, :document)
                        on conflict (organization_id) do update set document = excluded.document
                        """)
                .param("organization", organizationId)
                .param("document", JSON.writeValueAsString(seed))
                .update();
    }

    SeedDocument.Organization of(long organizationId) {
        return database.sql("select document from organization_seed where organization_id = ?")
                .param(organizationId)
                .query(String.class)
                .optional()
                .map(document -> SeedReader.readExport("the stored seed", () -> new StringReader(document)))
                .map(document -> document.organizations().getFirst())
                .orElse(SeedDocument.Organization.EMPTY);
    }
}

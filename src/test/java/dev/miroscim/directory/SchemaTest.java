package dev.miroscim.directory;

import static org.assertj.core.api.Assertions.assertThatCode;

import dev.miroscim.MiroScimTest;
import jakarta.persistence.EntityManagerFactory;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * No start compares the entities with the tables that Flyway makes: it would have to wait for the one before the other.
 */
@MiroScimTest
class SchemaTest {

    @Test
    void tablesAreAsTheEntitiesWantThem(@Autowired EntityManagerFactory entities) {
        assertThatCode(() -> entities.getSchemaManager().validate()).doesNotThrowAnyException();
    }
}

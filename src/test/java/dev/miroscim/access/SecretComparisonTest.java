package dev.miroscim.access;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.security.MessageDigest;
import org.junit.jupiter.api.Test;

/** The duration of a comparison says nothing about a token or the admin password. */
class SecretComparisonTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.miroscim.access", "dev.miroscim.emulator");

    @Test
    void comparesHashesInConstantTime() {
        classes()
                .that()
                .haveSimpleName("TokenDigest")
                .or()
                .haveSimpleName("PasswordCheck")
                .should()
                .callMethod(MessageDigest.class, "isEqual", byte[].class, byte[].class)
                .check(CLASSES);
    }

    @Test
    void noTokenIsComparedAsText() {
        noClasses()
                .that()
                .haveSimpleNameContaining("Token")
                .should()
                .callMethod(String.class, "equals", Object.class)
                .orShould()
                .callMethod(String.class, "equalsIgnoreCase", String.class)
                .orShould()
                .callMethod(String.class, "compareTo", String.class)
                .orShould()
                .callMethod(String.class, "startsWith", String.class)
                .check(CLASSES);
    }

    @Test
    void digest_isOfItsTokenAlone() {
        TokenDigest digest = TokenDigest.of("token");
        assertThat(digest.isOf(TokenDigest.of("token").bytes())).isTrue();
        assertThat(digest.isOf(TokenDigest.of("token2").bytes())).isFalse();
        assertThat(digest.isOf(new byte[0])).isFalse();
        assertThat(digest.hex()).doesNotContain("token");
    }
}

package dev.miroscim;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.modulith.docs.Documenter;
import org.springframework.util.ClassUtils;

/** Modules use only what their package descriptions allow, and nothing of each other's inside. */
class ModularityTest {

    private final ApplicationModules modules = ApplicationModules.of(MiroScim.class);

    @Test
    void modulesKeepToTheirBoundaries() {
        modules.verify();
    }

    /** Arrows between the topics of a module point one way, so that each can be read without those above it. */
    @ParameterizedTest
    @ValueSource(strings = {"directory", "scim", "emulator"})
    void topicsOfAModuleAreFreeOfCircles(String module) {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.miroscim." + module);
        SlicesRuleDefinition.slices()
                .matching("dev.miroscim." + module + ".(*)..")
                .should()
                .beFreeOfCycles()
                .check(classes);
    }

    /** What all topics of the directory share knows none of them. */
    @Test
    void theRootOfTheDirectoryKnowsNoTopic() {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.miroscim.directory");
        ArchRuleDefinition.noClasses()
                .that()
                .resideInAPackage("dev.miroscim.directory")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.miroscim.directory.*..")
                .check(classes);
    }

    /** Where nothing validates beans, {@code @Valid} would do nothing; without its classes, nobody can write it. */
    @Test
    void annotationsOfBeanValidationCannotBeUsed() {
        assertThat(ClassUtils.isPresent("jakarta.validation.Valid", null)).isFalse();
    }

    /** The pictures are at target/spring-modulith-docs. */
    @Test
    void modulesAreDrawn() {
        new Documenter(modules).writeModulesAsPlantUml().writeIndividualModulesAsPlantUml();
    }
}

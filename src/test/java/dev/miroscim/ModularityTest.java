package dev.miroscim;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.modulith.docs.Documenter;

/** Modules use only what their package descriptions allow, and nothing of each other's inside. */
class ModularityTest {

    private final ApplicationModules modules = ApplicationModules.of(MiroScim.class);

    @Test
    void modulesKeepToTheirBoundaries() {
        modules.verify();
    }

    /** The pictures are at target/spring-modulith-docs. */
    @Test
    void modulesAreDrawn() {
        new Documenter(modules).writeModulesAsPlantUml().writeIndividualModulesAsPlantUml();
    }
}

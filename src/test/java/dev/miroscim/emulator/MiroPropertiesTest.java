package dev.miroscim.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class MiroPropertiesTest {

    @Test
    void areSetByTheVariablesThatAreDocumented() {
        var properties = bind(Map.of(
                "MIRO_SCIM_TOKEN", "scim",
                "MIRO_REST_TOKEN", "rest",
                "MIRO_ADMIN_PASSWORD", "admin",
                "MIRO_SEED", "seed.yml"));
        assertThat(properties).isEqualTo(new MiroProperties("scim", "rest", "admin", Path.of("seed.yml")));
    }

    @Test
    void areNotSetByEmptyVariables() {
        var properties = bind(Map.of("MIRO_SCIM_TOKEN", "", "MIRO_SEED", ""));
        assertThat(properties).isEqualTo(new MiroProperties(null, null, null, null));
    }

    private static MiroProperties bind(Map<String, Object> variables) {
        var environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
        ConfigurationPropertySources.attach(environment);
        return Binder.get(environment).bindOrCreate("miro", MiroProperties.class);
    }
}

package dev.miroscim.access;

import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Chooses in a bean method, because conditions such as @ConditionalOnProperty are evaluated when the program is built.
 */
@Configuration(proxyBeanMethods = false)
class RateLimitsConfiguration {

    enum Enforced {
        OFF,
        DOCUMENTED
    }

    @ConfigurationProperties("miro")
    record Settings(@DefaultValue("off") Enforced rateLimits) {}

    @Bean
    RateLimits rateLimits(Settings settings, DataSource database, Clock clock) {
        return switch (settings.rateLimits()) {
            case OFF -> new UnlimitedRates(clock);
            case DOCUMENTED -> new DatabaseRates(database, clock);
        };
    }
}

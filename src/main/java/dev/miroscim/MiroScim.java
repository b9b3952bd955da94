package dev.miroscim;

import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

@SpringBootApplication
@ConfigurationPropertiesScan
public class MiroScim {
    public static void main(String[] args) {
        SpringApplication.run(MiroScim.class, args);
    }

    /** Ticks as finely as PostgreSQL stores, so that a time reads the same before and after it was stored. */
    @Bean
    static Clock clock() {
        return Clock.tick(Clock.systemUTC(), Duration.ofNanos(1_000));
    }
}

package dev.miroscim;

import dev.miroscim.startup.AotCache;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

@SpringBootApplication
@ConfigurationPropertiesScan
public class MiroScim {
    public static void main(String[] args) {
        AotCache.use();
        // Spring Boot would prepare an older Jackson too, which only the description needs.
        System.setProperty("spring.backgroundpreinitializer.ignore", "true");
        SpringApplication.run(MiroScim.class, args);
    }
}

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
        SpringApplication.run(MiroScim.class, args);
    }
}

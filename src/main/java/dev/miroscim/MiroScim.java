package dev.miroscim;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

@SpringBootApplication
@ConfigurationPropertiesScan
public class MiroScim {
    public static void main(String[] args) {
        SpringApplication.run(MiroScim.class, args);
    }
}

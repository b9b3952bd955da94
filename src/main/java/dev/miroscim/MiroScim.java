package dev.miroscim;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
public class MiroScim {
    public static void main(String[] args) {
        SpringApplication.run(MiroScim.class, args);
    }
}

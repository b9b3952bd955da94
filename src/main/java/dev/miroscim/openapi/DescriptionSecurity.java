package dev.miroscim.openapi;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;

/**
 * The description is open, other than anything that it describes: it says what Miro's reference says, and nothing of
 * anybody's data.
 */
@Configuration(proxyBeanMethods = false)
class DescriptionSecurity {

    @Bean
    @Order(4)
    SecurityFilterChain description(HttpSecurity http) throws Exception {
        return http.securityMatcher(DescriptionController.PATH, DescriptionController.PATH + ".yaml")
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .build();
    }
}

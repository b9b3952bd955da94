package dev.miroscim.openapi;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import org.springdoc.core.converters.ModelConverterRegistrar;
import org.springdoc.core.properties.SpringDocConfigProperties;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.security.core.annotation.AuthenticationPrincipal;

/** What the description begins with, in {@link Springdoc}'s own context. */
@EnableConfigurationProperties(SpringDocConfigProperties.class)
class DescriptionBeginning {

    /** @param converters which nothing else would wake up before the first schema is made */
    @Bean
    OpenAPI openApi(ModelConverterRegistrar converters, @Value("${miro.public-url:}") String publicUrl) {
        SpringDocUtils.getConfig().addAnnotationsToIgnore(AuthenticationPrincipal.class);
        OpenAPI description = new OpenAPI()
                .info(new Info()
                        .title("miro-scim")
                        .summary("A stand-in for Miro's SCIM API and organization REST API")
                        .description("The SCIM API below /api/v1/scim and the REST API below /v1 and /v2 are Miro's,"
                                + " as miro-scim answers them. What is below /emulator is miro-scim's own.")
                        .version("0.1")
                        .license(new License().name("Apache-2.0").identifier("Apache-2.0")))
                .components(new Components());
        return publicUrl.isBlank() ? description : description.servers(List.of(new Server().url(publicUrl.strip())));
    }
}

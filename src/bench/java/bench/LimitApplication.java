package bench;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The least that a Spring MVC server with a database does for a request. Has the program's settings of Tomcat. */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration({
    TomcatServletWebServerAutoConfiguration.class,
    DispatcherServletAutoConfiguration.class,
    WebMvcAutoConfiguration.class,
    HttpMessageConvertersAutoConfiguration.class,
    JacksonAutoConfiguration.class,
    DataSourceAutoConfiguration.class,
    JdbcTemplateAutoConfiguration.class,
    JdbcClientAutoConfiguration.class,
    DataSourceTransactionManagerAutoConfiguration.class,
    TransactionAutoConfiguration.class,
})
@Import(LimitApplication.Controller.class)
class LimitApplication {

    static void main(String[] arguments) {
        SpringApplication.run(LimitApplication.class, arguments);
    }

    @RestController
    static class Controller {

        private final JdbcClient database;
        private final TransactionTemplate transaction;
        private final AtomicLong ids = new AtomicLong();

        Controller(JdbcClient database, PlatformTransactionManager transactions) {
            this.database = database;
            this.transaction = new TransactionTemplate(transactions);
            this.ids.set(database.sql("select coalesce(max(id), 0) from limits.written")
                    .query(Long.class)
                    .single());
        }

        @GetMapping("/rows/{id}")
        Map<String, String> read(@PathVariable long id) {
            return Map.of(
                    "id",
                    Long.toString(id),
                    "document",
                    database.sql("select document from limits.row where id = ?")
                            .param(id)
                            .query(String.class)
                            .single());
        }

        @RequestMapping(
                path = "/rows",
                method = {RequestMethod.POST, RequestMethod.PATCH})
        @ResponseStatus(HttpStatus.CREATED)
        Map<String, Object> write(@RequestBody Map<String, Object> body) {
            long id = ids.incrementAndGet();
            String document = body.toString();
            transaction.executeWithoutResult(_ -> {
                database.sql("insert into limits.written (id, document) values (?, ?)")
                        .params(id, document)
                        .update();
                database.sql("insert into limits.trail (id, written, document) values (?, ?, ?)")
                        .params(id, id, document)
                        .update();
            });
            return Map.of("id", Long.toString(id), "document", body);
        }
    }
}

package dev.miroscim.startup.postgres;

import java.nio.file.Path;

/** The PostgreSQL that all tests share, once the first of them has started the program. */
public final class SharedPostgres {

    private SharedPostgres() {}

    public static String url() {
        return server().jdbcUrl();
    }

    public static String username() {
        return PostgresServer.USER;
    }

    public static String password() {
        return server().password();
    }

    private static PostgresServer server() {
        return EmbeddedDatabase.server(Path.of(""));
    }
}

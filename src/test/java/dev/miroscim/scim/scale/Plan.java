package dev.miroscim.scim.scale;

import dev.miroscim.Statements.Parameter;
import dev.miroscim.Statements.Sent;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How PostgreSQL carries out a statement. */
record Plan(Sent statement, JsonNode root) {

    private static final JsonMapper JSON = new JsonMapper();

    /** Carries out what the program sent once more, and tells how; with the plan for these parameters. */
    static Plan custom(Sent statement, DataSource dataSource) {
        return explain(statement, "force_custom_plan", dataSource);
    }

    /** As {@link #custom}, with the plan for any parameters, which a statement that is sent often gets. */
    static Plan generic(Sent statement, DataSource dataSource) {
        return explain(statement, "force_generic_plan", dataSource);
    }

    /** The tables that are read from their beginning to their end. */
    List<String> tablesReadWhole() {
        return nodes(root)
                .filter(node -> node.path("Node Type").asString().equals("Seq Scan"))
                .map(node -> node.path("Relation Name").asString())
                .toList();
    }

    /** How many rows of these tables were looked at, whether they were of use or not. */
    long rowsRead(Set<String> tables) {
        return nodes(root)
                .filter(node -> tables.contains(node.path("Relation Name").asString()))
                .mapToLong(node -> (long) (node.path("Actual Loops").asDouble()
                        * (node.path("Actual Rows").asDouble()
                                + node.path("Rows Removed by Filter").asDouble(0)
                                + node.path("Rows Removed by Index Recheck").asDouble(0))))
                .sum();
    }

    @Override
    public String toString() {
        return statement + "\n" + outline(root, "");
    }

    private static String outline(JsonNode node, String indent) {
        String name = Stream.of("Node Type", "Index Name", "Relation Name")
                .filter(node::has)
                .map(part -> node.path(part).asString())
                .collect(Collectors.joining(" "));
        return "%s%s: %s rows, %s times, %s for nothing%n"
                        .formatted(
                                indent,
                                name,
                                node.path("Actual Rows"),
                                node.path("Actual Loops"),
                                node.path("Rows Removed by Filter").asString("0"))
                + node.path("Plans")
                        .valueStream()
                        .map(child -> outline(child, indent + "  "))
                        .collect(Collectors.joining());
    }

    private static Stream<JsonNode> nodes(JsonNode node) {
        return Stream.concat(Stream.of(node), node.path("Plans").valueStream().flatMap(Plan::nodes));
    }

    private static Plan explain(Sent statement, String mode, DataSource dataSource) {
        boolean reads = statement.sql().startsWith("select") || statement.sql().startsWith("with blocks");
        try (Connection connection = dataSource.getConnection();
                Statement session = connection.createStatement()) {
            session.execute("set local plan_cache_mode = " + mode);
            session.execute("prepare explained" + types(statement, connection) + " as " + numbered(statement.sql()));
            try (ResultSet plan = session.executeQuery("explain (format json" + (reads ? ", analyze, timing off" : "")
                    + ") execute explained" + values(statement))) {
                plan.next();
                return new Plan(
                        statement, JSON.readTree(plan.getString(1)).path(0).path("Plan"));
            } finally {
                connection.rollback();
                session.execute("deallocate all");
                connection.rollback();
            }
        } catch (SQLException | ReflectiveOperationException e) {
            throw new IllegalStateException(statement.toString(), e);
        }
    }

    private static String types(Sent statement, Connection connection)
            throws SQLException, ReflectiveOperationException {
        if (statement.parameters().isEmpty()) {
            return "";
        }
        try (PreparedStatement prepared = connection.prepareStatement(statement.sql())) {
            for (Parameter parameter : statement.parameters().values()) {
                parameter.set(prepared);
            }
            ParameterMetaData metadata = prepared.getParameterMetaData();
            List<String> types = new ArrayList<>();
            for (int i = 1; i <= metadata.getParameterCount(); i++) {
                types.add(metadata.getParameterTypeName(i));
            }
            return " (" + String.join(", ", types) + ")";
        }
    }

    private static String values(Sent statement) {
        return statement.parameters().isEmpty()
                ? ""
                : statement.parameters().values().stream()
                        .map(parameter -> literal(parameter))
                        .collect(Collectors.joining(", ", " (", ")"));
    }

    private static String literal(Parameter parameter) {
        Object value = parameter.setter().getName().equals("setNull") ? null : parameter.value();
        return switch (value) {
            case null -> "null";
            case Number number -> number.toString();
            case Boolean flag -> flag.toString();
            case Timestamp time -> quoted(time.toInstant().toString());
            case Array array -> quoted(array.toString());
            default -> quoted(value.toString());
        };
    }

    private static String quoted(@Nullable String text) {
        return "'" + String.valueOf(text).replace("'", "''") + "'";
    }

    /** With {@code $1} and so on in place of question marks, of which statements have no others. */
    private static String numbered(String sql) {
        StringBuilder numbered = new StringBuilder();
        int number = 0;
        for (char character : sql.toCharArray()) {
            if (character == '?') {
                number++;
                numbered.append('$').append(number);
            } else {
                numbered.append(character);
            }
        }
        return numbered.toString();
    }
}

package dev.miroscim.scim.query;

import dev.miroscim.directory.Texts;
import dev.miroscim.scim.ScimException;
import dev.miroscim.scim.filter.Literal;
import dev.miroscim.scim.filter.Operator;
import dev.miroscim.scim.patch.Element;
import jakarta.persistence.criteria.Expression;
import jakarta.persistence.criteria.Predicate;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The kinds of operands. */
public final class Operands {

    private static final char ESCAPE = '\\';

    private Operands() {}

    /** A text, compared in any case. */
    public record Text(Expression<String> column) implements Operand {

        @Override
        public Predicate compare(SqlBuilder sql, Operator operator, Literal literal) {
            Expression<String> actual = lower(sql, column);
            Expression<String> wanted = lower(sql, sql.value(Texts.composed(literal.text())));
            return switch (operator) {
                case CO -> like(sql, "%" + escaped(literal) + "%");
                case SW -> like(sql, escaped(literal) + "%");
                case EW -> like(sql, "%" + escaped(literal));
                default -> ordered(sql, operator, actual, wanted);
            };
        }

        @Override
        public Predicate present(SqlBuilder sql) {
            return sql.builder().isNotNull(column);
        }

        @Override
        public Expression<?> sortKey(SqlBuilder sql) {
            return lower(sql, column);
        }

        private Predicate like(SqlBuilder sql, String pattern) {
            return sql.builder().like(lower(sql, column), lower(sql, sql.value(pattern)), ESCAPE);
        }

        private static Expression<String> lower(SqlBuilder sql, Expression<String> text) {
            return sql.builder().lower(text);
        }

        private static String escaped(Literal literal) {
            return Texts.composed(literal.text()).replaceAll("[\\\\%_]", "\\\\$0");
        }
    }

    /** A number that SCIM represents as a string. */
    public record Id(Expression<Long> column) implements Operand {

        @Override
        public Predicate compare(SqlBuilder sql, Operator operator, Literal literal) {
            if (operator == Operator.EQ) {
                return number(literal.text())
                        .map(number -> sql.builder().equal(column, sql.value(number)))
                        .<Predicate>map(Function.identity())
                        .orElse(sql.never());
            }
            return new Text(column.cast(String.class)).compare(sql, operator, literal);
        }

        @Override
        public Predicate present(SqlBuilder sql) {
            return sql.builder().isNotNull(column);
        }

        @Override
        public Expression<?> sortKey(SqlBuilder sql) {
            return column;
        }

        /** An id has one spelling: 007 is not 7. */
        private static Optional<Long> number(String text) {
            try {
                return Optional.of(Long.parseLong(text))
                        .filter(number -> number.toString().equals(text));
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        }
    }

    /** The address of a resource: {@code base} followed by the id. */
    public record Location(String base, Expression<Long> id) implements Operand {

        @Override
        public Predicate compare(SqlBuilder sql, Operator operator, Literal literal) {
            String text = literal.text();
            if (operator == Operator.EQ) {
                return text.regionMatches(true, 0, base, 0, base.length())
                        ? new Id(id).compare(sql, operator, new Literal.Text(text.substring(base.length())))
                        : sql.never();
            }
            Expression<String> address = sql.builder().concat(sql.value(base), id.cast(String.class));
            return new Text(address).compare(sql, operator, literal);
        }

        @Override
        public Expression<?> sortKey(SqlBuilder sql) {
            return id;
        }
    }

    /** A point in time. */
    public record Time(Expression<Instant> column) implements Operand {

        @Override
        public Predicate compare(SqlBuilder sql, Operator operator, Literal literal) {
            Expression<Instant> wanted = sql.value(instant(literal.text()));
            if (operator.isSubstring()) {
                throw ScimException.invalidFilter("A time cannot be compared with '" + operator + "'");
            }
            return ordered(sql, operator, column, wanted);
        }

        @Override
        public Predicate present(SqlBuilder sql) {
            return sql.builder().isNotNull(column);
        }

        @Override
        public Expression<?> sortKey(SqlBuilder sql) {
            return column;
        }

        private static Instant instant(String text) {
            try {
                TemporalAccessor read =
                        DateTimeFormatter.ISO_DATE_TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
                OffsetDateTime time = read instanceof LocalDateTime local
                        ? local.atOffset(ZoneOffset.UTC)
                        : OffsetDateTime.from(read);
                if (time.getYear() >= 0 && time.getYear() <= 9999) {
                    return time.toInstant();
                }
            } catch (DateTimeException e) {
                throw ScimException.invalidFilter("'" + text + "' is not a time such as 2026-01-31T12:00:00Z");
            }
            throw ScimException.invalidFilter("'" + text + "' is not a time between the years 0 and 9999");
        }
    }

    /** A boolean. */
    public record Flag(Predicate yes, Predicate no) implements Operand {

        @Override
        public Predicate compare(SqlBuilder sql, Operator operator, Literal literal) {
            if (operator != Operator.EQ) {
                throw ScimException.invalidFilter("A boolean cannot be compared with '" + operator + "'");
            }
            boolean wanted = literal.asBoolean()
                    .orElseThrow(() -> ScimException.invalidFilter("true or false was expected, not " + literal));
            return wanted ? yes : no;
        }

        @Override
        public Expression<?> sortKey(SqlBuilder sql) {
            return sql.builder().selectCase().when(yes, 1).otherwise(0);
        }
    }

    /** One of a few values, each with a name in SCIM. */
    public record Choice<E>(Expression<E> column, List<E> values, Function<E, String> wireName) implements Operand {

        @Override
        public Predicate compare(SqlBuilder sql, Operator operator, Literal literal) {
            return among(
                    sql,
                    values.stream()
                            .filter(value ->
                                    Element.of("value", wireName.apply(value)).is("value", operator, literal))
                            .toList());
        }

        /** Whether the value is one of {@code chosen}. */
        public Predicate among(SqlBuilder sql, List<E> chosen) {
            if (chosen.isEmpty() || chosen.size() == values.size()) {
                return sql.when(!chosen.isEmpty());
            }
            if (chosen.size() == 1) {
                return sql.builder().equal(column, sql.constant(chosen.getFirst()));
            }
            return column.in(chosen.stream().map(sql::constant).toList().toArray(Expression<?>[]::new));
        }

        @Override
        public Expression<?> sortKey(SqlBuilder sql) {
            var key = sql.builder().<String>selectCase();
            for (E value : values) {
                key.when(sql.builder().equal(column, sql.constant(value)), sql.constant(key(value)));
            }
            return key.otherwise(sql.constant(""));
        }

        private String key(E value) {
            return Texts.folded(wireName.apply(value));
        }
    }

    /** A value that every resource has. */
    public static Operand always(String value) {
        Element element = Element.of("value", value);
        return new Operand() {
            @Override
            public Predicate compare(SqlBuilder sql, Operator operator, Literal literal) {
                return sql.when(element.is("value", operator, literal));
            }

            @Override
            public @Nullable Expression<?> sortKey(SqlBuilder sql) {
                return null;
            }
        };
    }

    /**
     * An attribute that no resource has. Entra's Test Connection may filter by any attribute and expects an empty list.
     */
    public static Operand never(String name) {
        return new Operand() {
            @Override
            public Predicate compare(SqlBuilder sql, Operator operator, Literal literal) {
                return sql.never();
            }

            @Override
            public Predicate present(SqlBuilder sql) {
                return sql.never();
            }

            @Override
            public Expression<?> sortKey(SqlBuilder sql) {
                throw ScimException.invalidValue("sortBy '" + name + "' is no attribute that a list can be sorted by");
            }
        };
    }

    private static <T extends Comparable<T>> Predicate ordered(
            SqlBuilder sql, Operator operator, Expression<T> actual, Expression<T> wanted) {
        return switch (operator) {
            case EQ -> sql.builder().equal(actual, wanted);
            case GT -> sql.builder().greaterThan(actual, wanted);
            case GE -> sql.builder().greaterThanOrEqualTo(actual, wanted);
            case LT -> sql.builder().lessThan(actual, wanted);
            case LE -> sql.builder().lessThanOrEqualTo(actual, wanted);
            case CO, SW, EW, NE -> throw new IllegalArgumentException(operator + " is not an order");
        };
    }
}

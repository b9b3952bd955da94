package dev.miroscim.scim.query;

import dev.miroscim.scim.ScimException;
import dev.miroscim.scim.filter.Literal;
import dev.miroscim.scim.filter.Operator;
import dev.miroscim.scim.patch.Element;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.Expression;
import jakarta.persistence.criteria.Predicate;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** The kinds of operands. */
public final class Operands {

    private static final char ESCAPE = '\\';

    private Operands() {}

    /** A text, compared without regard to case. */
    public record Text(Expression<String> column) implements Operand {

        @Override
        public Predicate compare(CriteriaBuilder sql, Operator operator, Literal literal) {
            if (literal.text().indexOf('\0') >= 0) {
                return sql.disjunction();
            }
            Expression<String> actual = sql.lower(column);
            Expression<String> wanted = sql.lower(sql.literal(literal.text()));
            return switch (operator) {
                case EQ -> sql.equal(actual, wanted);
                case NE -> sql.notEqual(actual, wanted);
                case CO -> like(sql, "%" + escaped(literal) + "%");
                case SW -> like(sql, escaped(literal) + "%");
                case EW -> like(sql, "%" + escaped(literal));
                case GT -> sql.greaterThan(actual, wanted);
                case GE -> sql.greaterThanOrEqualTo(actual, wanted);
                case LT -> sql.lessThan(actual, wanted);
                case LE -> sql.lessThanOrEqualTo(actual, wanted);
            };
        }

        @Override
        public Predicate present(CriteriaBuilder sql) {
            return sql.isNotNull(column);
        }

        @Override
        public Expression<?> sortKey(CriteriaBuilder sql) {
            return sql.lower(column);
        }

        private Predicate like(CriteriaBuilder sql, String pattern) {
            return sql.like(sql.lower(column), sql.lower(sql.literal(pattern)), ESCAPE);
        }

        private static String escaped(Literal literal) {
            return literal.text().replaceAll("[\\\\%_]", "\\\\$0");
        }
    }

    /** A number that SCIM shows as a text. */
    public record Id(Expression<Long> column) implements Operand {

        @Override
        public Predicate compare(CriteriaBuilder sql, Operator operator, Literal literal) {
            if (operator == Operator.EQ) {
                String text = literal.text();
                // An id has one spelling; 007 is not 7.
                return text.matches("[1-9][0-9]{0,17}|[1-8][0-9]{18}")
                        ? sql.equal(column, Long.parseLong(text))
                        : sql.disjunction();
            }
            return new Text(column.cast(String.class)).compare(sql, operator, literal);
        }

        @Override
        public Predicate present(CriteriaBuilder sql) {
            return sql.isNotNull(column);
        }

        @Override
        public Expression<?> sortKey(CriteriaBuilder sql) {
            return column;
        }
    }

    /** A point in time. */
    public record Time(Expression<Instant> column) implements Operand {

        @Override
        public Predicate compare(CriteriaBuilder sql, Operator operator, Literal literal) {
            Instant wanted = instant(literal.text());
            return switch (operator) {
                case EQ -> sql.equal(column, wanted);
                case NE -> sql.notEqual(column, wanted);
                case GT -> sql.greaterThan(column, wanted);
                case GE -> sql.greaterThanOrEqualTo(column, wanted);
                case LT -> sql.lessThan(column, wanted);
                case LE -> sql.lessThanOrEqualTo(column, wanted);
                case CO, SW, EW ->
                    throw ScimException.invalidFilter("A time cannot be compared with '" + operator + "'");
            };
        }

        @Override
        public Predicate present(CriteriaBuilder sql) {
            return sql.isNotNull(column);
        }

        @Override
        public Expression<?> sortKey(CriteriaBuilder sql) {
            return column;
        }

        private static Instant instant(String text) {
            try {
                OffsetDateTime time = OffsetDateTime.parse(text);
                if (time.getYear() >= 0 && time.getYear() <= 9999) {
                    return time.toInstant();
                }
            } catch (DateTimeException e) {
                throw ScimException.invalidFilter("'" + text + "' is no time such as 2026-01-31T12:00:00Z");
            }
            throw ScimException.invalidFilter("'" + text + "' is no time between the years 0 and 9999");
        }
    }

    /** Something that is so or not. */
    public record Flag(Predicate condition) implements Operand {

        @Override
        public Predicate compare(CriteriaBuilder sql, Operator operator, Literal literal) {
            boolean wanted = literal.asBoolean()
                    .orElseThrow(() -> ScimException.invalidFilter("true or false was expected, not " + literal));
            return switch (operator) {
                case EQ -> wanted ? condition : sql.not(condition);
                case NE -> wanted ? sql.not(condition) : condition;
                default ->
                    throw ScimException.invalidFilter("A boolean cannot be compared with '" + operator + "'");
            };
        }

        @Override
        public Predicate present(CriteriaBuilder sql) {
            return sql.conjunction();
        }

        @Override
        public Expression<?> sortKey(CriteriaBuilder sql) {
            return sql.selectCase().when(condition, 1).otherwise(0);
        }
    }

    /** One of a few values, each of which has a name on the wire. */
    public record Choice<E>(Expression<E> column, List<E> values, Function<E, String> wireName) implements Operand {

        @Override
        public Predicate compare(CriteriaBuilder sql, Operator operator, Literal literal) {
            List<E> matching = values.stream()
                    .filter(value -> Element.of("value", wireName.apply(value)).is("value", operator, literal))
                    .toList();
            return matching.isEmpty() ? sql.disjunction() : column.in(matching);
        }

        @Override
        public Predicate present(CriteriaBuilder sql) {
            return sql.conjunction();
        }

        @Override
        public Expression<?> sortKey(CriteriaBuilder sql) {
            return column;
        }
    }

    /** What every resource has the same. */
    public static Operand always(String... values) {
        return new Operand() {
            @Override
            public Predicate compare(CriteriaBuilder sql, Operator operator, Literal literal) {
                return Stream.of(values).anyMatch(value -> Element.of("value", value).is("value", operator, literal))
                        ? sql.conjunction()
                        : sql.disjunction();
            }

            @Override
            public Predicate present(CriteriaBuilder sql) {
                return sql.conjunction();
            }

            @Override
            public Expression<?> sortKey(CriteriaBuilder sql) {
                return sql.literal(1);
            }
        };
    }

    /** What no resource has. Entra's Test Connection may ask for an attribute of any name and wants an empty list. */
    public static Operand never(String name) {
        return new Operand() {
            @Override
            public Predicate compare(CriteriaBuilder sql, Operator operator, Literal literal) {
                return sql.disjunction();
            }

            @Override
            public Predicate present(CriteriaBuilder sql) {
                return sql.disjunction();
            }

            @Override
            public Expression<?> sortKey(CriteriaBuilder sql) {
                throw ScimException.invalidValue("sortBy '" + name + "' is no attribute that a list can be sorted by");
            }
        };
    }
}

package dev.miroscim.scim.query;

import dev.miroscim.directory.Sql;
import dev.miroscim.directory.Texts;
import dev.miroscim.scim.ScimException;
import dev.miroscim.scim.filter.Literal;
import dev.miroscim.scim.filter.Operator;
import dev.miroscim.scim.patch.Element;
import java.time.DateTimeException;
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

    private Operands() {}

    /** A text, compared in any case. */
    public record Text(Sql column) implements Operand {

        @Override
        public Sql compare(Operator operator, Literal literal) {
            return switch (operator) {
                case CO -> like("%" + escaped(literal) + "%");
                case SW -> like(escaped(literal) + "%");
                case EW -> like("%" + escaped(literal));
                default -> ordered(operator, lower(column), lower(Sql.value(Texts.composed(literal.text()))));
            };
        }

        @Override
        public Sql present() {
            return Sql.of("%s is not null", column);
        }

        @Override
        public Sql sortKey() {
            return lower(column);
        }

        private Sql like(String pattern) {
            return Sql.of("%s like %s escape '\\'", lower(column), lower(Sql.value(pattern)))
                    .asSelective();
        }

        private static Sql lower(Sql text) {
            return Sql.of("lower(%s)", text);
        }

        private static String escaped(Literal literal) {
            return Texts.composed(literal.text()).replaceAll("[\\\\%_]", "\\\\$0");
        }
    }

    /** A number that SCIM represents as a string. */
    public record Id(Sql column) implements Operand {

        @Override
        public Sql compare(Operator operator, Literal literal) {
            if (operator == Operator.EQ) {
                return number(literal.text())
                        .map(number -> ordered(operator, column, Sql.value(number)))
                        .orElse(Sql.FALSE);
            }
            return new Text(text(column)).compare(operator, literal);
        }

        @Override
        public Sql present() {
            return Sql.of("%s is not null", column);
        }

        @Override
        public Sql sortKey() {
            return column;
        }

        private static Sql text(Sql id) {
            return Sql.of("cast(%s as text)", id);
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
    public record Location(String base, Sql id) implements Operand {

        @Override
        public Sql compare(Operator operator, Literal literal) {
            String text = literal.text();
            if (operator == Operator.EQ) {
                return text.regionMatches(true, 0, base, 0, base.length())
                        ? new Id(id).compare(operator, new Literal.Text(text.substring(base.length())))
                        : Sql.FALSE;
            }
            return new Text(Sql.of("(%s || %s)", Sql.value(base), Id.text(id))).compare(operator, literal);
        }

        @Override
        public Sql sortKey() {
            return id;
        }
    }

    /** A point in time. */
    public record Time(Sql column) implements Operand {

        @Override
        public Sql compare(Operator operator, Literal literal) {
            Sql wanted = Sql.value(instant(literal.text()));
            if (operator.isSubstring()) {
                throw ScimException.invalidFilter("A time cannot be compared with '" + operator + "'");
            }
            return ordered(operator, column, wanted);
        }

        @Override
        public Sql present() {
            return Sql.of("%s is not null", column);
        }

        @Override
        public Sql sortKey() {
            return column;
        }

        private static OffsetDateTime instant(String text) {
            try {
                TemporalAccessor read =
                        DateTimeFormatter.ISO_DATE_TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
                OffsetDateTime time = read instanceof LocalDateTime local
                        ? local.atOffset(ZoneOffset.UTC)
                        : OffsetDateTime.from(read);
                if (time.getYear() >= 0 && time.getYear() <= 9999) {
                    return time.withOffsetSameInstant(ZoneOffset.UTC);
                }
            } catch (DateTimeException e) {
                throw ScimException.invalidFilter("'" + text + "' is not a time such as 2026-01-31T12:00:00Z");
            }
            throw ScimException.invalidFilter("'" + text + "' is not a time between the years 0 and 9999");
        }
    }

    /** A boolean. */
    public record Flag(Sql yes, Sql no) implements Operand {

        @Override
        public Sql compare(Operator operator, Literal literal) {
            if (operator != Operator.EQ) {
                throw ScimException.invalidFilter("A boolean cannot be compared with '" + operator + "'");
            }
            boolean wanted = literal.asBoolean()
                    .orElseThrow(() -> ScimException.invalidFilter("true or false was expected, not " + literal));
            return wanted ? yes : no;
        }

        @Override
        public Sql sortKey() {
            return Sql.of("case when %s then 1 else 0 end", yes);
        }
    }

    /** One of a few values, each with a name in SCIM. */
    public record Choice<E extends Enum<E>>(Sql column, List<E> values, Function<E, String> wireName)
            implements Operand {

        @Override
        public Sql compare(Operator operator, Literal literal) {
            return among(values.stream()
                    .filter(value -> Element.of("value", wireName.apply(value)).is("value", operator, literal))
                    .toList());
        }

        /** Whether the value is one of {@code chosen}. */
        public Sql among(List<E> chosen) {
            if (chosen.isEmpty() || chosen.size() == values.size()) {
                return Sql.when(!chosen.isEmpty());
            }
            Sql constants = chosen.stream()
                    .map(Sql::constant)
                    .reduce((left, right) -> Sql.of("%s, %s", left, right))
                    .orElseThrow();
            return Sql.of("%s in (%s)", column, constants);
        }

        @Override
        public Sql sortKey() {
            Sql key = Sql.of("''");
            for (E value : values.reversed()) {
                key = Sql.of(
                        "case when %s = %s then '" + key(value) + "' else %s end", column, Sql.constant(value), key);
            }
            return key;
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
            public Sql compare(Operator operator, Literal literal) {
                return Sql.when(element.is("value", operator, literal));
            }

            @Override
            public @Nullable Sql sortKey() {
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
            public Sql compare(Operator operator, Literal literal) {
                return Sql.FALSE;
            }

            @Override
            public Sql present() {
                return Sql.FALSE;
            }

            @Override
            public Sql sortKey() {
                throw ScimException.invalidValue("sortBy '" + name + "' is no attribute that a list can be sorted by");
            }
        };
    }

    private static Sql ordered(Operator operator, Sql actual, Sql wanted) {
        String comparison = switch (operator) {
            case EQ -> "%s = %s";
            case GT -> "%s > %s";
            case GE -> "%s >= %s";
            case LT -> "%s < %s";
            case LE -> "%s <= %s";
            case CO, SW, EW, NE -> throw new IllegalArgumentException(operator + " is not an order");
        };
        Sql condition = Sql.of(comparison, actual, wanted);
        return operator == Operator.EQ ? condition : condition.asSelective();
    }
}

package dev.miroscim.testkit;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A token to be generated.
 *
 * @param kind {@code scim} or {@code rest}
 * @param scopes the scopes of a REST token; null for all
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record NewToken(String kind, @Nullable List<String> scopes) {

    public static NewToken scim() {
        return new NewToken("scim", null);
    }

    public static NewToken rest(String... scopes) {
        return new NewToken("rest", scopes.length == 0 ? null : List.of(scopes));
    }
}

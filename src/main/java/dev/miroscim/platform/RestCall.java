package dev.miroscim.platform;

import dev.miroscim.access.Scope;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The price and the required scopes of a call, from Miro's reference. A handler without this annotation answers nobody.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface RestCall {

    /** The price of the call. */
    RateLimitLevel level();

    /** Whether every item in the body costs this price; the handler provides the number of items. */
    boolean perItem() default false;

    /** Whether callers without a token are accepted; a token that is sent must be valid. */
    boolean withoutToken() default false;

    /** The scopes that the token must have, all of them. */
    Scope[] scopes();
}

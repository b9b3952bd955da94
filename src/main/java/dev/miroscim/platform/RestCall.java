package dev.miroscim.platform;

import dev.miroscim.access.Scope;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The terms on which Miro's reference offers a call. A handler without them answers nobody. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface RestCall {

    /** What it takes of the credits. */
    RateLimitLevel level();

    /** Whether it takes that for every item in its body; the handler says for how many. */
    boolean perItem() default false;

    /** Whether it answers callers without a token, too; who sends one nevertheless has to send a valid one. */
    boolean withoutToken() default false;

    /** The scopes that the token has to have, all of them. */
    Scope[] scopes();
}

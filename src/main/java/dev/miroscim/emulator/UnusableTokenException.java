package dev.miroscim.emulator;

import dev.miroscim.access.TokenKind;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * A configured token cannot be issued. The message says which one and why, without the token itself, which Spring
 * Boot's own report would show.
 */
class UnusableTokenException extends RuntimeException {

    private final TokenKind kind;

    UnusableTokenException(TokenKind kind, @Nullable String reason) {
        super(reason);
        this.kind = kind;
    }

    static class Analyzer extends AbstractFailureAnalyzer<UnusableTokenException> {
        @Override
        protected FailureAnalysis analyze(Throwable rootFailure, UnusableTokenException cause) {
            String setting =
                    "miro.%s-token (MIRO_%s_TOKEN)".formatted(cause.kind.name().toLowerCase(Locale.ROOT), cause.kind);
            return new FailureAnalysis(
                    "The token of " + setting + " cannot be used. " + cause.getMessage() + ".",
                    "Choose another token, or leave the setting empty to have one generated.",
                    cause);
        }
    }
}

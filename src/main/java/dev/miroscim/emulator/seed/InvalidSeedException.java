package dev.miroscim.emulator.seed;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** A seed is invalid. The message has a line for each problem, with file, line and field. */
public class InvalidSeedException extends RuntimeException {

    InvalidSeedException(String message) {
        super(message);
    }

    /** Reports the failed start in Spring Boot's format, without a stack trace. */
    static class Analyzer extends AbstractFailureAnalyzer<InvalidSeedException> {
        @Override
        protected FailureAnalysis analyze(Throwable rootFailure, InvalidSeedException cause) {
            return new FailureAnalysis(
                    "The seed is invalid; none of it was applied.\n\n" + cause.getMessage(),
                    "Correct the file in miro.seed (MIRO_SEED), or start without it.",
                    cause);
        }
    }
}

package dev.miroscim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.miroscim.directory.MiroRule;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Looks back on a whole run; {@link RandomOrder} puts it behind all other classes. */
@Isolated("JUnit runs isolated classes after those that run in parallel")
class EveryRuleTest {

    @Test
    void wasSeenInAnAnswerOfThisRun() {
        assumeTrue(System.getProperty("test") == null, "Surefire was told to run only some of the tests");

        assertThat(Arrays.stream(MiroRule.values())
                        .map(MiroRule::id)
                        .filter(rule -> !SeenRules.ids().contains(rule)))
                .as("rules that no answer named")
                .isEmpty();
    }
}

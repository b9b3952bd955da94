package dev.miroscim.docker;

import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.parallel.Isolated;
import org.testcontainers.DockerClientFactory;

/**
 * A test of the image, in containers. Runs in the Maven profile {@code docker}, and only where a Docker engine answers.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(DockerTest.Answers.class)
@Isolated("fills the machine with containers")
@interface DockerTest {

    class Answers implements ExecutionCondition {

        private static final String NONE = "No Docker engine answers here, so the image is not tested.";
        private static final boolean ANSWERS = answers();

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return ANSWERS
                    ? ConditionEvaluationResult.enabled("a Docker engine answers")
                    : ConditionEvaluationResult.disabled(NONE);
        }

        /** Both the program {@code docker}, which builds the image, and Testcontainers have to reach one. */
        private static boolean answers() {
            boolean answers =
                    programReachesIt() && DockerClientFactory.instance().isDockerAvailable();
            if (!answers) {
                // Maven shows that tests were skipped, but not why.
                System.out.println(NONE);
            }
            return answers;
        }

        private static boolean programReachesIt() {
            try {
                return new ProcessBuilder("docker", "version")
                                .redirectErrorStream(true)
                                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                                .start()
                                .waitFor()
                        == 0;
            } catch (IOException e) {
                return false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }
}

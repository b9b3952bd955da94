package dev.miroscim;

import java.util.Comparator;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.ClassOrdererContext;

/** Runs test classes in random order, and {@link EveryRuleTest} as the last one. */
public final class RandomOrder implements ClassOrderer {

    private final ClassOrderer random = new ClassOrderer.Random();

    @Override
    public void orderClasses(ClassOrdererContext context) {
        random.orderClasses(context);
        context.getClassDescriptors()
                .sort(Comparator.comparing(test -> test.getTestClass().equals(EveryRuleTest.class)));
    }
}

package dev.miroscim.directory;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.annotation.Transactional;

/** A change is retried outside its transaction: within another one, that would be lost already. */
class DirectoryChangeTest {

    private static final JavaClasses PROGRAM = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.miroscim");

    @Test
    void noTransactionCallsAChange_thatWouldBeRetriedWithinIt() {
        List<String> nested = new ArrayList<>();
        List<JavaMethod> transactions = PROGRAM.stream()
                .flatMap(type -> type.getMethods().stream())
                .filter(DirectoryChangeTest::beginsTransaction)
                .toList();
        for (JavaMethod transaction : transactions) {
            for (JavaCodeUnit called : reachedFrom(transaction)) {
                // Calls within a class do not pass by the proxy that retries.
                if (isChange(called) && !called.getOwner().equals(transaction.getOwner())) {
                    nested.add(transaction.getFullName() + " -> " + called.getFullName());
                }
            }
        }

        assertThat(transactions).hasSizeGreaterThan(30);
        assertThat(nested).isEmpty();
    }

    private static Set<JavaCodeUnit> reachedFrom(JavaCodeUnit start) {
        Set<JavaCodeUnit> reached = new HashSet<>();
        Deque<JavaCodeUnit> next = new ArrayDeque<>(List.of(start));
        while (!next.isEmpty()) {
            next.pop()
                    .getCallsFromSelf()
                    .forEach(call -> call.getTarget()
                            .resolveMember()
                            .filter(target -> target.getOwner().getPackageName().startsWith("dev.miroscim"))
                            .filter(reached::add)
                            .ifPresent(next::push));
        }
        return reached;
    }

    private static boolean beginsTransaction(JavaMethod method) {
        return method.isAnnotatedWith(Transactional.class) || isChange(method);
    }

    private static boolean isChange(JavaCodeUnit method) {
        return method.isAnnotatedWith(DirectoryChange.class);
    }
}

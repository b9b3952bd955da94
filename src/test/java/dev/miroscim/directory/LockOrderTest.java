package dev.miroscim.directory;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.miroscim.MiroScimTest;
import dev.miroscim.TestOrganization;
import dev.miroscim.directory.LockOrder.Lock;
import dev.miroscim.directory.teams.Teams;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.transaction.support.TransactionOperations;

/** What would deadlock or could not be retried fails at once, wherever it is written. */
@MiroScimTest
class LockOrderTest {

    @Autowired
    ApplicationContext context;

    @Autowired
    TransactionOperations transactions;

    @Autowired
    Teams teams;

    @Test
    void locksInOrder_areTaken() {
        assertThatCode(() -> transactions.executeWithoutResult(_ -> {
                    LockOrder.take(Lock.TEAM, 1);
                    LockOrder.take(Lock.TEAM, 1);
                    LockOrder.take(Lock.MEMBERSHIP, 1);
                    LockOrder.take(Lock.ORGANIZATION, 1);
                }))
                .doesNotThrowAnyException();
    }

    @Test
    void aLockOutOfOrder_fails() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> transactions.executeWithoutResult(_ -> {
                    LockOrder.take(Lock.MEMBERSHIP, 1);
                    LockOrder.take(Lock.TEAM, 1);
                }))
                .withMessageContaining("TEAM is locked after");
    }

    @Test
    void eachOrganisation_hasAnOrderOfItsOwn() {
        assertThatCode(() -> transactions.executeWithoutResult(_ -> {
                    LockOrder.take(Lock.ORGANIZATION, 1);
                    LockOrder.take(Lock.TEAM, 2);
                }))
                .doesNotThrowAnyException();
    }

    @Test
    void whoHoldsEverything_locksPartsOfItInAnyOrder() {
        assertThatCode(() -> transactions.executeWithoutResult(_ -> {
                    LockOrder.takeAll(1);
                    LockOrder.take(Lock.ORGANIZATION, 1);
                    LockOrder.take(Lock.TEAM, 1);
                }))
                .doesNotThrowAnyException();
    }

    @Test
    void aChangeWithinATransaction_isRefused() {
        TestOrganization acme = TestOrganization.in(context).create();

        assertThatIllegalStateException()
                .isThrownBy(() -> transactions.executeWithoutResult(_ -> teams.create(acme.id(), "Nested")))
                .withMessageContaining("cannot be part of another transaction");
    }
}

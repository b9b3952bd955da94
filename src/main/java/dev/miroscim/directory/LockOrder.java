package dev.miroscim.directory;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The order in which a change locks rows, so that two changes, on one instance or on two, neither lose an update nor
 * deadlock: teams by ascending id, then user groups, then memberships by ascending id, each together with its profile,
 * and last the organisation. The organisation's row is locked only where a rule looks at more than one member (seats,
 * last admins, heirs of boards); its holder waits for nothing else.
 *
 * <p>A new name is also written to the rows of the person in groups, by a trigger. Those who add and remove such rows
 * hold the person, or no more than one group, which keeps them from waiting in a circle.
 *
 * <p>A change that empties an organisation holds all of it in this order, one such change after another by an advisory
 * lock of the universe. Whoever adds people takes the same lock before all others, but shares it.
 *
 * <p>Whoever locks rows says so here. Where assertions are enabled, as in tests, a lock out of order fails.
 */
public final class LockOrder {

    private static final Object KEY = new Object();

    private LockOrder() {}

    /** What is locked, in this order. */
    public enum Lock {
        TEAM,
        USER_GROUP,
        MEMBERSHIP,
        ORGANIZATION
    }

    /** The transaction is about to lock rows of this kind. */
    public static void take(Lock lock, long organizationId) {
        assert isInOrder(lock, organizationId) : lock + " is locked after " + held(organizationId);
    }

    /** The transaction holds everything in an organisation, and may lock parts of it again in any order. */
    public static void takeAll(long organizationId) {
        assert isInOrder(Lock.TEAM, organizationId) && held(organizationId).addAll(EnumSet.allOf(Lock.class));
    }

    private static boolean isInOrder(Lock lock, long organizationId) {
        Set<Lock> held = held(organizationId);
        boolean inOrder =
                held.size() == Lock.values().length || held.stream().allMatch(earlier -> earlier.compareTo(lock) <= 0);
        held.add(lock);
        return inOrder;
    }

    private static Set<Lock> held(long organizationId) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            return EnumSet.noneOf(Lock.class);
        }
        Held held = (Held) TransactionSynchronizationManager.getResource(KEY);
        if (held == null) {
            held = new Held(new HashMap<>());
            TransactionSynchronizationManager.bindResource(KEY, held);
            TransactionSynchronizationManager.registerSynchronization(held);
        }
        return held.locks().computeIfAbsent(organizationId, _ -> EnumSet.noneOf(Lock.class));
    }

    /** What one transaction has locked, by organisation. */
    private record Held(Map<Long, Set<Lock>> locks) implements TransactionSynchronization {

        @Override
        public void suspend() {
            TransactionSynchronizationManager.unbindResource(KEY);
        }

        @Override
        public void resume() {
            TransactionSynchronizationManager.bindResource(KEY, this);
        }

        @Override
        public void afterCompletion(int status) {
            TransactionSynchronizationManager.unbindResourceIfPossible(KEY);
        }
    }
}

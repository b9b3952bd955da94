package dev.miroscim.directory;

import jakarta.persistence.LockTimeoutException;
import jakarta.persistence.OptimisticLockException;
import jakarta.persistence.PessimisticLockException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.hibernate.exception.ConstraintViolationException;
import org.hibernate.exception.LockAcquisitionException;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.resilience.annotation.Retryable;
import org.springframework.transaction.annotation.Transactional;

/**
 * A change of the directory: one transaction that is tried again when it loses a race. If another transaction has
 * just taken an e-mail address or a name, the second attempt finds it taken and the rule refuses.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Transactional
@Retryable(
        includes = {
            ConcurrencyFailureException.class,
            ConstraintViolationException.class,
            DataIntegrityViolationException.class,
            LockAcquisitionException.class,
            LockTimeoutException.class,
            OptimisticLockException.class,
            PessimisticLockException.class
        },
        maxRetries = 4,
        delay = 10,
        jitter = 10,
        multiplier = 2)
public @interface DirectoryChange {}

package dev.miroscim.directory;

import org.aopalliance.intercept.MethodInterceptor;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.annotation.AnnotationMatchingPointcut;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.core.Ordered;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.data.repository.config.BootstrapMode;
import org.springframework.resilience.annotation.EnableResilientMethods;
import org.springframework.transaction.support.TransactionSynchronizationManager;

@Configuration(proxyBeanMethods = false)
@EnableResilientMethods
@EnableJpaRepositories(
        basePackageClasses = DirectoryConfiguration.class,
        enableDefaultTransactions = false,
        bootstrapMode = BootstrapMode.LAZY)
class DirectoryConfiguration {

    /** Refuses changes within a transaction: a race that they lose is lost for all of it, so no retry can win it. */
    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static DefaultPointcutAdvisor noChangeWithinTransaction() {
        MethodInterceptor refuse = change -> {
            if (TransactionSynchronizationManager.isActualTransactionActive()) {
                throw new IllegalStateException(
                        change.getMethod() + " is retried as a whole and cannot be part of another transaction");
            }
            return change.proceed();
        };
        var advisor = new DefaultPointcutAdvisor(
                AnnotationMatchingPointcut.forMethodAnnotation(DirectoryChange.class), refuse);
        advisor.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return advisor;
    }
}

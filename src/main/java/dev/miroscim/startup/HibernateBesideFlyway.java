package dev.miroscim.startup;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;

/**
 * Lets Hibernate initialize in the background while Flyway migrates the database; Spring Boot would make it wait. It
 * asks nothing of the database meanwhile. Only transactions need the tables, and so wait for Flyway.
 */
@Component
class HibernateBesideFlyway implements BeanFactoryPostProcessor, Ordered {

    private static final String HIBERNATE = "entityManagerFactory";
    private static final String FLYWAY = "flywayInitializer";

    /** After Spring Boot has decided who waits for whom. */
    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        BeanDefinition hibernate = beans.getBeanDefinition(HIBERNATE);
        hibernate.setDependsOn();
        beans.getBeanDefinition(FLYWAY).setDependsOn(HIBERNATE);
        beans.getBeanDefinition("transactionManager").setDependsOn(FLYWAY);
    }
}

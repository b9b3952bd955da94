package dev.miroscim.startup;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;

/**
 * Has Hibernate begin before Flyway, where Spring Boot has it wait. It prepares itself in the background and asks
 * nothing of the database, which costs a start seconds less. What the tables must be there for are transactions.
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

package dev.miroscim.directory;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Properties;
import org.hibernate.annotations.IdGeneratorType;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.generator.EventType;
import org.hibernate.generator.GeneratorCreationContext;
import org.hibernate.id.OptimizableGenerator;
import org.hibernate.id.enhanced.SequenceStyleGenerator;

/** An id like Miro's, taken from the one sequence of all of them unless a seed has decided it. */
@IdGeneratorType(MiroId.Generator.class)
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
public @interface MiroId {

    /** Takes fifty ids at a time. */
    class Generator extends SequenceStyleGenerator {

        @Override
        public void configure(GeneratorCreationContext context, Properties parameters) {
            parameters.put(SEQUENCE_PARAM, "miro_id");
            parameters.put(OptimizableGenerator.INCREMENT_PARAM, "50");
            super.configure(context, parameters);
        }

        @Override
        public boolean allowAssignedIdentifiers() {
            return true;
        }

        @Override
        public Object generate(
                SharedSessionContractImplementor session, Object entity, Object decided, EventType eventType) {
            return decided == null ? generate(session, entity) : decided;
        }
    }
}

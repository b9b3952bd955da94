package dev.miroscim.directory;

import jakarta.persistence.QueryHint;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.hibernate.jpa.HibernateHints;
import org.springframework.data.jpa.repository.QueryHints;

/** A query of a repository whose entities are shown and not changed, so that Hibernate keeps no copy of them. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@QueryHints(@QueryHint(name = HibernateHints.HINT_READ_ONLY, value = "true"))
public @interface ReadOnly {}

package dev.miroscim.directory.organizations;

import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The universes of people that organisations share, under the labels that seeds and callers give them. */
@Service
public class Universes {

    private final EntityManager entities;

    Universes(EntityManager entities) {
        this.entities = entities;
    }

    /** The universe with this label, which exists from the first time that somebody asks for it. */
    @Transactional
    public long labelled(String label) {
        entities.createNativeQuery("""
                        insert into universe (label, id) values (:label, nextval('miro_id'))
                        on conflict (label) do nothing
                        """).setParameter("label", label).executeUpdate();
        return (Long) entities.createNativeQuery("select id from universe where label = :label", Long.class)
                .setParameter("label", label)
                .getSingleResult();
    }

    /** The labels of all universes that have one. */
    @Transactional(readOnly = true)
    public Map<Long, String> labels() {
        Map<Long, String> labels = new HashMap<>();
        List<?> universes = entities.createNativeQuery("select id, label from universe", Tuple.class)
                .getResultList();
        for (Object universe : universes) {
            Tuple row = (Tuple) universe;
            labels.put(row.get("id", Long.class), row.get("label", String.class));
        }
        return labels;
    }
}

package dev.miroscim.directory.usergroups;

import dev.miroscim.directory.people.Membership;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.ManyToOne;

/** A person's membership of a user group. */
@Entity
@IdClass(UserGroupMember.Key.class)
public class UserGroupMember {

    record Key(Long userGroup, Long membership) {}

    @Id
    @ManyToOne(fetch = FetchType.LAZY)
    private UserGroup userGroup;

    @Id
    @ManyToOne(fetch = FetchType.LAZY)
    private Membership membership;

    protected UserGroupMember() {}
}

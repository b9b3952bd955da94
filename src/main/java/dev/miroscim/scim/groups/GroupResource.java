package dev.miroscim.scim.groups;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.miroscim.directory.groups.Group;
import dev.miroscim.directory.groups.MemberRef;
import dev.miroscim.scim.Meta;
import dev.miroscim.scim.schema.Schemas;
import java.util.List;

/** A group as SCIM shows it, in Miro's order of members. */
@JsonPropertyOrder({"schemas", "id", "meta", "displayName", "members"})
public record GroupResource(
        List<String> schemas, String id, Meta meta, String displayName, List<MemberReference> members) {

    private static final List<String> SCHEMAS = List.of(Schemas.GROUP.id());

    @JsonPropertyOrder({"value", "type", "display"})
    record MemberReference(String value, String type, String display) {
        static MemberReference of(MemberRef member) {
            return new MemberReference(Long.toString(member.id()), "User", member.displayName());
        }
    }

    static GroupResource of(Group group, String location) {
        return new GroupResource(
                SCHEMAS,
                Long.toString(group.id()),
                new Meta("Group", location),
                group.displayName(),
                group.members().stream().map(MemberReference::of).toList());
    }
}

package dev.miroscim.scim.groups;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.miroscim.directory.groups.Group;
import dev.miroscim.directory.groups.GroupMembers;
import dev.miroscim.scim.Meta;
import dev.miroscim.scim.schema.Schemas;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.io.SerializedString;
import tools.jackson.core.json.UTF8JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.annotation.JsonSerialize;

/** A group as SCIM shows it, in Miro's order of members. */
@JsonPropertyOrder({"schemas", "id", "meta", "displayName", "members"})
public record GroupResource(
        List<String> schemas,
        String id,
        Meta meta,
        String displayName,
        @JsonSerialize(using = MembersSerializer.class) GroupMembers members) {

    private static final List<String> SCHEMAS = List.of(Schemas.GROUP.id());

    static GroupResource of(Group group, String location) {
        return new GroupResource(
                SCHEMAS, Long.toString(group.id()), new Meta("Group", location), group.displayName(), group.members());
    }

    /** Writes members one by one, since objects for all of a large group would be most of what its answer costs. */
    static final class MembersSerializer extends ValueSerializer<GroupMembers> {

        private static final SerializedString VALUE = new SerializedString("value");
        private static final SerializedString TYPE = new SerializedString("type");
        private static final SerializedString USER = new SerializedString("User");
        private static final SerializedString DISPLAY = new SerializedString("display");

        @Override
        public void serialize(GroupMembers members, JsonGenerator json, SerializationContext context) {
            json.writeStartArray();
            for (int i = 0; i < members.size(); i++) {
                json.writeStartObject();
                json.writeName(VALUE);
                json.writeString(Long.toString(members.id(i)));
                json.writeName(TYPE);
                json.writeString(USER);
                json.writeName(DISPLAY);
                // Other generators, such as that of a projection's tree, take no UTF-8.
                if (json instanceof UTF8JsonGenerator bytes) {
                    bytes.writeUTF8String(members.names(), members.nameStart(i), members.nameLength(i));
                } else {
                    json.writeString(members.displayName(i));
                }
                json.writeEndObject();
            }
            json.writeEndArray();
        }
    }
}

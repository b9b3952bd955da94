package dev.miroscim.idp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miroscim.ScimClient;
import dev.miroscim.idp.SourceDirectory.Person;
import dev.miroscim.idp.SourceDirectory.Team;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Compares what Miro has with what the source has, as far as Miro's rules let it follow: emails are the userName, names
 * are one name, titles are not kept.
 */
final class Mirror {

    private static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    private final ScimClient scim;
    private final Set<String> miros;

    /** @param miros addresses of people whom Miro has and the source has not, such as the admins of teams */
    Mirror(ScimClient scim, Set<String> miros) {
        this.scim = scim;
        this.miros = miros;
    }

    void assertEquals(SourceDirectory source) {
        Map<String, JsonNode> users = new HashMap<>();
        all("/Users").forEach(user -> users.put(lower(user.get("userName").stringValue()), user));
        Set<String> expected = new TreeSet<>();
        source.people.values().forEach(person -> expected.add(lower(person.address)));
        expected.addAll(miros);
        assertThat(new TreeSet<>(users.keySet())).isEqualTo(expected);
        for (Person person : source.people.values()) {
            compare(person, users);
        }
        Map<String, Set<String>> teams = groups(users);
        for (Team team : source.teams.values()) {
            Set<String> members = new TreeSet<>();
            team.members.forEach(person -> members.add(lower(person.address)));
            assertThat(teams.get(team.displayName)).as(team.displayName).isEqualTo(members);
        }
    }

    /** Besides, that Miro has no group that the source has not. */
    void assertEqualGroups(SourceDirectory source) {
        assertEquals(source);
        assertThat(all("/Groups"))
                .extracting(group -> group.get("displayName").stringValue())
                .containsExactlyInAnyOrderElementsOf(source.teams.values().stream()
                        .map(team -> team.displayName)
                        .toList());
    }

    private Map<String, Set<String>> groups(Map<String, JsonNode> users) {
        Map<String, Set<String>> groups = new HashMap<>();
        all("/Groups").forEach(group -> groups.put(group.get("displayName").stringValue(), members(group, users)));
        return groups;
    }

    private static void compare(Person person, Map<String, JsonNode> users) {
        JsonNode user = users.get(lower(person.address));
        String name = person.address;
        assertThat(user.get("active").booleanValue()).as(name).isEqualTo(person.enabled && person.assigned);
        assertThat(user.at("/emails/0/value")).as(name).isEqualTo(user.get("userName"));
        if (person.assigned) {
            assertThat(user.get("userName").stringValue()).isEqualTo(person.address);
            assertThat(user.get("displayName").stringValue()).isEqualTo(person.displayName());
            assertThat(text(user, "preferredLanguage")).as(name).isEqualTo(person.language);
            assertThat(text(user.path(ENTERPRISE), "department")).as(name).isEqualTo(person.department);
            assertThat(text(user.path(ENTERPRISE), "employeeNumber")).as(name).isEqualTo(person.employeeId);
            assertThat(text(user.path(ENTERPRISE).path("manager"), "value"))
                    .as(name)
                    .isEqualTo(person.manager == null ? null : text(users.get(lower(person.manager.address)), "id"));
        }
    }

    private Set<String> members(JsonNode group, Map<String, JsonNode> users) {
        Map<String, String> addresses = new HashMap<>();
        users.forEach((address, user) -> addresses.put(user.get("id").stringValue(), address));
        Set<String> members = new TreeSet<>();
        group.get("members")
                .forEach(member -> members.add(addresses.get(member.get("value").stringValue())));
        members.removeAll(miros);
        return members;
    }

    private List<JsonNode> all(String path) {
        List<JsonNode> all = new ArrayList<>();
        int total;
        do {
            ScimClient.Answer page = scim.get(path + "?startIndex=" + (all.size() + 1) + "&count=100");
            total = page.body().get("totalResults").intValue();
            all.addAll(page.resources());
        } while (all.size() < total);
        return all;
    }

    private static @Nullable String text(JsonNode node, String name) {
        return node.path(name).asString(null);
    }

    private static String lower(String address) {
        return address.toLowerCase(Locale.ROOT);
    }
}

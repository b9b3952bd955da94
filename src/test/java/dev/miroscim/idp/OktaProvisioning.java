package dev.miroscim.idp;

import dev.miroscim.ScimClient;
import dev.miroscim.idp.SourceDirectory.Person;
import dev.miroscim.idp.SourceDirectory.Team;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Plays Okta: imports by pages, writes users by PUT with the body that it was given, and pushes groups to existing ones
 * or, where Miro lets it, to ones that it creates.
 */
final class OktaProvisioning {

    private static final int PAGE = 100;
    private static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    private final Calls calls;
    private final Map<String, String> userIds = new HashMap<>();
    private final Map<String, String> groupIds = new HashMap<>();

    OktaProvisioning(ScimClient scim) {
        calls = new Calls(scim);
    }

    Calls calls() {
        return calls;
    }

    boolean testCredentials() {
        return calls.get("/Users?startIndex=1&count=2").status() == 200;
    }

    /** Reads everything, page by page, as long as there is more. */
    List<JsonNode> importAll(String path) {
        List<JsonNode> all = new ArrayList<>();
        int total;
        do {
            JsonNode page = calls.get("%s?startIndex=%d&count=%d".formatted(path, all.size() + 1, PAGE))
                    .body();
            total = page.get("totalResults").intValue();
            page.get("Resources").forEach(all::add);
        } while (all.size() < total);
        return all;
    }

    void assign(Person person) {
        List<JsonNode> found = calls.get(
                        "/Users?filter=userName eq \"%s\"&startIndex=1&count=100".formatted(person.address))
                .resources();
        if (found.isEmpty()) {
            Map<String, Object> user = new LinkedHashMap<>();
            user.put("schemas", List.of("urn:ietf:params:scim:schemas:core:2.0:User"));
            user.put("userName", person.address);
            user.put("name", Map.of("givenName", person.givenName, "familyName", person.surname));
            user.put("emails", List.of(Map.of("primary", true, "value", person.address, "type", "work")));
            user.put("displayName", person.displayName());
            user.put("locale", "en-US");
            user.put("externalId", person.objectId);
            user.put("groups", List.of());
            user.put("password", "1mz050nq");
            user.put("active", true);
            JsonNode created = calls.send("POST", "/Users", user).body();
            userIds.put(person.objectId, created.path("id").asString("not created: " + created));
        } else {
            userIds.put(person.objectId, found.getFirst().get("id").stringValue());
        }
        update(person);
    }

    /** Sends the user as Miro showed it, with the mapped attributes changed in it. */
    void update(Person person) {
        String path = "/Users/" + userIds.get(person.objectId);
        ObjectNode user = (ObjectNode) calls.get(path).body();
        user.put("userName", person.address);
        user.put("displayName", person.displayName());
        user.put("active", person.enabled && person.assigned);
        user.withObject("/name")
                .put("givenName", person.givenName)
                .put("familyName", person.surname)
                .put("formatted", person.displayName())
                .put("middleName", "");
        if (person.language != null) {
            user.put("preferredLanguage", person.language);
        }
        ObjectNode enterprise = user.withObject("/" + ENTERPRISE);
        enterprise.put("department", person.department);
        enterprise.put("employeeNumber", person.employeeId);
        if (person.manager != null) {
            enterprise.putObject("manager").put("value", userIds.get(person.manager.objectId));
        }
        user.put("password", "1mz050nq");
        calls.send("PUT", path, user);
    }

    void activate(Person person, boolean active) {
        calls.patch("/Users/" + userIds.get(person.objectId), List.of(replace(Map.of("active", active))));
    }

    /** Links a group to the one that Miro has under this name, and pushes all of it. */
    void pushGroup(Team team) {
        for (JsonNode group : importAll("/Groups")) {
            if (group.get("displayName").stringValue().equalsIgnoreCase(team.displayName)) {
                groupIds.put(team.objectId, group.get("id").stringValue());
            }
        }
        rename(team);
        pushNow(team, List.of());
    }

    /** Pushes a group that Miro does not have. */
    void createGroup(Team team, boolean withMembers) {
        List<Object> members = new ArrayList<>();
        if (withMembers) {
            team.members.forEach(person -> members.add(member(person)));
        }
        JsonNode created = calls.send(
                        "POST",
                        "/Groups",
                        Map.of(
                                "schemas",
                                List.of("urn:ietf:params:scim:schemas:core:2.0:Group"),
                                "displayName",
                                team.displayName,
                                "members",
                                members))
                .body();
        groupIds.put(team.objectId, created.path("id").asString("not created: " + created));
        if (!withMembers) {
            pushNow(team, List.of());
        }
    }

    ScimClient.Answer readGroup(Team team) {
        return calls.get("/Groups/" + groupIds.get(team.objectId));
    }

    /** Pushes a group no longer, and has Miro delete it. */
    ScimClient.Answer unlink(Team team) {
        return calls.send("DELETE", "/Groups/" + groupIds.remove(team.objectId), null);
    }

    /** Okta sends the name with every change, whether it changed or not. */
    void rename(Team team) {
        String id = Objects.requireNonNull(groupIds.get(team.objectId));
        calls.patch("/Groups/" + id, List.of(replace(Map.of("id", id, "displayName", team.displayName))));
    }

    /** @param others ids that stay in the group besides the members, such as its admin's */
    ScimClient.Answer pushNow(Team team, List<String> others) {
        List<Object> members = new ArrayList<>();
        team.members.forEach(person -> members.add(member(person)));
        others.forEach(id -> members.add(Map.of("value", id)));
        return calls.patch(
                "/Groups/" + groupIds.get(team.objectId),
                List.of(Map.of("op", "replace", "path", "members", "value", members)));
    }

    void pushChange(Team team, @Nullable Person leaving, Person joining) {
        List<Object> operations = new ArrayList<>();
        if (leaving != null) {
            operations.add(
                    Map.of("op", "remove", "path", "members[value eq \"" + userIds.get(leaving.objectId) + "\"]"));
        }
        operations.add(Map.of("op", "add", "path", "members", "value", List.of(member(joining))));
        rename(team);
        calls.patch("/Groups/" + groupIds.get(team.objectId), operations);
    }

    private Map<String, String> member(Person person) {
        return Map.of("value", userIds.get(person.objectId), "display", person.address.toLowerCase(Locale.ROOT));
    }

    private static Map<String, Object> replace(Map<String, ?> value) {
        return Map.of("op", "replace", "value", value);
    }
}

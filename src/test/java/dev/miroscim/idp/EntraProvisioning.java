package dev.miroscim.idp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miroscim.ScimClient;
import dev.miroscim.idp.SourceDirectory.Person;
import dev.miroscim.idp.SourceDirectory.Team;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Plays Entra's provisioning service with the attribute mappings of a Miro application: users are matched by userName,
 * groups by displayName, and groups are neither created nor deleted unless that is switched on.
 *
 * <p>It keeps what Entra keeps: the id of every object (its anchor), and what it provisioned last. It never reads
 * members.
 */
final class EntraProvisioning {

    /** How PATCH requests are written. */
    enum Dialect {
        /** Capital operations, texts for booleans, an operation for each attribute. */
        DEFAULT,
        /** With {@code ?aadOptscim062020} in the tenant URL. */
        COMPLIANT
    }

    private static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    private static final String WORK_EMAIL = "emails[type eq \"work\"].value";

    private final Calls calls;
    private final SourceDirectory source;
    private final Dialect dialect;

    private final Map<String, String> anchors = new HashMap<>();
    private final Map<String, Map<String, Object>> provisioned = new HashMap<>();
    private final Map<String, @Nullable String> managers = new HashMap<>();
    private final Map<String, Set<String>> members = new HashMap<>();
    private final Set<String> unassigned = new HashSet<>();
    private boolean createsAndDeletesGroups;
    private int forms;
    private int checks;

    EntraProvisioning(ScimClient scim, SourceDirectory source, Dialect dialect) {
        this.calls = new Calls(scim);
        this.source = source;
        this.dialect = dialect;
    }

    /** Ticks Create and Delete in the mapping of groups. */
    EntraProvisioning withCreateAndDeleteOfGroups() {
        createsAndDeletesGroups = true;
        return this;
    }

    Calls calls() {
        return calls;
    }

    @Nullable
    String anchor(String objectId) {
        return anchors.get(objectId);
    }

    /** Asks for a user and a group whom nobody can know, and wants to be told so. */
    boolean testConnection() {
        String nobody = "\"" + UUID.randomUUID() + "\"";
        return isEmptyList(calls.find("/Users", "userName eq " + nobody))
                && isEmptyList(calls.find("/Groups?excludedAttributes=members", "displayName eq " + nobody));
    }

    private static boolean isEmptyList(ScimClient.Answer answer) {
        return answer.status() == 200 && answer.body().path("totalResults").asInt(-1) == 0;
    }

    /** Brings Miro to where the source is. The first cycle is the initial one; later ones send what changed. */
    void cycle() throws Exception {
        for (Person person : source.people.values()) {
            if (person.assigned) {
                provision(person);
            } else {
                unassign(person);
            }
        }
        for (String gone : anchors.keySet().stream().filter(this::isPurged).toList()) {
            calls.send("DELETE", "/Users/" + anchors.remove(gone), null);
            forget(gone);
        }
        for (Person person : source.people.values()) {
            provisionManager(person);
        }
        for (Team team : source.teams.values()) {
            provision(team);
        }
        for (String gone : anchors.keySet().stream().filter(this::isWithdrawn).toList()) {
            calls.send("DELETE", "/Groups/" + anchors.remove(gone), null);
            forgetGroup(gone);
        }
    }

    private boolean isPurged(String objectId) {
        return objectId.startsWith("person") && !source.people.containsKey(objectId);
    }

    private boolean isWithdrawn(String objectId) {
        return createsAndDeletesGroups && objectId.startsWith("team") && !source.teams.containsKey(objectId);
    }

    // Users

    private void provision(Person person) throws Exception {
        Map<String, Object> wanted = attributes(person);
        String id = unassigned.remove(person.objectId) ? null : anchors.get(person.objectId);
        if (id == null) {
            match(person, wanted);
        } else if (!wanted.equals(provisioned.get(person.objectId))) {
            update(person, id, wanted);
        }
    }

    private void match(Person person, Map<String, Object> wanted) throws Exception {
        ScimClient.Answer found = calls.find("/Users", "userName eq \"" + person.address + "\"");
        if (found.resources().size() > 1) {
            throw new AssertionError("DuplicateTargetEntries: " + found.text());
        }
        if (found.resources().isEmpty()) {
            anchors.put(person.objectId, create(wanted));
            provisioned.put(person.objectId, wanted);
        } else {
            String id = found.resources().getFirst().get("id").stringValue();
            anchors.put(person.objectId, id);
            update(person, id, wanted);
        }
    }

    private String create(Map<String, Object> wanted) {
        Map<String, Object> user = new LinkedHashMap<>();
        Map<String, Object> enterprise = new LinkedHashMap<>();
        Map<String, Object> name = new LinkedHashMap<>();
        user.put("schemas", List.of("urn:ietf:params:scim:schemas:core:2.0:User", ENTERPRISE));
        wanted.forEach((path, value) -> {
            if (path.startsWith(ENTERPRISE)) {
                enterprise.put(path.substring(ENTERPRISE.length() + 1), value);
            } else if (path.startsWith("name.")) {
                name.put(path.substring("name.".length()), value);
            } else if (path.equals(WORK_EMAIL)) {
                user.put("emails", List.of(Map.of("primary", true, "type", "work", "value", value)));
            } else {
                user.put(path, value);
            }
        });
        user.put("meta", Map.of("resourceType", "User"));
        user.put("name", name);
        user.put("roles", List.of());
        user.put(ENTERPRISE, enterprise);
        JsonNode created = calls.send("POST", "/Users", user).body();
        return created.path("id").asString("not created: " + created);
    }

    /** Reads the user and sends what differs; whoever is gone is matched anew. */
    private void update(Person person, String id, Map<String, Object> wanted) throws Exception {
        ScimClient.Answer current = calls.get("/Users/" + id);
        if (current.status() == 404) {
            loseAnchor(person, wanted);
            return;
        }
        Map<String, @Nullable Object> changes = new LinkedHashMap<>();
        wanted.forEach((path, value) -> {
            if (!value.equals(value(current.body(), path))) {
                changes.put(path, value);
            }
        });
        provisioned.getOrDefault(person.objectId, Map.of()).keySet().stream()
                .filter(path -> !wanted.containsKey(path))
                .forEach(path -> changes.put(path, null));
        if (!changes.isEmpty()
                && calls.patch("/Users/" + id, operations(changes, current.body()))
                                .status()
                        == 404) {
            loseAnchor(person, wanted);
        } else {
            provisioned.put(person.objectId, wanted);
        }
    }

    private void loseAnchor(Person person, Map<String, Object> wanted) throws Exception {
        anchors.remove(person.objectId);
        forget(person.objectId);
        match(person, wanted);
    }

    private void forget(String objectId) {
        provisioned.remove(objectId);
        managers.remove(objectId);
        members.values().forEach(ids -> ids.remove(objectId));
    }

    /** Whoever comes back is found by the match, with the memberships of before. */
    private void unassign(Person person) {
        String id = anchors.get(person.objectId);
        if (id != null && unassigned.add(person.objectId)) {
            calls.patch("/Users/" + id, List.of(active(false)));
            provisioned.remove(person.objectId);
        }
    }

    private static Map<String, Object> attributes(Person person) {
        Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
        attributes.put("userName", person.address);
        attributes.put("active", person.enabled);
        attributes.put("displayName", person.displayName());
        attributes.put("title", person.jobTitle);
        attributes.put(WORK_EMAIL, "mail." + person.address);
        attributes.put("preferredLanguage", person.language);
        attributes.put("name.givenName", person.givenName);
        attributes.put("name.familyName", person.surname);
        attributes.put("name.formatted", person.displayName());
        attributes.put("externalId", person.objectId);
        attributes.put(ENTERPRISE + ":employeeNumber", person.employeeId);
        attributes.put(ENTERPRISE + ":department", person.department);
        Map<String, Object> present = new LinkedHashMap<>();
        attributes.forEach((path, value) -> {
            if (value != null) {
                present.put(path, value);
            }
        });
        return present;
    }

    private static @Nullable Object value(JsonNode user, String path) {
        JsonNode value = path.equals(WORK_EMAIL)
                ? user.at("/emails/0/value")
                : path.startsWith(ENTERPRISE)
                        ? user.path(ENTERPRISE).path(path.substring(ENTERPRISE.length() + 1))
                        : user.at("/" + path.replace('.', '/'));
        return value.isBoolean() ? value.booleanValue() : value.isString() ? value.stringValue() : null;
    }

    /** @param changes by path; null for what is to be cleared */
    private List<Object> operations(Map<String, @Nullable Object> changes, JsonNode current) {
        List<Object> operations = new ArrayList<>();
        Map<String, Object> together = new LinkedHashMap<>();
        changes.forEach((path, value) -> {
            if (path.equals("active")) {
                operations.add(active(Boolean.TRUE.equals(value)));
            } else if (value == null) {
                operations.add(cleared(path));
            } else if (dialect == Dialect.COMPLIANT && !path.equals(WORK_EMAIL)) {
                together.put(path, value);
            } else {
                operations.add(operation(value(current, path) == null ? "Add" : "Replace", path, value));
            }
        });
        if (!together.isEmpty()) {
            operations.add(Map.of("op", "replace", "value", together));
        }
        return operations;
    }

    private Map<String, Object> active(boolean active) {
        return dialect == Dialect.DEFAULT
                ? operation("Replace", "active", active ? "True" : "False")
                : operation("replace", "active", active);
    }

    private Map<String, Object> cleared(String path) {
        return forms++ % 2 == 0 ? operation("Remove", path, null) : operation("Replace", path, "");
    }

    private Map<String, Object> operation(String op, String path, @Nullable Object value) {
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put("op", dialect == Dialect.DEFAULT ? op : op.toLowerCase(Locale.ROOT));
        operation.put("path", path);
        if (value != null) {
            operation.put("value", value);
        }
        return operation;
    }

    // References

    private void provisionManager(Person person) {
        String id = anchors.get(person.objectId);
        String wanted = person.manager == null ? null : anchors.get(person.manager.objectId);
        if (id == null || !person.assigned || Objects.equals(wanted, managers.get(person.objectId))) {
            return;
        }
        String path = ENTERPRISE + (forms % 3 == 0 ? ".manager" : ":manager");
        if (wanted == null) {
            List<Object> nothing = Arrays.asList("", Map.of("value", ""), List.of(Map.of("value", "")), null);
            Object value = nothing.get(forms++ % 4);
            calls.patch(
                    "/Users/" + id,
                    List.of(value == null ? operation("Remove", path, null) : operation("Replace", path, value)));
        } else if (calls.find("/Users?attributes=id", "id eq \"" + id + "\" and manager eq \"" + wanted + "\"")
                .resources()
                .isEmpty()) {
            Map<String, @Nullable Object> wrapped = new HashMap<>();
            wrapped.put("$ref", null);
            wrapped.put("value", wanted);
            List<Object> values = List.of(wanted, Map.of("value", wanted), List.of(wrapped));
            calls.patch(
                    "/Users/" + id,
                    List.of(operation(forms % 2 == 0 ? "Add" : "Replace", path, values.get(forms++ % 3))));
        }
        managers.put(person.objectId, wanted);
    }

    // Groups

    private void provision(Team team) throws Exception {
        String id = anchors.get(team.objectId);
        if (id == null) {
            matchGroup(team);
        } else if (Map.of("displayName", team.displayName).equals(provisioned.get(team.objectId))
                || renamed(team, id)) {
            provisionMembers(team, id);
        } else {
            loseGroup(team);
        }
    }

    private void matchGroup(Team team) throws Exception {
        List<JsonNode> found = calls.find(
                        "/Groups?excludedAttributes=members", "displayName eq \"" + team.displayName + "\"")
                .resources();
        if (found.size() > 1 || found.stream().anyMatch(group -> group.has("members"))) {
            throw new AssertionError("MultipleEntriesInResponse: " + found);
        }
        String id;
        if (found.isEmpty()) {
            assertThat(createsAndDeletesGroups).as(team.displayName).isTrue();
            id = createGroup(team);
        } else {
            id = found.getFirst().get("id").stringValue();
            calls.patch("/Groups/" + id, List.of(operation("Add", "externalId", team.objectId)));
        }
        anchors.put(team.objectId, id);
        provisioned.put(team.objectId, Map.of("displayName", team.displayName));
        provisionMembers(team, id);
    }

    private String createGroup(Team team) {
        Map<String, Object> group = new LinkedHashMap<>();
        group.put(
                "schemas",
                List.of(
                        "urn:ietf:params:scim:schemas:core:2.0:Group",
                        "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group"));
        group.put("externalId", team.objectId);
        group.put("displayName", team.displayName);
        group.put("meta", Map.of("resourceType", "Group"));
        JsonNode created = calls.send("POST", "/Groups", group).body();
        return created.path("id").asString("not created: " + created);
    }

    /** Reads the group and writes its name, unless it is gone. */
    private boolean renamed(Team team, String id) {
        ScimClient.Answer current = calls.get("/Groups/" + id + "?excludedAttributes=members");
        if (current.status() == 404
                || calls.patch("/Groups/" + id, List.of(operation("Replace", "displayName", team.displayName)))
                                .status()
                        == 404) {
            return false;
        }
        provisioned.put(team.objectId, Map.of("displayName", team.displayName));
        return true;
    }

    /** Whoever is in the group is to be put into the new one. */
    private void loseGroup(Team team) throws Exception {
        anchors.remove(team.objectId);
        forgetGroup(team.objectId);
        matchGroup(team);
    }

    private void forgetGroup(String objectId) {
        provisioned.remove(objectId);
        members.remove(objectId);
    }

    private void provisionMembers(Team team, String id) throws Exception {
        Set<String> known = members.computeIfAbsent(team.objectId, _ -> Collections.synchronizedSet(new HashSet<>()));
        List<Map<String, Object>> joining = new ArrayList<>();
        List<Map<String, Object>> leaving = new ArrayList<>();
        for (Person person : team.members) {
            String member = person.assigned ? anchors.get(person.objectId) : null;
            if (member != null && known.add(person.objectId) && !refersTo(id, member)) {
                joining.add(member(member));
            }
        }
        for (Person person : source.people.values()) {
            String member = anchors.get(person.objectId);
            if (!team.members.contains(person)
                    && known.remove(person.objectId)
                    && member != null
                    && refersTo(id, member)) {
                leaving.add(member(member));
            }
        }
        List<List<Object>> patches = new ArrayList<>();
        if (forms++ % 2 == 0) {
            joining.forEach(member -> patches.add(List.of(operation("Add", "members", List.of(member)))));
        } else if (!joining.isEmpty()) {
            patches.add(List.of(operation("Add", "members", joining)));
        }
        if (dialect == Dialect.DEFAULT && !leaving.isEmpty()) {
            patches.add(List.of(operation("Remove", "members", leaving)));
        } else {
            leaving.forEach(member -> patches.add(
                    List.of(operation("Remove", "members[value eq \"" + member.get("value") + "\"]", null))));
        }
        if (send("/Groups/" + id, patches, forms % 4 == 0)) {
            loseGroup(team);
        }
    }

    /** Whether Miro has the member in the group already, asked in one of the ways in which Entra asks. */
    private boolean refersTo(String group, String member) {
        String filter = checks++ % 2 == 0
                ? "id eq \"" + group + "\" and members eq \"" + member + "\""
                : "members eq " + member + " and id eq " + group;
        return !calls.find("/Groups?attributes=id", filter).resources().isEmpty();
    }

    private static Map<String, Object> member(String id) {
        Map<String, Object> member = new LinkedHashMap<>();
        member.put("$ref", null);
        member.put("value", id);
        return member;
    }

    /**
     * One after the other, or all at once, as Entra is seen to do with the members of a group.
     *
     * @return whether what they change is gone
     */
    private boolean send(String path, List<List<Object>> patches, boolean atOnce) throws Exception {
        List<ScimClient.Answer> answers = new ArrayList<>();
        if (!atOnce) {
            patches.forEach(operations -> answers.add(calls.patch(path, operations)));
        } else {
            try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<ScimClient.Answer>> sent = patches.stream()
                        .map(operations -> clients.submit(() -> calls.patch(path, operations)))
                        .toList();
                for (Future<ScimClient.Answer> answer : sent) {
                    answers.add(answer.get());
                }
            }
        }
        return answers.stream()
                .anyMatch(answer -> answer.status() == 404 && answer.rules().isEmpty());
    }
}

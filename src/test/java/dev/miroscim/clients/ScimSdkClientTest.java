package dev.miroscim.clients;

import static dev.miroscim.clients.ClientOrganization.CORE;
import static dev.miroscim.clients.ClientOrganization.ENTERPRISE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import de.captaingoldfish.scim.sdk.client.ScimClientConfig;
import de.captaingoldfish.scim.sdk.client.ScimRequestBuilder;
import de.captaingoldfish.scim.sdk.client.builder.config.MetaConfigRequestDetails;
import de.captaingoldfish.scim.sdk.client.resources.MetaConfiguration;
import de.captaingoldfish.scim.sdk.client.resources.ResourceType;
import de.captaingoldfish.scim.sdk.client.response.ServerResponse;
import de.captaingoldfish.scim.sdk.common.constants.EndpointPaths;
import de.captaingoldfish.scim.sdk.common.constants.enums.Comparator;
import de.captaingoldfish.scim.sdk.common.constants.enums.PatchOp;
import de.captaingoldfish.scim.sdk.common.constants.enums.SortOrder;
import de.captaingoldfish.scim.sdk.common.resources.EnterpriseUser;
import de.captaingoldfish.scim.sdk.common.resources.Group;
import de.captaingoldfish.scim.sdk.common.resources.ResourceNode;
import de.captaingoldfish.scim.sdk.common.resources.ServiceProvider;
import de.captaingoldfish.scim.sdk.common.resources.User;
import de.captaingoldfish.scim.sdk.common.resources.complex.Name;
import de.captaingoldfish.scim.sdk.common.resources.multicomplex.Member;
import de.captaingoldfish.scim.sdk.common.response.ListResponse;
import de.captaingoldfish.scim.sdk.common.schemas.Schema;
import dev.miroscim.MiroScimTest;
import dev.miroscim.TestOrganization;
import dev.miroscim.directory.organizations.OrganizationSettings.GroupModel;
import dev.miroscim.directory.organizations.OrganizationSettings.UserSchemas;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** The client of SCIM-SDK, which checks each answer before it hands it out. */
@MiroScimTest
class ScimSdkClientTest {

    @Autowired
    ApplicationContext context;

    private TestOrganization acme;
    private ScimRequestBuilder client;

    @AfterEach
    void close() {
        client.close();
    }

    private void open(UserSchemas schemas, GroupModel model) {
        acme = ClientOrganization.create(context, schemas, model);
        client = new ScimRequestBuilder(
                ClientOrganization.url(context),
                ScimClientConfig.builder()
                        .httpHeaders(Map.of("Authorization", "Bearer " + acme.token()))
                        .build());
    }

    private static User grace(String userName) {
        return User.builder()
                .userName(userName)
                .name(Name.builder().givenName("Grace").familyName("Hopper").build())
                .enterpriseUser(EnterpriseUser.builder()
                        .department("Compilers")
                        .employeeNumber("1906")
                        .build())
                .build();
    }

    private static <T extends ResourceNode> T accepted(ServerResponse<T> response, int status) {
        assertThat(response.getHttpStatus()).as(response.getResponseBody()).isEqualTo(status);
        assertThat(response.isSuccess()).as(response.getResponseBody()).isTrue();
        return response.getResource();
    }

    private User create(String userName) {
        return accepted(
                client.create(User.class, EndpointPaths.USERS)
                        .setResource(grace(userName))
                        .sendRequest(),
                201);
    }

    private ServerResponse<User> get(String id) {
        return client.get(User.class, EndpointPaths.USERS, id).sendRequest();
    }

    private static List<String> schemas(ResourceNode resource) {
        return List.copyOf(resource.getSchemas());
    }

    @Test
    void discovery() {
        open(UserSchemas.CORE, GroupModel.TEAMS);

        ServiceProvider provider = client.loadServiceProviderConfiguration();
        assertThat(provider.getPatchConfig().isSupported()).isTrue();
        assertThat(provider.getFilterConfig().isSupported()).isTrue();
        assertThat(provider.getSortConfig().isSupported()).isTrue();
        assertThat(provider.getBulkConfig().isSupported()).isFalse();
        assertThat(provider.getAuthenticationSchemes())
                .singleElement()
                .satisfies(scheme -> assertThat(scheme.getType()).contains("oauthbearertoken"));

        ServerResponse<MetaConfiguration> response =
                client.loadMetaConfiguration().sendRequest();
        assertThat(response.isSuccess()).as(response.getResponseBody()).isTrue();
        MetaConfiguration discovered = response.getResource();
        assertThat(discovered.getResourceTypes())
                .extracting(ResourceType::getName)
                .containsExactlyInAnyOrder("User", "Group");
        assertThat(discovered.getSchemas())
                .extracting(schema -> schema.getId().orElseThrow())
                .contains(CORE, ENTERPRISE);
    }

    /** To leave out what describes discovery itself, the SDK sends a filter, which RFC 7644 forbids there. */
    @Test
    void discoveryWithoutMetaSchemas_isRefusedForItsFilter() {
        open(UserSchemas.CORE, GroupModel.TEAMS);

        ServerResponse<MetaConfiguration> response = client.loadMetaConfiguration(MetaConfigRequestDetails.builder()
                        .excludeMetaSchemas(true)
                        .excludeMetaResourceTypes(true)
                        .build())
                .sendRequest();

        assertThat(response.getHttpStatus()).isEqualTo(403);
        // The SDK cannot read the error of this one call: its getErrorResponse() fails on a null of its own.
        assertThat(response.getResponseBody()).contains("The discovery endpoints do not accept a filter");
    }

    @Test
    void aPageOfNobody_tellsHowManyThereAre() {
        open(UserSchemas.CORE, GroupModel.TEAMS);

        ListResponse<User> page =
                list(client.list(User.class, EndpointPaths.USERS).count(0).get().sendRequest());

        assertThat(page.getTotalResults()).isEqualTo(2);
        assertThat(page.getListedResources()).isEmpty();
    }

    @Test
    void aSchema_isRead() {
        open(UserSchemas.CORE, GroupModel.TEAMS);

        Schema schema =
                accepted(client.get(Schema.class, EndpointPaths.SCHEMAS, CORE).sendRequest(), 200);

        assertThat(schema.getAttributes())
                .extracting(attribute -> attribute.getName())
                .contains("userName", "roles");
    }

    @ParameterizedTest
    @EnumSource
    void aUser_isCreatedAndRetrieved(UserSchemas schemas) {
        open(schemas, GroupModel.TEAMS);

        User created = create("grace@example.com");

        assertThat(created.getUserName()).contains("grace@example.com");
        assertThat(created.getDisplayName()).contains("Grace Hopper");
        assertThat(created.getUserType()).contains("Full");
        assertThat(created.isActive()).contains(true);
        assertThat(schemas(created)).isEqualTo(ClientOrganization.listed(schemas));
        assertThat(created.getEnterpriseUser().flatMap(EnterpriseUser::getDepartment))
                .contains("Compilers");
        User retrieved = accepted(get(created.getId().orElseThrow()), 200);
        assertThat(retrieved.toString()).isEqualTo(created.toString());
    }

    @ParameterizedTest
    @EnumSource
    void users_areSearchedByPages(UserSchemas schemas) {
        open(schemas, GroupModel.TEAMS);
        for (int i = 0; i < 5; i++) {
            create("grace" + i + "@example.com");
        }
        List<String> names = new ArrayList<>();

        for (int start = 1; start <= 5; start += 2) {
            ListResponse<User> page = list(client.list(User.class, EndpointPaths.USERS)
                    .filter("userName", Comparator.SW, "grace")
                    .build()
                    .sortBy("userName")
                    .sortOrder(SortOrder.DESCENDING)
                    .startIndex(start)
                    .count(2)
                    .get()
                    .sendRequest());
            assertThat(page.getTotalResults()).isEqualTo(5);
            assertThat(page.getStartIndex()).isEqualTo(start);
            page.getListedResources().forEach(user -> {
                assertThat(schemas(user)).isEqualTo(ClientOrganization.listed(schemas));
                assertThat(user.getEnterpriseUser().flatMap(EnterpriseUser::getEmployeeNumber))
                        .contains("1906");
                names.add(user.getUserName().orElseThrow());
            });
        }

        assertThat(names)
                .containsExactly(
                        "grace4@example.com",
                        "grace3@example.com",
                        "grace2@example.com",
                        "grace1@example.com",
                        "grace0@example.com");
    }

    @ParameterizedTest
    @EnumSource
    void aUser_isReplacedWithWhatWasRetrieved(UserSchemas schemas) {
        open(schemas, GroupModel.TEAMS);
        User grace = create("grace@example.com");
        String id = grace.getId().orElseThrow();

        ServerResponse<User> same = client.update(User.class, EndpointPaths.USERS, id)
                .setResource(grace)
                .sendRequest();
        assertThat(accepted(same, 200).toString()).isEqualTo(grace.toString());

        grace.setDisplayName("Amazing Grace");
        grace.setName(Name.builder().formatted("Amazing Grace").build());
        grace.setEnterpriseUser(EnterpriseUser.builder().department("Navy").build());
        User replaced = accepted(
                client.update(User.class, EndpointPaths.USERS, id)
                        .setResource(grace)
                        .sendRequest(),
                200);
        assertThat(replaced.getDisplayName()).contains("Amazing Grace");
        assertThat(schemas(replaced)).isEqualTo(ClientOrganization.listed(schemas));
        assertThat(replaced.getEnterpriseUser().flatMap(EnterpriseUser::getDepartment))
                .contains("Navy");
        assertThat(accepted(get(id), 200).toString()).isEqualTo(replaced.toString());
    }

    @ParameterizedTest
    @EnumSource
    void aUser_isModified(UserSchemas schemas) {
        open(schemas, GroupModel.TEAMS);
        String id = create("grace@example.com").getId().orElseThrow();

        User modified = accepted(
                client.patch(User.class, EndpointPaths.USERS, id)
                        .addOperation()
                        .op(PatchOp.REPLACE)
                        .path("displayName")
                        .value("Amazing Grace")
                        .next()
                        .op(PatchOp.REPLACE)
                        .path(ENTERPRISE + ":department")
                        .value("Navy")
                        .next()
                        .op(PatchOp.REMOVE)
                        .path(ENTERPRISE + ":employeeNumber")
                        .next()
                        .op(PatchOp.REPLACE)
                        .path("active")
                        .value("false")
                        .build()
                        .sendRequest(),
                200);

        assertThat(modified.getDisplayName()).contains("Amazing Grace");
        assertThat(modified.isActive()).contains(false);
        assertThat(schemas(modified)).isEqualTo(ClientOrganization.listed(schemas));
        EnterpriseUser enterprise = modified.getEnterpriseUser().orElseThrow();
        assertThat(enterprise.getDepartment()).contains("Navy");
        assertThat(enterprise.getEmployeeNumber()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aUser_isDeleted(UserSchemas schemas) {
        open(schemas, GroupModel.TEAMS);
        String id = create("grace@example.com").getId().orElseThrow();

        ServerResponse<User> deleted =
                client.delete(User.class, EndpointPaths.USERS, id).sendRequest();

        assertThat(deleted.getHttpStatus()).isEqualTo(204);
        assertThat(deleted.isSuccess()).isTrue();
        ServerResponse<User> gone = get(id);
        assertThat(gone.isSuccess()).isFalse();
        assertThat(gone.getErrorResponse().getStatus()).isEqualTo(404);
    }

    @Test
    void aRefusal_isAnErrorResponse() {
        open(UserSchemas.CORE, GroupModel.TEAMS);

        ServerResponse<User> refused = client.create(User.class, EndpointPaths.USERS)
                .setResource(grace("bob@example.com"))
                .sendRequest();

        assertThat(refused.isSuccess()).isFalse();
        assertThat(refused.getErrorResponse().getStatus()).isEqualTo(409);
        assertThat(refused.getErrorResponse().getDetail().orElseThrow()).contains("bob@example.com");
    }

    @ParameterizedTest
    @EnumSource
    void groupsThatAreTeams_areReadAndTheirMembersModified(UserSchemas schemas) {
        open(schemas, GroupModel.TEAMS);
        String bob = acme.user("bob@example.com");

        ListResponse<Group> all =
                list(client.list(Group.class, EndpointPaths.GROUPS).get().sendRequest());
        assertThat(all.getListedResources())
                .extracting(group -> group.getDisplayName().orElseThrow())
                .containsExactlyInAnyOrder("Design", "Ops");
        Group ops = list(client.list(Group.class, EndpointPaths.GROUPS)
                        .filter("displayName", Comparator.EQ, "Ops")
                        .build()
                        .get()
                        .sendRequest())
                .getListedResources()
                .getFirst();
        assertThat(ops.getId()).contains(acme.group("Ops"));
        changeMembers(acme.group("Ops"), bob);

        assertThat(accepted(get(bob), 200).getGroups())
                .extracting(group -> group.getDisplay().orElseThrow())
                .containsExactly("Design");
    }

    @ParameterizedTest
    @EnumSource
    void groupsThatAreUserGroups_areCreatedModifiedAndDeleted(UserSchemas schemas) {
        open(schemas, GroupModel.USER_GROUPS);
        String ada = acme.user("ada@example.com");

        Group readers = accepted(
                client.create(Group.class, EndpointPaths.GROUPS)
                        .setResource(Group.builder()
                                .displayName("Readers")
                                .members(List.of(Member.builder().value(ada).build()))
                                .build())
                        .sendRequest(),
                201);
        String id = readers.getId().orElseThrow();
        assertThat(readers.getDisplayName()).contains("Readers");
        assertThat(members(id)).containsExactly(ada);
        changeMembers(id, acme.user("bob@example.com"));

        assertThat(client.delete(Group.class, EndpointPaths.GROUPS, id)
                        .sendRequest()
                        .getHttpStatus())
                .isEqualTo(204);

        assertThat(client.get(Group.class, EndpointPaths.GROUPS, id)
                        .sendRequest()
                        .getHttpStatus())
                .isEqualTo(404);
        assertThat(accepted(get(ada), 200).isActive()).contains(true);
    }

    private static <T extends ResourceNode> ListResponse<T> list(ServerResponse<ListResponse<T>> response) {
        assertThat(response.isSuccess()).as(response.getResponseBody()).isTrue();
        return response.getResource();
    }

    private void changeMembers(String group, String member) {
        JsonNode added = Member.builder().value(member).build();
        client.patch(Group.class, EndpointPaths.GROUPS, group)
                .addOperation()
                .op(PatchOp.ADD)
                .path("members")
                .valueNode(added)
                .build()
                .sendRequest();
        assertThat(members(group)).contains(member).hasSize(2);

        client.patch(Group.class, EndpointPaths.GROUPS, group)
                .addOperation()
                .op(PatchOp.REMOVE)
                .path("members[value eq \"" + member + "\"]")
                .build()
                .sendRequest();
        assertThat(members(group)).doesNotContain(member).hasSize(1);
    }

    private List<String> members(String group) {
        return accepted(client.get(Group.class, EndpointPaths.GROUPS, group).sendRequest(), 200).getMembers().stream()
                .map(member -> member.getValue().orElseThrow())
                .toList();
    }
}

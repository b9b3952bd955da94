package dev.miroscim.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.miroscim.MiroScimTest;
import dev.miroscim.TestOrganization;
import dev.miroscim.directory.administration.Administration;
import dev.miroscim.directory.administration.Population;
import dev.miroscim.directory.administration.Population.NewBoard;
import dev.miroscim.directory.administration.Population.NewPerson;
import dev.miroscim.directory.administration.Population.NewTeam;
import dev.miroscim.directory.organizations.License;
import dev.miroscim.directory.people.Membership;
import dev.miroscim.directory.people.OrganizationRole;
import dev.miroscim.directory.people.UserAttribute;
import dev.miroscim.directory.people.UserChanges;
import dev.miroscim.directory.teams.Team;
import dev.miroscim.directory.teams.TeamRole;
import dev.miroscim.directory.teams.Teams;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

@MiroScimTest
class AdministrationTest {

    @Autowired
    ApplicationContext context;

    @Autowired
    Administration administration;

    @Autowired
    EntityManager entities;

    @Test
    void populate_peopleAreWhatTheyAreSaidToBe() {
        TestOrganization acme = TestOrganization.in(context)
                .team("Design", "design-sync")
                .defaultTeam("Everyone")
                .companyAdmin("root@example.com")
                .teamAdmin("ada@example.com", "Design", "Everyone")
                .guest("gil@example.org", "Design")
                .teamGuest("tess@example.org", "Design")
                .deactivated("dan@example.com")
                .unregistered("uma@example.com", "Design")
                .member("bob@example.com", License.ADVANCED)
                .board("Plan", "Design", "ada@example.com")
                .create();

        assertThat(entities.createQuery(
                                "select m from Membership m join fetch m.profile where m.organizationId = :id order by m.profile.id",
                                Membership.class)
                        .setParameter("id", acme.id())
                        .getResultList())
                .extracting(
                        m -> m.profile().email(),
                        Membership::role,
                        Membership::license,
                        Membership::active,
                        m -> m.profile().registered())
                .containsExactly(
                        tuple("root@example.com", OrganizationRole.INTERNAL_ADMIN, License.FULL, true, true),
                        tuple("ada@example.com", OrganizationRole.INTERNAL_USER, License.FULL, true, true),
                        tuple("gil@example.org", OrganizationRole.EXTERNAL_USER, License.FREE_RESTRICTED, true, true),
                        tuple(
                                "tess@example.org",
                                OrganizationRole.TEAM_GUEST_USER,
                                License.FREE_RESTRICTED,
                                true,
                                true),
                        tuple("dan@example.com", OrganizationRole.INTERNAL_USER, License.FULL, false, true),
                        tuple("uma@example.com", OrganizationRole.INTERNAL_USER, License.FULL, true, false),
                        tuple("bob@example.com", OrganizationRole.INTERNAL_USER, License.ADVANCED, true, true));
        assertThat(places(acme, "Design"))
                .containsExactlyInAnyOrder(
                        tuple("ada@example.com", TeamRole.ADMIN),
                        tuple("gil@example.org", TeamRole.NON_TEAM),
                        tuple("tess@example.org", TeamRole.TEAM_GUEST),
                        tuple("uma@example.com", TeamRole.MEMBER));
        assertThat(places(acme, "Everyone")).containsExactly(tuple("ada@example.com", TeamRole.ADMIN));
        assertThat(owners(acme)).containsExactly("ada@example.com");
    }

    @Test
    void populate_thousandsAtOnce() {
        TestOrganization acme = TestOrganization.in(context).team("All").create();
        List<NewPerson> people = IntStream.range(0, 2_500)
                .mapToObj(i -> new NewPerson(
                        null,
                        person("p" + i + "@example.com"),
                        null,
                        null,
                        i == 0 ? null : "p" + (2_500 - i) + "@example.com",
                        Map.of("all", TeamRole.MEMBER)))
                .toList();

        Population.Ids ids = administration.populate(acme.id(), new Population(List.of(), people, List.of()));

        assertThat(ids.people()).hasSize(2_500);
        assertThat(List.copyOf(ids.people().values())).isSorted();
        assertThat(places(acme, "All")).hasSize(2_500);
        assertThat(membership(acme, ids.people().get("p1@example.com")).managerId())
                .isEqualTo(ids.people().get("p2499@example.com"));
    }

    @Test
    void populate_idsCanBeDecided() {
        TestOrganization acme = TestOrganization.in(context).create();

        Population.Ids ids = administration.populate(
                acme.id(),
                new Population(
                        List.of(new NewTeam(acme.id() * 2 % 1_000_003, "Pinned", null, false)),
                        List.of(new NewPerson(
                                acme.id() % 1_000_033,
                                person("pin@example.com"),
                                null,
                                null,
                                null,
                                Map.of("Pinned", TeamRole.ADMIN))),
                        List.of(new NewBoard("Wall", "Pinned", "pin@example.com"))));

        assertThat(ids.teams()).containsEntry("Pinned", acme.id() * 2 % 1_000_003);
        assertThat(ids.people()).containsEntry("pin@example.com", acme.id() % 1_000_033);
    }

    @Test
    void populate_allOrNothing() {
        TestOrganization acme =
                TestOrganization.in(context).member("ada@example.com").create();

        assertThatThrownBy(() -> administration.populate(
                        acme.id(),
                        new Population(
                                List.of(new NewTeam("New")),
                                List.of(
                                        new NewPerson(person("new@example.com")),
                                        new NewPerson(person("ADA@example.com"))),
                                List.of())))
                .isInstanceOf(RefusedException.class)
                .hasMessage("ada@example.com is in the organisation already");

        assertThat(entities.createQuery("select count(m) from Membership m where m.organizationId = :id", Long.class)
                        .setParameter("id", acme.id())
                        .getSingleResult())
                .isEqualTo(1);
    }

    @Test
    void populate_somebodyKnownElsewhereInTheUniverseKeepsTheId() {
        TestOrganization acme =
                TestOrganization.in(context).member("ada@example.com").create();
        TestOrganization other = TestOrganization.in(context)
                .inUniverseOf(acme)
                .guest("Ada@Example.com")
                .create();

        assertThat(other.user("Ada@Example.com")).isEqualTo(acme.user("ada@example.com"));
    }

    @Test
    void populate_somebodyWhoWasRemovedComesBack() {
        TestOrganization acme = TestOrganization.in(context)
                .team("Design")
                .member("ada@example.com")
                .create();
        long ada = Long.parseLong(acme.user("ada@example.com"));
        administration.removePerson(acme.id(), ada);

        Population.Ids ids = administration.populate(
                acme.id(),
                new Population(
                        List.of(),
                        List.of(new NewPerson(
                                ada,
                                person("ada@example.com").setOrganizationRole("ORGANIZATION_EXTERNAL_USER"),
                                false,
                                null,
                                "ada@example.com",
                                Map.of("design", TeamRole.NON_TEAM))),
                        List.of(new NewBoard("Plan", "DESIGN", "Ada@example.com"))));

        assertThat(ids.people()).containsExactly(Map.entry("ada@example.com", ada));
        assertThat(membership(acme, ada).role()).isEqualTo(OrganizationRole.EXTERNAL_USER);
        assertThat(membership(acme, ada).active()).isTrue();
        assertThat(membership(acme, ada).managerId()).isEqualTo(ada);
        assertThat(places(acme, "Design")).containsExactly(tuple("ada@example.com", TeamRole.NON_TEAM));
        assertThat(owners(acme)).containsExactly("ada@example.com");
    }

    @Test
    void populate_managersMayBeElsewhereInTheUniverse() {
        TestOrganization acme =
                TestOrganization.in(context).member("boss@example.com").create();
        TestOrganization other = TestOrganization.in(context).inUniverseOf(acme).create();

        Population.Ids ids = administration.populate(
                other.id(),
                new Population(
                        List.of(),
                        List.of(new NewPerson(
                                null, person("ada@example.com"), null, null, "boss@example.com", Map.of())),
                        List.of()));

        assertThat(membership(other, ids.people().get("ada@example.com")).managerId())
                .isEqualTo(Long.valueOf(acme.user("boss@example.com")));
        assertThatThrownBy(() -> administration.populate(
                        other.id(),
                        new Population(
                                List.of(),
                                List.of(new NewPerson(
                                        null, person("bob@example.com"), null, null, "no@example.com", Map.of())),
                                List.of())))
                .hasMessage("Nobody has the e-mail address no@example.com");
    }

    @Test
    void populate_groupNamesAreUnique() {
        TestOrganization acme = TestOrganization.in(context).team("Design").create();

        assertThatThrownBy(() -> administration.populate(
                        acme.id(), new Population(List.of(new NewTeam("DESIGN")), List.of(), List.of())))
                .isInstanceOf(RefusedException.class)
                .hasMessage("Another security group of the organisation has this name");
    }

    @Test
    void changePerson_isBoundByNoRule() {
        TestOrganization acme =
                TestOrganization.in(context).companyAdmin("root@example.com").create();
        long root = Long.parseLong(acme.user("root@example.com"));

        administration.changePerson(
                acme.id(),
                root,
                new UserChanges()
                        .set(UserAttribute.USER_NAME, "ex-root@example.org")
                        .set(UserAttribute.USER_TYPE, "Free Restricted")
                        .set(UserAttribute.DISPLAY_NAME, "Ruth Root")
                        .setOrganizationRole("organization_external_user")
                        .setActive(false),
                null,
                false,
                Instant.EPOCH);

        Membership changed = membership(acme, root);
        assertThat(changed.profile().email()).isEqualTo("ex-root@example.org");
        assertThat(changed.profile().fullName().value()).isEqualTo("Ruth Root");
        assertThat(changed.profile().registered()).isFalse();
        assertThat(changed.lastActivityAt()).isEqualTo(Instant.EPOCH);
        assertThat(changed.role()).isEqualTo(OrganizationRole.EXTERNAL_USER);
        assertThat(changed.license()).isEqualTo(License.FREE_RESTRICTED);
        assertThat(changed.active()).isFalse();
    }

    @Test
    void removePerson_boardsGoToTheOldestAdmin() {
        TestOrganization acme = TestOrganization.in(context)
                .team("Design")
                .teamAdmin("ada@example.com", "Design")
                .guest("gil@example.org", "Design")
                .board("Plan", "Design", "gil@example.org")
                .create();

        administration.removePerson(acme.id(), Long.parseLong(acme.user("gil@example.org")));

        assertThat(owners(acme)).containsExactly("ada@example.com");
        assertThat(places(acme, "Design")).containsExactly(tuple("ada@example.com", TeamRole.ADMIN));
    }

    @Test
    void teams_areChangedAndDeleted() {
        TestOrganization acme = TestOrganization.in(context)
                .team("Design")
                .member("ada@example.com")
                .create();
        long design = Long.parseLong(acme.group("Design"));
        long ada = Long.parseLong(acme.user("ada@example.com"));

        administration.placeInTeam(acme.id(), design, ada, null);
        administration.placeInTeam(acme.id(), design, ada, TeamRole.ADMIN);
        Team team = administration.changeTeam(acme.id(), design, "Craft", null, true);

        assertThat(team.name()).isEqualTo("Craft");
        assertThat(team.groupName()).isEqualTo("Design");
        assertThat(team.defaultTeam()).isTrue();
        assertThat(places(acme, "Design")).containsExactly(tuple("ada@example.com", TeamRole.ADMIN));

        administration.takeFromTeam(acme.id(), design, ada);
        assertThat(places(acme, "Design")).isEmpty();

        administration.placeInTeam(acme.id(), design, ada, null);
        administration.createBoard(acme.id(), "Wall", design, ada);
        context.getBean(Teams.class).delete(acme.id(), design);

        assertThat(owners(acme)).isEmpty();
        assertThat(membership(acme, ada).active()).isTrue();
    }

    private static UserChanges person(String email) {
        return new UserChanges().set(UserAttribute.USER_NAME, email);
    }

    private Membership membership(TestOrganization organization, long person) {
        return entities.createQuery("""
                        select m from Membership m join fetch m.profile
                        where m.organizationId = :organization and m.profile.id = :person
                        """, Membership.class)
                .setParameter("organization", organization.id())
                .setParameter("person", person)
                .getSingleResult();
    }

    private List<Tuple> places(TestOrganization organization, String team) {
        return entities
                .createQuery("""
                        select tm.membership.profile.email, tm.role from TeamMember tm where tm.team.id = :team
                        """, Object[].class)
                .setParameter("team", Long.valueOf(organization.group(team)))
                .getResultList()
                .stream()
                .map(row -> tuple(row))
                .toList();
    }

    private List<String> owners(TestOrganization organization) {
        return entities.createQuery(
                        "select b.owner.profile.email from Board b where b.team.organizationId = :id", String.class)
                .setParameter("id", organization.id())
                .getResultList();
    }
}

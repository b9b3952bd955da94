package dev.miroscim.idp;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The directory of a company, from which an identity provider provisions. Tests change it as administrators do. */
final class SourceDirectory {

    final Map<String, Person> people = new LinkedHashMap<>();
    final Map<String, Team> teams = new LinkedHashMap<>();

    /** Somebody of the company. Assigned people are to be in Miro; enabled ones are to be active there. */
    static final class Person {

        final String objectId;
        String address;
        String givenName;
        String surname;

        @Nullable
        String department;

        @Nullable
        String employeeId;

        @Nullable
        String jobTitle;

        @Nullable
        String language;

        @Nullable
        Person manager;

        boolean enabled = true;
        boolean assigned = true;

        Person(String objectId, String address, String givenName, String surname) {
            this.objectId = objectId;
            this.address = address;
            this.givenName = givenName;
            this.surname = surname;
        }

        String displayName() {
            return givenName + " " + surname;
        }
    }

    static final class Team {

        final String objectId;
        String displayName;
        final Set<Person> members = new LinkedHashSet<>();

        Team(String objectId, String displayName) {
            this.objectId = objectId;
            this.displayName = displayName;
        }
    }

    Person hire(String address, String givenName, String surname) {
        Person person = new Person("person-" + people.size(), address, givenName, surname);
        people.put(person.objectId, person);
        return person;
    }

    Team team(String displayName) {
        Team team = new Team("team-" + displayName, displayName);
        teams.put(team.objectId, team);
        return team;
    }

    /** Has a team provisioned no longer. */
    void withdraw(Team team) {
        teams.remove(team.objectId);
    }

    /** Purges somebody, so that nothing is left to be restored. */
    void purge(Person person) {
        people.remove(person.objectId);
        teams.values().forEach(team -> team.members.remove(person));
        people.values().stream().filter(other -> other.manager == person).forEach(other -> other.manager = null);
    }

    Person person(int number) {
        return people.values().stream().skip(number).findFirst().orElseThrow();
    }

    Team team(int number) {
        return teams.values().stream().skip(number).findFirst().orElseThrow();
    }

    /**
     * A company of {@code people} people with {@code teams} teams, everybody in up to three and managed by somebody.
     */
    static SourceDirectory company(int people, int teams) {
        SourceDirectory source = new SourceDirectory();
        for (int i = 0; i < teams; i++) {
            source.team("Team " + i);
        }
        for (int i = 0; i < people; i++) {
            Person person = source.hire("person%d@contoso.com".formatted(i), "Person", "Number " + i);
            person.department = "Department " + i % 7;
            person.employeeId = "E" + i;
            person.jobTitle = "Engineer " + i % 3;
            person.language = i % 2 == 0 ? "en-US" : "de-DE";
            person.manager = i < 10 ? null : source.person(i / 10);
            for (int team = 0; team <= i % 3 && teams > 0; team++) {
                source.team((i + team * 4) % teams).members.add(person);
            }
        }
        return source;
    }
}

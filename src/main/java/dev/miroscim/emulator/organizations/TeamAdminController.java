package dev.miroscim.emulator.organizations;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.miroscim.directory.administration.Administration;
import dev.miroscim.directory.administration.Population;
import dev.miroscim.directory.administration.Population.NewTeam;
import dev.miroscim.directory.teams.TeamRole;
import dev.miroscim.directory.teams.Teams;
import dev.miroscim.emulator.http.EmulatorApi;
import dev.miroscim.emulator.seed.SeedDocument;
import dev.miroscim.emulator.seed.SeedExport;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Manages teams as an administrator. SCIM sees them as groups. */
@RestController
@RequestMapping(
        path = EmulatorApi.BASE_PATH + "/organizations/{organization}/teams",
        produces = MediaType.APPLICATION_JSON_VALUE)
class TeamAdminController {

    private final Administration administration;
    private final Teams teams;
    private final SeedExport exports;

    TeamAdminController(Administration administration, Teams teams, SeedExport exports) {
        this.administration = administration;
        this.teams = teams;
        this.exports = exports;
    }

    /** Changes to a team; absent fields stay. */
    record TeamChange(
            @Nullable String name,
            @Nullable String securityGroup,
            @JsonProperty("default") @Nullable Boolean defaultTeam) {}

    /** A person's role in a team; by default, the usual one for the person. */
    record Seat(@Nullable TeamRole role) {}

    /** Lists all teams, oldest first. */
    @GetMapping
    List<SeedDocument.Team> list(@PathVariable long organization) {
        return exports.teams(organization);
    }

    /** Creates a team, which is also a group for SCIM. */
    @PostMapping
    ResponseEntity<SeedDocument.Team> create(@PathVariable long organization, @RequestBody SeedDocument.Team team) {
        if (team.name() == null) {
            throw EmulatorApi.invalid("name", "is required");
        }
        Population.Ids ids = administration.populate(
                organization,
                new Population(
                        List.of(new NewTeam(
                                team.id(), team.name(), team.securityGroup(), Boolean.TRUE.equals(team.defaultTeam()))),
                        List.of(),
                        List.of()));
        long id = ids.teams().values().iterator().next();
        return ResponseEntity.created(
                        URI.create("%s/organizations/%d/teams/%d".formatted(EmulatorApi.BASE_PATH, organization, id)))
                .body(find(organization, id));
    }

    /** Renames a team or its group, or changes whether it is the default team. */
    @PatchMapping("/{team}")
    SeedDocument.Team change(@PathVariable long organization, @PathVariable long team, @RequestBody TeamChange change) {
        administration.changeTeam(organization, team, change.name(), change.securityGroup(), change.defaultTeam());
        return find(organization, team);
    }

    /** Deletes a team with its boards. Its members stay in the organisation. */
    @DeleteMapping("/{team}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable long organization, @PathVariable long team) {
        teams.delete(organization, team);
    }

    /** Adds a person to a team, or changes the person's role there. */
    @PutMapping("/{team}/people/{person}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void place(
            @PathVariable long organization,
            @PathVariable long team,
            @PathVariable long person,
            @RequestBody(required = false) @Nullable Seat seat) {
        administration.placeInTeam(organization, team, person, seat == null ? null : seat.role());
    }

    /** Removes a person from a team. */
    @DeleteMapping("/{team}/people/{person}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void take(@PathVariable long organization, @PathVariable long team, @PathVariable long person) {
        administration.takeFromTeam(organization, team, person);
    }

    private SeedDocument.Team find(long organization, long id) {
        return exports.teams(organization).stream()
                .filter(team -> team.id() != null && team.id() == id)
                .findFirst()
                .orElseThrow(() -> EmulatorApi.notFound("team", Long.toString(id)));
    }
}

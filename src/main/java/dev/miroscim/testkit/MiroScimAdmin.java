package dev.miroscim.testkit;

import java.util.List;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.annotation.DeleteExchange;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PatchExchange;
import org.springframework.web.service.annotation.PostExchange;
import org.springframework.web.service.annotation.PutExchange;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

/**
 * The control API of a running miro-scim, for tests.
 *
 * <pre>{@code
 * MiroScimAdmin miro = MiroScimAdmin.at("http://localhost:8080", password);
 * Organization acme = miro.createOrganization(NewOrganization.named("Acme"));
 * // … let the software under test provision to acme.scimUrl() with acme.scimToken() …
 * List<Call> calls = miro.journal(JournalQuery.of(acme).path("/Users").until(3));
 * }</pre>
 *
 * <p>A refused call throws a {@link org.springframework.web.client.RestClientResponseException}, whose message says why.
 */
@HttpExchange(url = "/emulator", accept = MediaType.APPLICATION_JSON_VALUE)
public interface MiroScimAdmin {

    /**
     * A client of the server at {@code baseUrl}.
     *
     * @param baseUrl such as {@code http://localhost:8080}
     * @param adminPassword the value of {@code miro.admin-password}, or the one that the server prints at start
     */
    static MiroScimAdmin at(String baseUrl, String adminPassword) {
        RestClient http = RestClient.builder()
                .baseUrl(baseUrl)
                .defaultHeaders(headers -> headers.setBasicAuth("admin", adminPassword))
                .build();
        return HttpServiceProxyFactory.builderFor(RestClientAdapter.create(http))
                .build()
                .createClient(MiroScimAdmin.class);
    }

    // Organisations

    /** Creates an organisation with its own tokens. */
    @PostExchange("/organizations")
    Organization createOrganization(@RequestBody NewOrganization organization);

    /** All organisations, oldest first, without their tokens. */
    @GetExchange("/organizations")
    List<Organization> organizations();

    /** One organisation, without its tokens. */
    @GetExchange("/organizations/{id}")
    Organization organization(@PathVariable String id);

    /** Deletes an organisation with all contents. */
    @DeleteExchange("/organizations/{id}")
    void deleteOrganization(@PathVariable String id);

    /** Changes the named settings and returns all. A null value restores a setting's default. */
    @PatchExchange("/organizations/{id}/settings")
    Map<String, Object> changeSettings(@PathVariable String id, @RequestBody Map<String, ?> settings);

    /** Restores an organisation's seed. Tokens stay valid. */
    @PostExchange("/organizations/{id}/reset")
    void reset(@PathVariable String id);

    /** Exports the contents of an organisation as a seed. */
    @GetExchange("/organizations/{id}/seed")
    Map<String, Object> exportSeed(@PathVariable String id);

    /** Replaces the contents of an organisation by a seed, which later resets restore. */
    @PutExchange("/organizations/{id}/seed")
    void importSeed(@PathVariable String id, @RequestBody Map<String, ?> seed);

    // People, teams and boards

    /** Everybody in an organisation, including guests and deactivated people. */
    @GetExchange("/organizations/{id}/people")
    List<Person> people(@PathVariable String id);

    /** Adds a person. */
    @PostExchange("/organizations/{id}/people")
    Person addPerson(@PathVariable String id, @RequestBody Person person);

    /** Changes the named fields of a person; an empty text clears a text. */
    @PatchExchange("/organizations/{id}/people/{person}")
    Person changePerson(@PathVariable String id, @PathVariable String person, @RequestBody Person changes);

    /** Removes a person from an organisation. */
    @DeleteExchange("/organizations/{id}/people/{person}")
    void removePerson(@PathVariable String id, @PathVariable String person);

    /** All teams of an organisation. */
    @GetExchange("/organizations/{id}/teams")
    List<Team> teams(@PathVariable String id);

    /** Creates a team, which is also a group for SCIM. */
    @PostExchange("/organizations/{id}/teams")
    Team createTeam(@PathVariable String id, @RequestBody Team team);

    /** Changes the named fields of a team. */
    @PatchExchange("/organizations/{id}/teams/{team}")
    Team changeTeam(@PathVariable String id, @PathVariable String team, @RequestBody Team changes);

    /** Deletes a team with its boards. */
    @DeleteExchange("/organizations/{id}/teams/{team}")
    void deleteTeam(@PathVariable String id, @PathVariable String team);

    /** All boards of an organisation. */
    @GetExchange("/organizations/{id}/boards")
    List<Board> boards(@PathVariable String id);

    /** Creates a board. */
    @PostExchange("/organizations/{id}/boards")
    Board createBoard(@PathVariable String id, @RequestBody Board board);

    /** Renames a board or changes its owner. */
    @PatchExchange("/organizations/{id}/boards/{board}")
    Board changeBoard(@PathVariable String id, @PathVariable String board, @RequestBody Board changes);

    /** Deletes a board. */
    @DeleteExchange("/organizations/{id}/boards/{board}")
    void deleteBoard(@PathVariable String id, @PathVariable String board);

    // Tokens

    /** Generates a token, which only this answer shows. A new SCIM token revokes the previous one. */
    @PostExchange("/organizations/{id}/tokens")
    Token generateToken(@PathVariable String id, @RequestBody NewToken token);

    /** The organisation's valid tokens, shown as prefixes. */
    @GetExchange("/organizations/{id}/tokens")
    List<Token> tokens(@PathVariable String id);

    /** Revokes a token. */
    @DeleteExchange("/organizations/{id}/tokens/{token}")
    void revokeToken(@PathVariable String id, @PathVariable String token);

    // Journal

    /** The calls that {@code query} selects, newest first. */
    default List<Call> journal(JournalQuery query) {
        return journal(query.parameters());
    }

    /** The calls that the parameters select, newest first. */
    @GetExchange("/journal")
    List<Call> journal(@RequestParam MultiValueMap<String, String> parameters);

    /** Deletes the calls that {@code query} selects. */
    default void deleteJournal(JournalQuery query) {
        deleteJournal(query.parameters());
    }

    /** Deletes the calls that the parameters select. */
    @DeleteExchange("/journal")
    void deleteJournal(@RequestParam MultiValueMap<String, String> parameters);

    // Faults

    /** Injects a fault. */
    @PostExchange("/faults")
    Fault inject(@RequestBody NewFault fault);

    /** All faults with their counts, oldest first, including those that were used up or expired during the last day. */
    @GetExchange("/faults")
    List<Fault> faults();

    /** The faults of an organisation. */
    @GetExchange("/faults")
    List<Fault> faults(@RequestParam String organization);

    /** One fault with its counts. */
    @GetExchange("/faults/{id}")
    Fault fault(@PathVariable String id);

    /** Ends a fault. */
    @DeleteExchange("/faults/{id}")
    void removeFault(@PathVariable String id);

    /** Ends all faults, of whatever organisation. */
    @DeleteExchange("/faults")
    void removeFaults();

    /** Ends all faults of an organisation. */
    @DeleteExchange("/faults")
    void removeFaults(@RequestParam String organization);

    // Rules and time

    /** All rules of Miro that miro-scim knows. */
    @GetExchange("/rules")
    List<Rule> rules();

    /** The time of the clock that Miro's rules read. */
    @GetExchange("/clock")
    Time time();

    /** Stops the clock, or sets it ahead of the system clock. */
    @PutExchange("/clock")
    Time setTime(@RequestBody NewTime time);

    /** Resets the clock to the system clock. */
    @DeleteExchange("/clock")
    void resetTime();
}

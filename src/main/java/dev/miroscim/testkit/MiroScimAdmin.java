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
 * <p>What the server refuses is thrown as {@link org.springframework.web.client.RestClientResponseException}, whose
 * message says why.
 */
@HttpExchange(url = "/emulator", accept = MediaType.APPLICATION_JSON_VALUE)
public interface MiroScimAdmin {

    /**
     * A client of the server at {@code baseUrl}.
     *
     * @param baseUrl such as {@code http://localhost:8080}
     * @param adminPassword what {@code miro.admin-password} sets, or the server prints at start
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

    /** Makes an organisation with tokens of its own. */
    @PostExchange("/organizations")
    Organization createOrganization(@RequestBody NewOrganization organization);

    /** All organisations, oldest first, without their tokens. */
    @GetExchange("/organizations")
    List<Organization> organizations();

    /** One organisation, without its tokens. */
    @GetExchange("/organizations/{id}")
    Organization organization(@PathVariable String id);

    /** Deletes an organisation with everything in it. */
    @DeleteExchange("/organizations/{id}")
    void deleteOrganization(@PathVariable String id);

    /** Changes the settings that are named, and returns all. A setting that is null goes back to its default. */
    @PatchExchange("/organizations/{id}/settings")
    Map<String, Object> changeSettings(@PathVariable String id, @RequestBody Map<String, ?> settings);

    /** Puts an organisation back to its seed. Its tokens stay. */
    @PostExchange("/organizations/{id}/reset")
    void reset(@PathVariable String id);

    /** What is in an organisation, as a seed. */
    @GetExchange("/organizations/{id}/seed")
    Map<String, Object> exportSeed(@PathVariable String id);

    /** Replaces what is in an organisation by a seed, which becomes the one that it is reset to. */
    @PutExchange("/organizations/{id}/seed")
    void importSeed(@PathVariable String id, @RequestBody Map<String, ?> seed);

    // People, teams and boards

    /** Everybody in an organisation, guests and deactivated people too. */
    @GetExchange("/organizations/{id}/people")
    List<Person> people(@PathVariable String id);

    /** Adds a person. */
    @PostExchange("/organizations/{id}/people")
    Person addPerson(@PathVariable String id, @RequestBody Person person);

    /** Changes what is named of a person; an empty text clears a text. */
    @PatchExchange("/organizations/{id}/people/{person}")
    Person changePerson(@PathVariable String id, @PathVariable String person, @RequestBody Person changes);

    /** Removes a person from an organisation. */
    @DeleteExchange("/organizations/{id}/people/{person}")
    void removePerson(@PathVariable String id, @PathVariable String person);

    /** All teams of an organisation. */
    @GetExchange("/organizations/{id}/teams")
    List<Team> teams(@PathVariable String id);

    /** Makes a team, and with it the group that SCIM sees. */
    @PostExchange("/organizations/{id}/teams")
    Team createTeam(@PathVariable String id, @RequestBody Team team);

    /** Changes what is named of a team. */
    @PatchExchange("/organizations/{id}/teams/{team}")
    Team changeTeam(@PathVariable String id, @PathVariable String team, @RequestBody Team changes);

    /** Deletes a team with its boards. */
    @DeleteExchange("/organizations/{id}/teams/{team}")
    void deleteTeam(@PathVariable String id, @PathVariable String team);

    /** All boards of an organisation. */
    @GetExchange("/organizations/{id}/boards")
    List<Board> boards(@PathVariable String id);

    /** Makes a board. */
    @PostExchange("/organizations/{id}/boards")
    Board createBoard(@PathVariable String id, @RequestBody Board board);

    /** Renames a board or gives it to somebody else. */
    @PatchExchange("/organizations/{id}/boards/{board}")
    Board changeBoard(@PathVariable String id, @PathVariable String board, @RequestBody Board changes);

    /** Deletes a board. */
    @DeleteExchange("/organizations/{id}/boards/{board}")
    void deleteBoard(@PathVariable String id, @PathVariable String board);

    // Tokens

    /** Generates a token, which only this answer shows. A new SCIM token ends the one before. */
    @PostExchange("/organizations/{id}/tokens")
    Token generateToken(@PathVariable String id, @RequestBody NewToken token);

    /** The tokens that open an organisation, by their prefixes. */
    @GetExchange("/organizations/{id}/tokens")
    List<Token> tokens(@PathVariable String id);

    /** Ends a token. */
    @DeleteExchange("/organizations/{id}/tokens/{token}")
    void revokeToken(@PathVariable String id, @PathVariable String token);

    // Journal

    /** The calls that {@code query} means, newest first. */
    default List<Call> journal(JournalQuery query) {
        return journal(query.parameters());
    }

    /** The calls that the parameters mean, newest first. */
    @GetExchange("/journal")
    List<Call> journal(@RequestParam MultiValueMap<String, String> parameters);

    /** Forgets the calls that {@code query} means. */
    default void deleteJournal(JournalQuery query) {
        deleteJournal(query.parameters());
    }

    /** Forgets the calls that the parameters mean. */
    @DeleteExchange("/journal")
    void deleteJournal(@RequestParam MultiValueMap<String, String> parameters);

    // Faults

    /** Makes calls go wrong. */
    @PostExchange("/faults")
    Fault inject(@RequestBody NewFault fault);

    /** All faults, oldest first, with how often they were applied. Those that are used up or over stay for a day. */
    @GetExchange("/faults")
    List<Fault> faults();

    /** The faults of an organisation. */
    @GetExchange("/faults")
    List<Fault> faults(@RequestParam String organization);

    /** One fault, with how often it was applied. */
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

    /** Every rule of Miro's that miro-scim knows. */
    @GetExchange("/rules")
    List<Rule> rules();

    /** What time it is for Miro's rules. */
    @GetExchange("/clock")
    Time time();

    /** Stops the clock, or sets it ahead. */
    @PutExchange("/clock")
    Time setTime(@RequestBody NewTime time);

    /** Puts the clock back to the system clock. */
    @DeleteExchange("/clock")
    void resetTime();
}

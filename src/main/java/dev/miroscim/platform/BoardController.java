package dev.miroscim.platform;

import static dev.miroscim.access.Scope.BOARDS_READ;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.miroscim.access.AccessContext;
import dev.miroscim.directory.Listing;
import dev.miroscim.directory.MiroRule;
import dev.miroscim.directory.teams.Board;
import dev.miroscim.directory.teams.Boards;
import dev.miroscim.directory.teams.TeamSettings.Access;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import org.springframework.web.util.UriComponentsBuilder;

/** Lists all boards of the organisation, as a company admin with content admin rights sees them. */
@RestController
@RequestMapping(path = BoardController.PATH, produces = RestPlane.MEDIA_TYPE)
class BoardController {

    static final String PATH = "/v2/boards";
    private static final String DEFAULT_LIMIT = "20";
    private static final int MOST = 50;

    private static final String DEFAULT_SORT = "default";
    private static final String LAST_OPENED = "last_opened";

    /** The values of {@code sort}. */
    private static final List<String> SORTS =
            List.of(DEFAULT_SORT, "last_modified", LAST_OPENED, "last_created", "alphabetically");

    private static final int LONGEST_QUERY = 500;

    private final Boards boards;
    private final String publicUrl;

    BoardController(Boards boards, @Value("${miro.public-url:}") String publicUrl) {
        this.boards = boards;
        this.publicUrl = publicUrl.strip().replaceFirst("/+$", "");
    }

    @JsonPropertyOrder({"id", "type", "name"})
    record BoardUser(String id, String name, String type) {}

    @JsonPropertyOrder({"id", "type", "name"})
    record BoardTeam(String id, String name, String type) {}

    record PermissionsPolicy(String collaborationToolsStartAccess, String copyAccess, String sharingAccess) {

        static final PermissionsPolicy DEFAULT =
                new PermissionsPolicy("all_editors", "anyone", "team_members_with_editing_rights");
    }

    record SharingPolicy(
            String access, String inviteToAccountAndBoardLinkAccess, String organizationAccess, String teamAccess) {

        static final SharingPolicy DEFAULT = new SharingPolicy(
                RestFormat.name(Access.PRIVATE),
                "no_access",
                RestFormat.name(Access.PRIVATE),
                RestFormat.name(Access.PRIVATE));
    }

    record BoardPolicy(PermissionsPolicy permissionsPolicy, SharingPolicy sharingPolicy) {

        static final BoardPolicy DEFAULT = new BoardPolicy(PermissionsPolicy.DEFAULT, SharingPolicy.DEFAULT);
    }

    record BoardLinks(String self) {}

    /**
     * A board.
     *
     * @param description always empty, because boards here have no description
     * @param policy Miro's defaults, because nobody shares boards here
     */
    @JsonPropertyOrder({
        "id",
        "type",
        "name",
        "description",
        "links",
        "createdAt",
        "modifiedAt",
        "owner",
        "policy",
        "team",
        "viewLink"
    })
    record BoardResource(
            String id,
            String type,
            String name,
            String description,
            BoardLinks links,
            Instant createdAt,
            Instant modifiedAt,
            BoardUser owner,
            BoardPolicy policy,
            BoardTeam team,
            String viewLink) {}

    /** Links to other pages; absent where there is no such page. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonPropertyOrder({"self", "first", "prev", "next", "last"})
    record PageLinks(
            String self,
            String first,
            @Nullable String prev,
            @Nullable String next,
            String last) {}

    /**
     * A page of boards.
     *
     * @param size the number of boards on the page
     * @param total the number of boards that match
     */
    @JsonPropertyOrder({"size", "offset", "limit", "total", "data", "links", "type"})
    record BoardList(
            int size, int offset, int limit, long total, List<BoardResource> data, PageLinks links, String type) {}

    /**
     * Lists boards. An empty filter does not filter.
     *
     * @param projectId a project's id; nothing matches, because there are no projects here
     * @param owner a person's id
     * @param query a part of the name, in any case
     */
    @GetMapping
    @RestCall(level = RateLimitLevel.ONE, scopes = BOARDS_READ)
    BoardList list(
            @AuthenticationPrincipal AccessContext caller,
            @RequestParam(name = "team_id", defaultValue = "") String teamId,
            @RequestParam(name = "project_id", defaultValue = "") String projectId,
            @RequestParam(defaultValue = "") String owner,
            @RequestParam(defaultValue = "") String query,
            @RequestParam(defaultValue = DEFAULT_SORT) String sort,
            @RequestParam(defaultValue = DEFAULT_LIMIT) String limit,
            @RequestParam(defaultValue = "0") String offset) {
        if (query.codePointCount(0, query.length()) > LONGEST_QUERY) {
            throw RestFormat.invalid("query can have at most " + LONGEST_QUERY + " characters");
        }
        int most = number("limit", limit, 1, MOST);
        int from = number("offset", offset, 0, Integer.MAX_VALUE - MOST);
        Boards.Filter filter =
                new Boards.Filter(id("team_id", teamId), id("owner", owner), query.isEmpty() ? null : query);
        Boards.Order order = order(sort, filter.team() != null);
        Listing<Board> found = projectId.isEmpty()
                ? boards.list(caller.organizationId(), filter, order, from, most)
                : new Listing<>(0, List.of());
        if (sort.equals(LAST_OPENED)) {
            MiroRule.BOARDS_NEVER_OPENED.note("sort");
        }
        String base = base();
        List<BoardResource> data =
                found.items().stream().map(board -> resource(board, base)).toList();
        return new BoardList(data.size(), from, most, found.total(), data, links(from, most, found.total()), "list");
    }

    @GetMapping("/{board_id}")
    @RestCall(level = RateLimitLevel.ONE, scopes = BOARDS_READ)
    BoardResource get(@AuthenticationPrincipal AccessContext caller, @PathVariable("board_id") long boardId) {
        return resource(boards.find(caller.organizationId(), boardId), base());
    }

    private static BoardResource resource(Board board, String base) {
        String id = Long.toString(board.id());
        return new BoardResource(
                id,
                "board",
                board.name(),
                "",
                new BoardLinks(base + PATH + "/" + id),
                RestFormat.time(board.createdAt()),
                RestFormat.time(board.modifiedAt()),
                new BoardUser(
                        Long.toString(board.owner().profileId()),
                        board.owner().profile().fullName().value(),
                        "user"),
                BoardPolicy.DEFAULT,
                new BoardTeam(Long.toString(board.team().id()), board.team().name(), "team"),
                base + "/app/board/" + id);
    }

    /**
     * Without {@code sort}, the boards of one team are in the order of creation, and others in the order of last
     * opening.
     */
    private static Boards.Order order(String sort, boolean ofTeam) {
        return switch (sort) {
            case DEFAULT_SORT -> ofTeam ? Boards.Order.LAST_CREATED : Boards.Order.LAST_MODIFIED;
            case "last_modified", LAST_OPENED -> Boards.Order.LAST_MODIFIED;
            case "last_created" -> Boards.Order.LAST_CREATED;
            case "alphabetically" -> Boards.Order.ALPHABETICALLY;
            default -> throw RestFormat.invalid("sort must be one of " + String.join(", ", SORTS));
        };
    }

    private static @Nullable Long id(String parameter, String text) {
        if (text.isEmpty()) {
            return null;
        }
        if (!RestFormat.isId(text)) {
            throw RestFormat.invalid(parameter + " is not an id");
        }
        return Long.parseLong(text);
    }

    private static int number(String parameter, String text, int least, int most) {
        if (text.matches("[0-9]{1,10}")) {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return (int) number;
            }
        }
        throw RestFormat.invalid("%s must be a number from %d to %d".formatted(parameter, least, most));
    }

    private PageLinks links(int offset, int limit, long total) {
        long last = total == 0 ? 0 : (total - 1) / limit * limit;
        return new PageLinks(
                page(offset, limit),
                page(0, limit),
                offset == 0 ? null : page(Math.max(0, offset - limit), limit),
                offset + (long) limit < total ? page(offset + (long) limit, limit) : null,
                page(last, limit));
    }

    private String page(long offset, int limit) {
        UriComponentsBuilder page =
                ServletUriComponentsBuilder.fromCurrentRequest().replaceQueryParam("offset", offset);
        page.replaceQueryParam("limit", limit);
        String text = page.build().toUriString();
        return publicUrl.isEmpty() ? text : publicUrl + text.substring(text.indexOf(PATH));
    }

    private String base() {
        return publicUrl.isEmpty()
                ? ServletUriComponentsBuilder.fromCurrentContextPath().toUriString()
                : publicUrl;
    }
}

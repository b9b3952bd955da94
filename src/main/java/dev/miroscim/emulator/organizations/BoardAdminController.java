package dev.miroscim.emulator.organizations;

import dev.miroscim.directory.administration.Administration;
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
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Manages boards, whose owners Miro's rules change. */
@RestController
@RequestMapping(
        path = EmulatorApi.BASE_PATH + "/organizations/{organization}/boards",
        produces = MediaType.APPLICATION_JSON_VALUE)
class BoardAdminController {

    private final Administration administration;
    private final PeopleAdmin people;
    private final SeedExport exports;

    BoardAdminController(Administration administration, PeopleAdmin people, SeedExport exports) {
        this.administration = administration;
        this.people = people;
        this.exports = exports;
    }

    /**
     * A board.
     *
     * @param team the name of its team
     * @param owner the e-mail address of its owner
     */
    record BoardView(String id, String name, String team, String owner) {}

    /** Changes to a board; absent fields stay. */
    record BoardChange(@Nullable String name, @Nullable String owner) {}

    /** Lists all boards, oldest first. */
    @GetMapping
    List<BoardView> list(@PathVariable long organization) {
        return exports.boards(organization).stream()
                .map(board -> new BoardView(
                        Long.toString(board.id()),
                        board.board().name(),
                        board.board().team(),
                        board.board().owner()))
                .toList();
    }

    /** Creates a board in a team. */
    @PostMapping
    ResponseEntity<BoardView> create(@PathVariable long organization, @RequestBody SeedDocument.Board board) {
        require("name", board.name());
        require("team", board.team());
        require("owner", board.owner());
        long id = administration
                .createBoard(
                        organization,
                        board.name(),
                        people.teamOf(organization, board.team()),
                        people.idOf(organization, "owner", board.owner()))
                .id();
        return ResponseEntity.created(
                        URI.create("%s/organizations/%d/boards/%d".formatted(EmulatorApi.BASE_PATH, organization, id)))
                .body(find(organization, id));
    }

    /** Renames a board, or changes its owner. */
    @PatchMapping("/{board}")
    BoardView change(@PathVariable long organization, @PathVariable long board, @RequestBody BoardChange change) {
        administration.changeBoard(
                organization,
                board,
                change.name(),
                change.owner() == null ? null : people.idOf(organization, "owner", change.owner()));
        return find(organization, board);
    }

    /** Deletes a board. */
    @DeleteMapping("/{board}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable long organization, @PathVariable long board) {
        administration.deleteBoard(organization, board);
    }

    private BoardView find(long organization, long id) {
        return list(organization).stream()
                .filter(board -> board.id().equals(Long.toString(id)))
                .findFirst()
                .orElseThrow(() -> EmulatorApi.notFound("board", Long.toString(id)));
    }

    private static void require(String field, @Nullable String value) {
        if (value == null) {
            throw EmulatorApi.invalid(field, "is required");
        }
    }
}

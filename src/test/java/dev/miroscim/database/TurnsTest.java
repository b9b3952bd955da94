package dev.miroscim.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TurnsTest {

    private final Turns turns = new Turns(2);

    @Test
    void asManyAsThereAre_beginAtOnce() {
        assertThat(begun(ask(3))).containsExactly(true, true, false);
        assertThat(turns.waiting()).isEqualTo(1);
    }

    @Test
    void othersBegin_inTheOrderInWhichTheyAsked() {
        List<CompletableFuture<Void>> asked = ask(4);

        turns.end(asked.get(1));
        assertThat(begun(asked)).containsExactly(true, true, true, false);
        turns.end(asked.get(0));
        assertThat(begun(asked)).containsExactly(true, true, true, true);
    }

    @Test
    void whoeverStopsWaiting_costsTheOthersNothing() {
        List<CompletableFuture<Void>> asked = ask(4);

        turns.end(asked.get(2));
        turns.end(asked.get(0));
        assertThat(begun(asked)).containsExactly(true, true, false, true);
        turns.end(asked.get(1));
        turns.end(asked.get(3));

        assertThat(begun(ask(3))).containsExactly(true, true, false);
    }

    private List<CompletableFuture<Void>> ask(int count) {
        return Stream.generate(turns::ask).limit(count).toList();
    }

    private static List<Boolean> begun(List<CompletableFuture<Void>> asked) {
        return asked.stream().map(CompletableFuture::isDone).toList();
    }
}

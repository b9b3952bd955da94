package dev.miroscim.emulator.rules;

import dev.miroscim.directory.MiroRule;
import dev.miroscim.emulator.http.EmulatorApi;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Lists Miro's rules. */
@RestController
@RequestMapping(path = EmulatorApi.BASE_PATH + "/rules", produces = MediaType.APPLICATION_JSON_VALUE)
class RuleController {

    private static final List<RuleView> RULES =
            Arrays.stream(MiroRule.values()).map(RuleView::of).toList();

    /**
     * A rule.
     *
     * @param id its name in {@code X-Miro-Rule} and the journal
     * @param confidence documented, observed, inferred, or assumed
     * @param source the page that documents the rule, or comes closest to it
     */
    record RuleView(String id, String sentence, String confidence, String source) {

        static RuleView of(MiroRule rule) {
            return new RuleView(
                    rule.id(), rule.sentence(), rule.confidence().name().toLowerCase(Locale.ROOT), rule.source());
        }
    }

    /** Lists all rules. */
    @GetMapping
    List<RuleView> list() {
        return RULES;
    }

    /** Shows a rule. */
    @GetMapping("/{id}")
    RuleView get(@PathVariable String id) {
        return MiroRule.byId(id).map(RuleView::of).orElseThrow(() -> EmulatorApi.notFound("rule", id));
    }
}

package dev.miroscim.attack;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What came of one attack. */
final class Result {

    /** The most that one attack reports of the same kind; more of them would hide the others. */
    private static final int MOST_FINDINGS = 40;

    private final String attack;
    private final List<Row> rows = new ArrayList<>();
    private final List<String> findings = new ArrayList<>();
    private final List<String> skipped = new ArrayList<>();
    private int found;

    Result(String attack) {
        this.attack = attack;
    }

    /**
     * A line of the report.
     *
     * @param figures what was measured, in words
     */
    record Row(String what, long tried, long survived, String figures) {}

    void row(String what, long tried, long survived, String figures) {
        rows.add(new Row(what, tried, survived, figures));
    }

    synchronized void finding(String finding) {
        found++;
        if (findings.size() < MOST_FINDINGS) {
            findings.add(finding);
        }
    }

    void findings(Collection<String> several) {
        several.forEach(this::finding);
    }

    /** Part of the attack was impossible on this machine. */
    void skip(String what, String reason) {
        skipped.add(what + ": " + reason);
    }

    String attack() {
        return attack;
    }

    List<Row> rows() {
        return rows;
    }

    synchronized List<String> findings() {
        List<String> all = new ArrayList<>(findings);
        if (found > findings.size()) {
            all.add("… and %d more".formatted(found - findings.size()));
        }
        return all;
    }

    List<String> skipped() {
        return skipped;
    }
}

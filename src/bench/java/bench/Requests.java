package bench;

import java.util.List;
import java.util.Map;

/**
 * What a load tool sends, one after another and over again.
 *
 * @param connections how many send at the same time
 */
record Requests(int connections, Map<String, String> headers, List<Line> lines) {

    /** @param body {@code #} stands for a number that no other request of a run has */
    record Line(String method, String path, String body) {

        static Line get(String path) {
            return new Line("GET", path, "");
        }
    }

    Line first() {
        return lines.getFirst();
    }
}

package bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Sends requests with wrk as fast as a server answers them. */
final class LoadTool {

    private static final String SCRIPT = """
            local lines, next, run, written = {}, 0, "", 0
            function init(arguments)
              run = arguments[2]
              local headers = {}
              for i = 3, #arguments do
                local name, value = arguments[i]:match("^([^:]+): (.*)$")
                headers[name] = value
              end
              for line in io.lines(arguments[1]) do
                local method, path, body = line:match("^(%S+) (%S+) ?(.*)$")
                if body == "" then body = nil end
                if body and body:find("#") then
                  lines[#lines + 1] = { method, path, headers, body }
                else
                  lines[#lines + 1] = wrk.format(method, path, headers, body)
                end
              end
              next = tonumber(run) * 7919 % #lines
              if #lines < 10 then next = 0 end
            end
            function request()
              next = next % #lines + 1
              local line = lines[next]
              if type(line) == "string" then return line end
              written = written + 1
              return wrk.format(line[1], line[2], line[3], (line[4]:gsub("#", run .. string.format("%07d", written))))
            end
            function done(summary, latency)
              local e = summary.errors
              io.write(string.format("RESULT %d %d %d %d %d\\n", summary.requests, summary.duration,
                e.connect + e.read + e.write + e.status + e.timeout, latency:percentile(50), latency:percentile(99)))
            end
            """;

    private final Path folder;
    private final AtomicInteger runs = new AtomicInteger();

    LoadTool(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        Files.writeString(folder.resolve("requests.lua"), SCRIPT);
    }

    /** Says what to install where it is missing. */
    static void require() {
        boolean found = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "wrk")));
        if (!found) {
            throw new IllegalStateException(
                    "The benchmark needs wrk (https://github.com/wg/wrk) on the PATH; Debian and Ubuntu have a package wrk.");
        }
    }

    /** @param micros how long all requests took together, as the tool saw it */
    record Load(long requests, long micros, long errors, long p50, long p99) {

        double perSecond() {
            return requests * 1e6 / micros;
        }
    }

    Load run(Requests requests, String baseUrl, int seconds) throws IOException, InterruptedException {
        Path lines = folder.resolve("requests.txt");
        Files.write(
                lines,
                requests.lines().stream()
                        .map(line -> line.method() + " " + line.path() + " " + line.body())
                        .toList());
        List<String> command = Stream.of(
                        Stream.of(
                                "wrk",
                                "--threads=1",
                                "--connections=" + requests.connections(),
                                "--duration=" + seconds + "s",
                                "--timeout=60s",
                                "--script=" + folder.resolve("requests.lua"),
                                baseUrl,
                                "--",
                                lines.toString(),
                                // Nine digits with the number of the request, distinct between runs of the benchmark
                                // too.
                                Long.toString(System.currentTimeMillis() / 1_000 % 1_000_000 * 100
                                        + runs.incrementAndGet() % 100)),
                        requests.headers().entrySet().stream().map(LoadTool::header))
                .flatMap(arguments -> arguments)
                .toList();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        String[] result = output.lines()
                .filter(line -> line.startsWith("RESULT "))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("wrk failed: " + output))
                .split(" ");
        process.waitFor();
        return new Load(
                Long.parseLong(result[1]),
                Long.parseLong(result[2]),
                Long.parseLong(result[3]),
                Long.parseLong(result[4]),
                Long.parseLong(result[5]));
    }

    private static String header(Map.Entry<String, String> header) {
        return header.getKey() + ": " + header.getValue();
    }
}

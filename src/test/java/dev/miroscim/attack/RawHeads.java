package dev.miroscim.attack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Random;

/** Spoils the head of a request, as no client would send it, always in the same way for the same seed. */
final class RawHeads {

    private static final List<String> LINES = List.of(
            "",
            "GET / HTTP/0.9",
            "GET / HTTP/3.0",
            "GET /",
            "GET  /  HTTP/1.1",
            "GET http://example.com/v2/boards HTTP/1.1",
            "GET https:// HTTP/1.1",
            "OPTIONS * HTTP/1.1",
            "GET * HTTP/1.1",
            "CONNECT example.com:443 HTTP/1.1",
            "PRI * HTTP/2.0",
            "TRACE /api/v1/scim/Users HTTP/1.1",
            "get /api/v1/scim/Users HTTP/1.1",
            "GÉT /api/v1/scim/Users HTTP/1.1",
            "GET /api/v1/scim/Users?%zz HTTP/1.1",
            "GET /api/v1/scim/Users;%zz HTTP/1.1",
            "GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1",
            "GET /\\..\\x HTTP/1.1",
            "GET /error HTTP/1.1",
            "GET /nowhere HTTP/1.1",
            "GET /favicon.ico HTTP/1.1",
            "POST /v1/oauth/revoke HTTP/1.1",
            "\u0016\u0003\u0001\u0002");
    private static final List<String> HEADERS = List.of(
            "Content-Length: -1",
            "Content-Length: 5, 6",
            "Content-Length: 99999999999999999999",
            "Content-Length: x",
            "Content-Length: 3\r\nContent-Length: 4",
            "Transfer-Encoding: chunked",
            "Transfer-Encoding: gzip, chunked",
            "Transfer-Encoding: nonsense",
            "Transfer-Encoding: chunked\r\nContent-Length: 3",
            "Expect: 100-continue",
            "Expect: nonsense",
            "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABkAAQAAP__",
            "Upgrade: websocket\r\nConnection: Upgrade",
            "Connection: close, Host",
            "Host: ",
            "Host: a b",
            "Host: [::1",
            "Host: x:99999",
            "Host: x\r\nHost: y",
            "X-Forwarded-Prefix: x",
            "X-Forwarded-Host: a b",
            "X-Forwarded-Proto: javascript",
            "X-Forwarded-For: x, y, \u0000",
            "X-Forwarded-Port: 99999999",
            "Forwarded: host=\"\u0001\";proto=%",
            "Content-Encoding: gzip",
            "Content-Encoding: nonsense",
            "Content-Type: multipart/form-data",
            "Content-Type: application/json; charset=nonsense",
            "Accept: " + "a/b,".repeat(2_000),
            "Accept-Language: " + "x".repeat(40),
            "Accept-Charset: nonsense",
            "Range: bytes=0-1,2-3,-",
            "If-Modified-Since: nonsense",
            "Cookie: " + "a=b; ".repeat(500),
            "Last-Event-ID: nonsense",
            "X-Request-Id: " + "x".repeat(5_000),
            "X-HTTP-Method-Override: TRACE",
            "Long: " + "x".repeat(40_000),
            "No colon",
            ": no name",
            "Sp ace: x",
            " folded",
            "N\u0000l: x");

    private RawHeads() {}

    /** What to send in place of a head. */
    static byte[] spoil(String head, byte[] body, long seed) {
        Random random = new Random(seed);
        String spoilt = head;
        for (int i = random.nextInt(2); i >= 0; i--) {
            int lineEnd = spoilt.indexOf("\r\n");
            spoilt = switch (random.nextInt(6)) {
                case 0 -> pick(LINES, random) + (lineEnd < 0 ? "\r\n\r\n" : spoilt.substring(lineEnd));
                case 1, 2 ->
                    lineEnd < 0
                            ? spoilt
                            : spoilt.substring(0, lineEnd) + "\r\n" + pick(HEADERS, random) + spoilt.substring(lineEnd);
                case 3 -> spoilt.replaceFirst("\r\nHost:[^\r]*", "");
                case 4 -> spoilt.replace("\r\n", random.nextBoolean() ? "\n" : "\r");
                default -> {
                    int at = random.nextInt(spoilt.length() + 1);
                    yield spoilt.substring(0, at)
                            + (char) random.nextInt(256)
                            + spoilt.substring(Math.min(spoilt.length(), at + random.nextInt(3)));
                }
            };
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(spoilt.getBytes(ISO_8859_1));
        bytes.writeBytes(body);
        return bytes.toByteArray();
    }

    private static String pick(List<String> list, Random random) {
        return list.get(random.nextInt(list.size()));
    }
}

package dev.miroscim.attack;

import dev.miroscim.RawHttp;
import dev.miroscim.idp.Mutations.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is wrong with an answer, whatever was asked. */
final class Verdict {

    static final long LONGEST_MILLIS = 5_000;

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String SCIM_ERROR = "urn:ietf:params:scim:api:messages:2.0:Error";

    /** The answers that HTTP has for what only the container understands. */
    private static final Set<Integer> ANSWERS_OF_HTTP = Set.of(501, 505);

    private static final int LONGEST_PATH = 20_000;

    private Verdict() {}

    static List<String> of(Request request, RawHttp.Answer answer, long millis) {
        List<String> problems = new ArrayList<>();
        if (answer.status() >= 500) {
            problems.add("status " + answer.status() + ": " + shortened(answer.body()));
        }
        if (millis > LONGEST_MILLIS) {
            problems.add("answered after " + millis + " ms");
        }
        boolean withBody = answer.bytes().length > 0;
        if (answer.status() >= 400
                && !request.method().equals("HEAD")
                && !request.method().equals("OPTIONS")) {
            String form = form(answer);
            String expected = expectedForm(request.base() + request.path());
            if (form.isEmpty() || !expected.isEmpty() && !form.equals(expected)) {
                problems.add("an error in the form '%s' and not '%s', with status %d: %s"
                        .formatted(form, expected, answer.status(), shortened(answer.body())));
            }
        }
        if (withBody) {
            String body = answer.body();
            if (isHtml(answer)) {
                problems.add("an HTML page: " + shortened(body));
            }
            problems.addAll(Leaks.insides(body));
        }
        return problems;
    }

    /** For what is hardly a request, so that its plane is not known. */
    static List<String> ofRaw(RawHttp.Answer answer, long millis) {
        List<String> problems = new ArrayList<>();
        if (answer.status() >= 500 && !ANSWERS_OF_HTTP.contains(answer.status())) {
            problems.add("status " + answer.status() + ": " + shortened(answer.body()));
        }
        if (millis > LONGEST_MILLIS) {
            problems.add("answered after " + millis + " ms");
        }
        if (isHtml(answer)) {
            problems.add("an HTML page: " + shortened(answer.body()));
        }
        problems.addAll(Leaks.insides(answer.body()));
        return problems;
    }

    private static boolean isHtml(RawHttp.Answer answer) {
        String type = answer.header("Content-Type");
        return type != null && type.startsWith("text/html")
                || answer.body().startsWith("<!doctype")
                || answer.body().startsWith("<html");
    }

    /** In what form the body tells of an error; empty if it is none that a client could read. */
    private static String form(RawHttp.Answer answer) {
        JsonNode json;
        try {
            json = JSON.readTree(answer.bytes());
        } catch (JacksonException e) {
            return "";
        }
        String status = Integer.toString(answer.status());
        if (json.path("schemas").path(0).asString("").equals(SCIM_ERROR)) {
            return json.path("status").asString("").equals(status) && json.has("detail") ? "scim" : "";
        }
        if (json.path("error").path("code").asInt(0) == 405) {
            return "scim";
        }
        if (!json.path("status").asString("").equals(status)) {
            return "";
        }
        if (json.path("type").asString("").equals("error")) {
            return json.has("code") && json.has("message") ? "rest" : "";
        }
        return json.has("title") && json.has("detail") ? "emulator" : "";
    }

    /** The form of the plane of a path; empty where a path is so odd that several planes could answer. */
    private static String expectedForm(String path) {
        String plain = path.split("\\?")[0];
        // Tomcat refuses a head that is too large before it knows the path.
        if (path.length() > LONGEST_PATH
                || path.contains("#")
                || !plain.matches("[A-Za-z0-9/_.:-]+")
                || plain.contains("//")
                || plain.contains("/.")) {
            return "";
        }
        if (plain.startsWith("/api/v1/scim/")) {
            return "scim";
        }
        if (plain.startsWith("/emulator/")) {
            return "emulator";
        }
        return plain.toLowerCase(Locale.ROOT).equals(plain) && plain.matches("/v[12]/.*") ? "rest" : "";
    }

    static String shortened(String text) {
        return text.length() > 300 ? text.substring(0, 300) + "…" : text;
    }
}

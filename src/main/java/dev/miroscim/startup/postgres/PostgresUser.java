package dev.miroscim.startup.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The system user that PostgreSQL runs as: whoever runs miro-scim, but never root, which PostgreSQL refuses.
 *
 * @param command what to put before a command to run it as that user
 * @param uid the owner its files need; -1 where the system counts no users
 */
record PostgresUser(List<String> command, int uid) {

    private static final List<List<String>> WAYS_FROM_ROOT = List.of(
            // In a user namespace of its own root is nobody to PostgreSQL, while files stay root's. Containers forbid
            // it.
            List.of("unshare", "--user"),
            List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"),
            List.of("runuser", "-u", "nobody", "--"));

    /** Chosen for the user who made the folder, who is the one that runs this. */
    static PostgresUser current(Path ownFolder) throws IOException {
        if (!FileSystems.getDefault().supportedFileAttributeViews().contains("unix")) {
            return new PostgresUser(List.of(), -1);
        }
        int uid = owner(ownFolder);
        return uid == 0 ? lentByRoot() : new PostgresUser(List.of(), uid);
    }

    private static PostgresUser lentByRoot() {
        for (List<String> command : WAYS_FROM_ROOT) {
            String uid = answer(command, "id", "-u");
            // initdb wants the user to have a name.
            if (!uid.isEmpty()
                    && !uid.equals("0")
                    && !answer(command, "id", "-u", "-n").isEmpty()) {
                boolean filesStayRoots = command.getFirst().equals("unshare");
                return new PostgresUser(command, filesStayRoots ? 0 : Integer.parseInt(uid));
            }
        }
        throw new DatabaseStartException(
                "PostgreSQL refuses to run as root, and this system lets root neither unshare nor setpriv nor runuser.",
                "Run miro-scim as another user.");
    }

    private static String answer(List<String> command, String... question) {
        try {
            Process process = new ProcessBuilder(
                            Stream.concat(command.stream(), Stream.of(question)).toList())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.waitFor() == 0 ? answer : "";
        } catch (IOException e) {
            return ""; // there is no such program here
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    private static int owner(Path file) throws IOException {
        return (int) Files.getAttribute(file, "unix:uid");
    }

    boolean owns(Path file) throws IOException {
        return uid < 0 || owner(file) == uid;
    }

    /** Hands a file over to that user. */
    void own(Path file) throws IOException {
        if (!owns(file)) {
            Files.setAttribute(file, "unix:uid", uid);
        }
    }
}

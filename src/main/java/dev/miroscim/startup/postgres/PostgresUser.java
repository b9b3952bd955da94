package dev.miroscim.startup.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The system user that runs PostgreSQL: the user of miro-scim, but never root, which PostgreSQL refuses.
 *
 * @param command the prefix that runs a command as that user
 * @param uid the owner that its files need; -1 on systems without numeric users
 */
record PostgresUser(List<String> command, int uid) {

    private static final List<List<String>> WAYS_FROM_ROOT = List.of(
            // In its own user namespace, root has no privileges for PostgreSQL, while files still belong to root.
            // Containers forbid such namespaces.
            List.of("unshare", "--user"),
            List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"),
            List.of("runuser", "-u", "nobody", "--"));

    /** Chosen for the owner of the folder, who is the user of this process. */
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
            // initdb requires that the user has a name.
            if (!uid.isEmpty()
                    && !uid.equals("0")
                    && !answer(command, "id", "-u", "-n").isEmpty()) {
                boolean filesStayRoots = command.getFirst().equals("unshare");
                return new PostgresUser(command, filesStayRoots ? 0 : Integer.parseInt(uid));
            }
        }
        throw new DatabaseStartException(
                "PostgreSQL refuses to run as root, and root cannot use unshare, setpriv or runuser on this system.",
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
            return ""; // the program does not exist here
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

    /** Makes that user the owner of a file. */
    void own(Path file) throws IOException {
        if (!owns(file)) {
            Files.setAttribute(file, "unix:uid", uid);
        }
    }
}

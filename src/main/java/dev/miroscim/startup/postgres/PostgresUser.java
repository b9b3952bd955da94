package dev.miroscim.startup.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The system user that runs PostgreSQL: the user of miro-scim, but never root, which PostgreSQL refuses.
 *
 * @param command the prefix that runs a command as that user
 * @param uid the owner that its files need; -1 on systems without numeric users
 */
record PostgresUser(List<String> command, int uid) {

    private static final Logger log = LoggerFactory.getLogger(PostgresUser.class);

    private static final int ROOT = 0;
    private static final int NOBODY = 65534;

    private static final List<List<String>> WAYS_FROM_ROOT = List.of(
            List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "--no-new-privs"),
            List.of("runuser", "-u", "nobody", "--"));

    /**
     * In its own user namespace, root has no privileges, while files still belong to root. For a root that may not
     * become another user, and for folders that other users cannot enter.
     */
    private static final List<String> ROOT_WITHOUT_PRIVILEGES = List.of("unshare", "--user");

    /**
     * Chosen for the owner of the folders, who is the user of this process.
     *
     * @param folders what PostgreSQL needs to reach
     */
    static PostgresUser current(Path... folders) throws IOException {
        if (!FileSystems.getDefault().supportedFileAttributeViews().contains("unix")) {
            return new PostgresUser(List.of(), -1);
        }
        int uid = owner(folders[0]);
        return uid == ROOT ? lentByRoot(folders) : new PostgresUser(List.of(), uid);
    }

    private static PostgresUser lentByRoot(Path... folders) {
        for (List<String> way : WAYS_FROM_ROOT) {
            String uid = uid(way);
            if (!uid.isEmpty() && Stream.of(folders).allMatch(folder -> canEnter(way, folder))) {
                return new PostgresUser(way, Integer.parseInt(uid));
            }
        }
        if (uid(ROOT_WITHOUT_PRIVILEGES).isEmpty()) {
            throw new DatabaseStartException(
                    "PostgreSQL refuses to run as root, and no other user can enter " + folders[folders.length - 1]
                            + ".",
                    "Run miro-scim as another user, or name another folder with MIRO_DATA_DIR.");
        }
        log.warn(
                "The embedded PostgreSQL runs as root without privileges, because no other user can enter {}",
                folders[folders.length - 1]);
        return new PostgresUser(ROOT_WITHOUT_PRIVILEGES, ROOT);
    }

    /** The number of the user that runs commands this way; empty if PostgreSQL could not run as that user. */
    private static String uid(List<String> command) {
        String uid = answer(command, "id", "-u");
        // initdb requires that the user has a name.
        return uid.equals("0") || answer(command, "id", "-u", "-n").isEmpty() ? "" : uid;
    }

    private static boolean canEnter(List<String> command, Path folder) {
        return !answer(command, "sh", "-c", "cd \"$0\" && echo yes", folder.toString())
                .isEmpty();
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
        return (int) Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    }

    boolean owns(Path file) throws IOException {
        return uid < 0 || owner(file) == uid;
    }

    /** Makes that user the owner of a file or folder, and the only one who can use it. */
    void own(Path file) throws IOException {
        restrict(file, Files.isDirectory(file) ? "rwx------" : "rw-------");
        give(file);
    }

    /** Makes that user the owner of data that an earlier start as root kept as another of the users it can choose. */
    void takeOver(Path data) throws IOException {
        if (command.isEmpty() || owns(data) || owner(data) != ROOT && owner(data) != NOBODY) {
            return;
        }
        List<Path> files;
        try (Stream<Path> all = Files.walk(data)) {
            files = all.toList();
        }
        for (Path file : files) {
            give(file);
        }
    }

    private void give(Path file) throws IOException {
        if (!owns(file)) {
            Files.setAttribute(file, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
        }
    }

    /**
     * Lets only the user of this process list and change a folder. Root lets others pass, for the sake of the user that
     * runs PostgreSQL; that user could replace files in a folder of its own, and have root write elsewhere.
     */
    static void guard(Path folder) throws IOException {
        boolean root = folder.getFileSystem().supportedFileAttributeViews().contains("unix") && owner(folder) == ROOT;
        restrict(folder, root ? "rwx--x--x" : "rwx------");
    }

    /** Changes who can use a file, on systems that can say so. */
    static void restrict(Path file, String permissions) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        }
    }
}

package dev.miroscim.database;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Stands between a program and its database, and can keep the bytes of both, as a frozen database does. */
final class Forwarder implements Closeable {

    private final int target;
    private final ServerSocket server;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    /** Whoever forwards reads; freezing writes. */
    private final ReentrantReadWriteLock frozen = new ReentrantReadWriteLock();

    Forwarder(int target) throws IOException {
        this.target = target;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    void freeze() {
        frozen.writeLock().lock();
    }

    void thaw() {
        frozen.writeLock().unlock();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                Socket database = new Socket(InetAddress.getLoopbackAddress(), target);
                sockets.add(client);
                sockets.add(database);
                Thread.ofPlatform().daemon().start(() -> forward(client, database));
                Thread.ofPlatform().daemon().start(() -> forward(database, client));
            }
        } catch (IOException _) {
            // The test is over.
        }
    }

    private void forward(Socket from, Socket to) {
        byte[] bytes = new byte[8_192];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                frozen.readLock().lock();
                try {
                    out.write(bytes, 0, count);
                } finally {
                    frozen.readLock().unlock();
                }
            }
        } catch (IOException _) {
            // One of them has closed the connection.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}

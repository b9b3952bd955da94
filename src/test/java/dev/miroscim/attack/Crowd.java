package dev.miroscim.attack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** Many connections at once, which send slowly or do not read what they are sent. */
final class Crowd {

    private static final int CONNECTING_AT_ONCE = 800;

    private final InetSocketAddress address;
    private final int size;
    private final byte[] first;
    private final byte[] then;
    private final boolean reading;
    private int opened;
    private int closed;

    /**
     * @param first what each connection sends at once
     * @param then what follows, a byte every half second, again from its beginning
     * @param reading whether the connections read, so that they notice when they are closed
     */
    Crowd(int port, int size, byte[] first, byte[] then, boolean reading) {
        this.address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        this.size = size;
        this.first = first;
        this.then = then;
        this.reading = reading;
    }

    /** One of them. */
    private final class Member {

        final ByteBuffer first = ByteBuffer.wrap(Crowd.this.first);
        int sent;
    }

    /** Stays that long, and then leaves. */
    void stay(Duration time) throws IOException {
        long end = System.nanoTime() + time.toNanos();
        long nextByte = System.nanoTime();
        ByteBuffer read = ByteBuffer.allocate(1 << 16);
        int begun = 0;
        int connecting = 0;
        try (Selector selector = Selector.open()) {
            while (System.nanoTime() < end) {
                for (; begun < size && connecting < CONNECTING_AT_ONCE; begun++) {
                    SocketChannel channel = SocketChannel.open();
                    channel.configureBlocking(false);
                    channel.connect(address);
                    channel.register(selector, SelectionKey.OP_CONNECT, new Member());
                    connecting++;
                }
                selector.select(50);
                for (SelectionKey key : selector.selectedKeys()) {
                    boolean wasConnecting = (key.interestOps() & SelectionKey.OP_CONNECT) != 0;
                    try {
                        advance(key, read);
                    } catch (IOException e) {
                        leave(key);
                    }
                    if (wasConnecting) {
                        connecting--;
                    }
                }
                selector.selectedKeys().clear();
                if (then.length > 0 && System.nanoTime() > nextByte) {
                    nextByte = System.nanoTime() + Duration.ofMillis(500).toNanos();
                    selector.keys().forEach(this::trickle);
                }
            }
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
        }
    }

    private void advance(SelectionKey key, ByteBuffer read) throws IOException {
        SocketChannel channel = (SocketChannel) key.channel();
        Member member = (Member) key.attachment();
        if (key.isConnectable() && channel.finishConnect()) {
            opened++;
            key.interestOps(SelectionKey.OP_WRITE | (reading ? SelectionKey.OP_READ : 0));
        }
        if (key.isValid() && key.isWritable()) {
            channel.write(member.first);
            if (!member.first.hasRemaining()) {
                key.interestOps(reading ? SelectionKey.OP_READ : 0);
            }
        }
        if (key.isValid() && key.isReadable() && channel.read(read.clear()) < 0) {
            leave(key);
        }
    }

    private void trickle(SelectionKey key) {
        Member member = (Member) key.attachment();
        if (key.isValid() && ((SocketChannel) key.channel()).isConnected() && !member.first.hasRemaining()) {
            try {
                ((SocketChannel) key.channel()).write(ByteBuffer.wrap(then, member.sent++ % then.length, 1));
            } catch (IOException e) {
                leave(key);
            }
        }
    }

    private void leave(SelectionKey key) {
        closed++;
        key.cancel();
        try {
            key.channel().close();
        } catch (IOException e) {
            // It is gone in any case.
        }
    }

    /** How many were let in. */
    int opened() {
        return opened;
    }

    /** How many the program closed, as far as they noticed, or never let in. */
    int closed() {
        return closed;
    }
}

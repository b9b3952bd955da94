package dev.miroscim.emulator.journal;

import java.util.Arrays;

/** Keeps the first bytes of a body, up to a limit. */
final class CapturedBytes {

    private static final byte[] NOTHING = new byte[0];
    private static final int FIRST_SIZE = 1_024;

    private final int most;
    private byte[] bytes = NOTHING;
    private int count;

    CapturedBytes(int most) {
        this.most = most;
    }

    void add(int octet) {
        if (count < most) {
            makeRoom(1);
            bytes[count++] = (byte) octet;
        }
    }

    void add(byte[] from, int offset, int length) {
        int kept = Math.min(length, most - count);
        if (kept > 0) {
            makeRoom(kept);
            System.arraycopy(from, offset, bytes, count, kept);
            count += kept;
        }
    }

    void clear() {
        count = 0;
    }

    boolean isEmpty() {
        return count == 0;
    }

    byte[] toByteArray() {
        return count == bytes.length ? bytes : Arrays.copyOf(bytes, count);
    }

    private void makeRoom(int more) {
        if (count + more > bytes.length) {
            bytes = Arrays.copyOf(
                    bytes, Math.min(most, Math.max(count + more, Math.max(FIRST_SIZE, 2 * bytes.length))));
        }
    }
}

package dev.miroscim.directory.groups;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * The members of a group that SCIM sees, by id. A group can have everybody of an organisation, so they are kept in
 * arrays, with about 40 bytes a member.
 */
public final class GroupMembers {

    static final GroupMembers NONE = new GroupMembers(0);

    private static final int FIRST_SIZE = 16;
    private static final int USUAL_NAME = 16;

    private long[] ids;
    private byte[] names;
    /** Where each name ends in {@link #names}. */
    private int[] ends;

    private int size;

    private GroupMembers(int capacity) {
        ids = new long[capacity];
        names = new byte[capacity * USUAL_NAME];
        ends = new int[capacity];
    }

    static GroupMembers empty() {
        return new GroupMembers(FIRST_SIZE);
    }

    /** @param name in UTF-8 */
    void add(long id, byte[] name) {
        if (size == ids.length) {
            int capacity = Math.max(FIRST_SIZE, size + (size >> 1));
            ids = Arrays.copyOf(ids, capacity);
            ends = Arrays.copyOf(ends, capacity);
        }
        int start = nameStart(size);
        int end = Math.addExact(start, name.length);
        if (end > names.length) {
            names = Arrays.copyOf(names, Math.max(end, names.length + (names.length >> 1)));
        }
        System.arraycopy(name, 0, names, start, name.length);
        ids[size] = id;
        ends[size] = end;
        size++;
    }

    public int size() {
        return size;
    }

    public long id(int index) {
        return ids[index];
    }

    public String displayName(int index) {
        return new String(names, nameStart(index), nameLength(index), UTF_8);
    }

    /** All names in UTF-8, one after another, and perhaps more. */
    public byte[] names() {
        return names;
    }

    /** Where a name begins in {@link #names()}. */
    public int nameStart(int index) {
        return index == 0 ? 0 : ends[index - 1];
    }

    public int nameLength(int index) {
        return ends[index] - nameStart(index);
    }
}

package dev.miroscim.emulator.seed;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A part of a seed's text with its position. */
record SeedNode(
        @Nullable SeedNode parent, String step, @Nullable Node node, int line) {

    static SeedNode root(@Nullable Node node) {
        return new SeedNode(null, "", node, node == null ? 1 : line(node));
    }

    /** The path as people write it: {@code people[2].email}. */
    String path() {
        String above = parent == null ? "" : parent.path();
        return above.isEmpty() && step.startsWith(".") ? step.substring(1) : above + step;
    }

    boolean isNothing() {
        return node == null || Tag.NULL.equals(node.getTag());
    }

    boolean isMapping() {
        return node instanceof MappingNode;
    }

    boolean isList() {
        return node instanceof SequenceNode;
    }

    boolean isText() {
        return node instanceof ScalarNode;
    }

    /** Whether it has a YAML tag, which seeds do not support. */
    boolean isTagged() {
        return node != null && node.getTag().getValue().startsWith("!");
    }

    /** The text as written, without YAML's types: an employee number keeps its zeros. */
    String text() {
        return ((ScalarNode) node).getValue();
    }

    /** The fields as written; a duplicate appears twice. */
    List<SeedNode> fields() {
        return ((MappingNode) node).getValue().stream().map(this::field).toList();
    }

    /** The field name of this value. */
    String name() {
        return step.substring(1);
    }

    List<SeedNode> items() {
        List<Node> items = ((SequenceNode) node).getValue();
        return IntStream.range(0, items.size())
                .mapToObj(i -> new SeedNode(this, "[" + i + "]", items.get(i), line(items.get(i))))
                .toList();
    }

    /** The field with this name; if there is none, a node without a value at this node's line. */
    SeedNode field(String name) {
        if (node instanceof MappingNode mapping) {
            for (NodeTuple field : mapping.getValue()) {
                if (field.getKeyNode() instanceof ScalarNode key
                        && key.getValue().equals(name)) {
                    return field(field);
                }
            }
        }
        return new SeedNode(this, "." + name, null, line);
    }

    /** An item of a list field. */
    SeedNode item(String field, int index) {
        SeedNode list = field(field);
        return list.node instanceof SequenceNode items
                        && index < items.getValue().size()
                ? new SeedNode(
                        list,
                        "[" + index + "]",
                        items.getValue().get(index),
                        line(items.getValue().get(index)))
                : list;
    }

    private SeedNode field(NodeTuple field) {
        String name = field.getKeyNode() instanceof ScalarNode key ? key.getValue() : "?";
        return new SeedNode(this, "." + name, field.getValueNode(), line(field.getKeyNode()));
    }

    private static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }
}

package org.example.nodememory;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jarvis.api.panel.Panel;
import org.jarvis.api.panel.PanelContent;
import org.jarvis.api.panel.PanelContent.Column;
import org.jarvis.api.panel.PanelDefinition;
import org.jarvis.api.panel.PanelValue;
import org.jarvis.api.panel.PanelView;
import org.jarvis.api.problem.Situation;
import org.jarvis.api.resource.Bytes;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.Node;
import org.osgi.service.component.annotations.Component;

/** Shows how much memory was promised to the running guests of each node. */
@Component
public final class MemoryByNode implements Panel {
  @Override
  public PanelDefinition definition() {
    return new PanelDefinition(
        "example-memory-by-node",
        "Memory promised",
        "What the running guests of each node may use, beside what the node has.",
        null,
        Duration.ofSeconds(5));
  }

  @Override
  public PanelContent content(PanelView view) {
    List<List<PanelValue>> rows =
        view.clusters().stream()
            .flatMap(
                cluster ->
                    cluster.cluster().nodes().values().stream()
                        .sorted(Comparator.comparing(Node::name))
                        .map(node -> row(cluster, node)))
            .toList();
    List<List<PanelValue>> shown =
        rows.subList(0, Math.min(rows.size(), PanelContent.Table.MAX_ROWS));
    return new PanelContent.Table(
        List.of(
            new Column("Node", Column.Type.RESOURCE),
            new Column("Promised", Column.Type.NUMBER, "B"),
            new Column("Has", Column.Type.NUMBER, "B")),
        shown,
        rows.size() - shown.size());
  }

  private static List<PanelValue> row(Situation situation, Node node) {
    boolean known = situation.isFresh(node) && node.memoryTotal() != null;
    return List.of(
        PanelValue.of(node.ref(), node.name()),
        known ? PanelValue.of(promised(situation, node)) : PanelValue.unknown(),
        known ? PanelValue.of(node.memoryTotal().value()) : PanelValue.unknown());
  }

  private static double promised(Situation situation, Node node) {
    return situation.cluster().guests().values().stream()
        .filter(guest -> guest.node().equals(node.node()))
        .filter(guest -> guest.status() == Guest.Status.RUNNING)
        .map(Guest::memoryTotal)
        .filter(Objects::nonNull)
        .mapToDouble(Bytes::value)
        .sum();
  }
}

package org.jarvis.connector.proxmox.reply;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jarvis.api.resource.Bytes;
import org.jarvis.api.resource.detail.NodeSystem;
import org.jspecify.annotations.Nullable;

/** What {@code /nodes/{node}/status} tells. */
public final class NodeStatus {
  private static final int LOAD_AVERAGES = 3;

  private NodeStatus() {}

  /** Reads the reply's data. */
  public static NodeSystem read(JsonNode data) {
    Row row = new Row(data);
    Row processor = row.child("cpuinfo");
    Row memory = row.child("memory");
    Row swap = row.child("swap");
    Row root = row.child("rootfs");
    List<Double> load = row.decimals("loadavg");
    return new NodeSystem(
        version(row.text("pveversion")),
        kernel(row),
        processor.text("model"),
        processor.smallCount("cpus"),
        processor.smallCount("sockets"),
        row.share("cpu"),
        row.share("wait"),
        // Two of three could be any two.
        load.size() == LOAD_AVERAGES ? load : List.of(),
        memory.bytes("used"),
        memory.bytes("total"),
        memory.bytes("available"),
        arc(row),
        row.child("ksm").bytes("shared"),
        swap.bytes("used"),
        swap.bytes("total"),
        root.bytes("used"),
        root.bytes("total"),
        row.seconds("uptime"),
        row.child("boot-info").text("mode"));
  }

  private static @Nullable Bytes arc(Row row) {
    Bytes size = row.child("memory").bytes("arcsize");
    return size != null ? size : row.bytes("arcsize");
  }

  private static @Nullable String kernel(Row row) {
    String release = row.child("current-kernel").text("release");
    return release != null ? release : row.text("kversion");
  }

  /** {@code 9.2.11} of {@code pve-manager/9.2.11/5e6f1a2b3c4d}. */
  private static @Nullable String version(@Nullable String text) {
    String inner = Identifiers.part(text, 1);
    return inner != null ? inner : text;
  }
}

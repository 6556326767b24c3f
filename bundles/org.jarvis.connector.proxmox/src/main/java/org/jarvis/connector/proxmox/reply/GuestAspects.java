package org.jarvis.connector.proxmox.reply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.detail.GuestConfiguration;
import org.jarvis.api.resource.detail.GuestRuntime;
import org.jarvis.api.resource.detail.GuestSnapshots;
import org.jarvis.api.text.InertText;
import org.jspecify.annotations.Nullable;

/** What the calls below {@code /nodes/{node}/{qemu,lxc}/{vmid}} tell, from the outside. */
public final class GuestAspects {
  private static final int SNAPSHOTS_LIMIT = 1000;
  private static final int KEYS_LIMIT = 500;
  private static final String PRESENT = "current";

  private GuestAspects() {}

  /** Reads {@code status/current}. */
  public static GuestRuntime runtime(GuestType type, JsonNode data) {
    Row row = new Row(data);
    String own = row.text("qmpstatus");
    return new GuestRuntime(
        own == null ? row.text("status") : own,
        row.count("pid"),
        row.bytes("mem"),
        row.bytes("memhost"),
        row.bytes("balloon"),
        row.bytes("swap"),
        row.bytes("diskread"),
        row.bytes("diskwrite"),
        row.bytes("netin"),
        row.bytes("netout"),
        // Of a VM it is always 0, because nobody outside knows.
        type == GuestType.LXC ? row.bytes("disk") : null,
        type == GuestType.QEMU ? Boolean.valueOf(Boolean.TRUE.equals(row.flag("agent"))) : null);
  }

  /**
   * Reads {@code pending}: every key with the value that holds now and the one that waits for a
   * restart.
   */
  public static GuestConfiguration pending(GuestType type, JsonNode data, Oddities oddities) {
    ObjectNode present = JsonNodeFactory.instance.objectNode();
    List<String> waiting = new ArrayList<>();
    if (data.isArray()) {
      for (JsonNode element : data) {
        if (present.size() >= KEYS_LIMIT) {
          oddities.add("configuration: there are more keys than the " + KEYS_LIMIT + " taken");
          break;
        }
        Row row = new Row(element);
        String key = row.identifier("key");
        if (key == null) {
          oddities.add("configuration: an entry without a key was left out");
          continue;
        }
        JsonNode value = element.path("value");
        if (value.isValueNode() && !value.isNull()) {
          present.set(key, value);
        }
        Long delete = row.count("delete");
        if (row.has("pending") || (delete != null && delete > 0)) {
          waiting.add(InertText.marked(key, 100));
        }
      }
    }
    return Configuration.read(type, present, waiting);
  }

  /** Reads {@code config}, in which nothing tells what waits. */
  public static GuestConfiguration configuration(GuestType type, JsonNode data) {
    return Configuration.read(type, data, List.of());
  }

  /** Reads {@code snapshot}, whose last entry stands for the present. */
  public static GuestSnapshots snapshots(JsonNode data, Oddities oddities) {
    List<GuestSnapshots.Snapshot> snapshots = new ArrayList<>();
    String parent = null;
    for (Row row : Row.list(data, "snapshots", SNAPSHOTS_LIMIT, oddities)) {
      String name = row.text("name");
      if (name == null) {
        oddities.add("snapshots: an entry without a name was left out");
      } else if (name.equals(PRESENT)) {
        parent = row.text("parent");
      } else {
        snapshots.add(
            new GuestSnapshots.Snapshot(
                name,
                row.text("parent"),
                row.moment("snaptime"),
                row.notes("description"),
                Boolean.TRUE.equals(row.flag("vmstate"))));
      }
    }
    snapshots.sort(Comparator.comparing(GuestAspects::taken));
    return new GuestSnapshots(snapshots, parent);
  }

  private static Instant taken(GuestSnapshots.Snapshot snapshot) {
    @Nullable Instant at = snapshot.at();
    return at == null ? Instant.MAX : at;
  }
}

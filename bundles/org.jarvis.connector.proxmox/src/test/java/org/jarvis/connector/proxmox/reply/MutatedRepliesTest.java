package org.jarvis.connector.proxmox.reply;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.Observation;
import org.jarvis.api.resource.TaskId;
import org.jarvis.connector.proxmox.Recorded;
import org.junit.jupiter.api.Test;

/** Whatever happens to one field or row of a reply, nothing is thrown and no other row is lost. */
class MutatedRepliesTest {
  private static final long SEED = 20_261_122L;
  private static final int ROUNDS = Integer.getInteger("jarvis.mutations", 1000);
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final ClusterId HOME = new ClusterId("home");
  private static final Observation SEEN =
      new Observation("pve:home", Instant.EPOCH, Duration.ofSeconds(10));
  private static final List<String> HOSTILE =
      List.of(
          "", " ", "1e999", "-1", "NaN", "../..", "a\u0000b", "\uD800", "9".repeat(5000), "null");

  private final Random random = new Random(SEED);

  /** A copy with one field of the row at this index changed, or the whole row. */
  private ArrayNode mutated(JsonNode rows, int index) {
    ArrayNode copy = rows.deepCopy();
    if (random.nextInt(10) == 0) {
      copy.set(index, strange());
    } else {
      mutate((ObjectNode) copy.get(index));
    }
    if (random.nextInt(10) == 0) {
      copy.insert(index, copy.get(index).deepCopy());
    }
    return copy;
  }

  private void mutate(ObjectNode row) {
    List<String> fields = new ArrayList<>();
    row.fieldNames().forEachRemaining(fields::add);
    String field = fields.get(random.nextInt(fields.size()));
    switch (random.nextInt(5)) {
      case 0 -> row.remove(field);
      case 1 -> row.putNull(field);
      case 2 -> row.put(field, row.get(field).asText());
      case 3 -> row.set("new-" + field, strange());
      default -> row.set(field, strange());
    }
  }

  private JsonNode strange() {
    return switch (random.nextInt(9)) {
      case 0 -> JSON.nullNode();
      case 1 -> JSON.booleanNode(random.nextBoolean());
      case 2 -> JSON.numberNode(random.nextLong());
      case 3 -> JSON.numberNode(random.nextDouble() * 1e300);
      case 4 -> JSON.numberNode(new BigInteger("9".repeat(300)));
      case 5 -> JSON.arrayNode().add(1).add("x").addNull();
      case 6 -> JSON.objectNode().put("x", 1).putNull("y");
      case 7 -> JSON.numberNode(-random.nextInt(1000));
      default -> JSON.textNode(HOSTILE.get(random.nextInt(HOSTILE.size())));
    };
  }

  private static Set<String> names(Resources resources) {
    Set<String> names = new TreeSet<>();
    resources.nodes().forEach(node -> names.add("node/" + node.name()));
    resources.guests().forEach(guest -> names.add(guest.type().path() + "/" + guest.id()));
    resources
        .storages()
        .forEach(storage -> names.add("storage/" + storage.node() + "/" + storage.name()));
    return names;
  }

  private static Resources read(JsonNode rows) {
    return Resources.read(rows, Map.of(), HOME, SEEN, new Oddities());
  }

  @Test
  void resourcesKeepEveryOtherRow() {
    for (String recorded :
        List.of("get-cluster_resources", "nq-resources", "cl-resources", "200-ro-resources")) {
      JsonNode rows = Recorded.data(recorded);
      Set<String> all = names(read(rows));
      for (int i = 0; i < ROUNDS / 4; i++) {
        int index = random.nextInt(rows.size());
        ArrayNode mutated = mutated(rows, index);
        Set<String> others = new TreeSet<>(all);
        others.remove(rows.get(index).get("id").asText());

        assertThat(names(read(mutated))).as("%s", mutated).containsAll(others);
      }
    }
  }

  @Test
  void clusterStatusKeepsEveryOtherNode() {
    JsonNode rows = Recorded.data("nq-cluster-status");
    for (int i = 0; i < ROUNDS; i++) {
      int index = random.nextInt(rows.size());
      ArrayNode mutated = mutated(rows, index);
      Set<NodeName> others = new TreeSet<>();
      for (int j = 0; j < rows.size(); j++) {
        if (j != index && rows.get(j).get("type").asText().equals("node")) {
          others.add(new NodeName(rows.get(j).get("name").asText()));
        }
      }

      ClusterStatus status = ClusterStatus.read(mutated, new Oddities());

      assertThat(status.online().keySet()).as("%s", mutated).containsAll(others);
      if (index != 0) {
        assertThat(status.quorate()).as("%s", mutated).isFalse();
      } else {
        // Two nodes are there, so an entry that is broken must not look like a node on its own.
        boolean kept = mutated.get(0).path("quorate").asText().equals("0");
        assertThat(status.quorate() == null || !status.quorate() || !kept)
            .as("%s", mutated)
            .isTrue();
      }
    }
  }

  @Test
  void taskListsKeepEveryOtherTask() {
    JsonNode rows = Recorded.data("get-cluster_tasks");
    for (int i = 0; i < ROUNDS; i++) {
      int index = random.nextInt(rows.size());
      ArrayNode mutated = mutated(rows, index);

      assertThat(Tasks.list(mutated, new Oddities()).size())
          .as("%s", mutated)
          .isGreaterThanOrEqualTo(rows.size() - 1);
    }
  }

  @Test
  void singleThingsAreReadWhateverTheyHold() {
    Guest listed = read(Recorded.data("get-cluster_resources")).guests().get(0);
    TaskId task = new TaskId(new NodeName("pve1"), "UPID:odd");
    for (int i = 0; i < ROUNDS; i++) {
      ObjectNode current = Recorded.data("run2-status-current").deepCopy();
      ObjectNode config = Recorded.data("get-nodes_pve1_qemu_201_config").deepCopy();
      ObjectNode node = Recorded.data("get-nodes_pve1_status").deepCopy();
      ObjectNode status = Recorded.data("task-000038CE-qmstart-201-status").deepCopy();
      for (ObjectNode reply : List.of(current, config, node, status)) {
        mutate(reply);
      }

      assertThat(GuestDetails.over(listed, current, SEEN).id()).isEqualTo(listed.id());
      assertThat(GuestDetails.digest(config)).isNotEmpty();
      assertThat(GuestDetails.generation(GuestType.QEMU, config)).isNotNull();
      assertThat(NodeStatus.read(node).load())
          .satisfiesAnyOf(load -> assertThat(load).isEmpty(), load -> assertThat(load).hasSize(3));
      // A task that failed never looks like one that went well.
      assertThat(Tasks.status(task, status).succeeded()).as("%s", status).isFalse();
    }
  }

  /** Ten thousand, over all that was recorded: rows that were not touched are read as before. */
  @Test
  void noRecordedReplyLosesANeighbourOfWhatIsOdd() {
    List<String> names =
        Recorded.names().stream()
            .filter(name -> Recorded.status(name) == 200)
            .filter(name -> RecordedParsers.kind(name) != RecordedParsers.Kind.PACKED)
            .toList();
    int rounds = 1 + Integer.getInteger("jarvis.mutations.all", 10_000) / names.size();
    for (String name : names) {
      RecordedParsers.Kind kind = RecordedParsers.kind(name);
      JsonNode data = Recorded.data(name);
      for (int i = 0; i < rounds; i++) {
        mutateAnd(kind, name, data);
      }
    }
  }

  private void mutateAnd(RecordedParsers.Kind kind, String name, JsonNode data) {
    if (data.isObject() && data.size() > 0) {
      ObjectNode copy = data.deepCopy();
      mutate(copy);
      assertThat(RecordedParsers.read(kind, copy, new Oddities())).as("%s", copy).isNotNull();
    } else if (data.isArray() && data.size() > 0 && data.get(0).isObject()) {
      int index = random.nextInt(data.size());
      ArrayNode others = data.deepCopy();
      others.remove(index);
      ArrayNode mutated = mutated(data, index);
      Set<String> kept = texts(RecordedParsers.read(kind, mutated, new Oddities()));
      if (kind != RecordedParsers.Kind.UNUSED) {
        assertThat(kept)
            .as("%s: %s", name, mutated.get(index))
            .containsAll(texts(RecordedParsers.read(kind, others, new Oddities())));
      }
    } else {
      assertThat(RecordedParsers.read(kind, strange(), new Oddities())).as(name).isNotNull();
    }
  }

  private static Set<String> texts(Collection<?> rows) {
    Set<String> texts = new TreeSet<>();
    rows.forEach(row -> texts.add(row.toString()));
    return texts;
  }

  @Test
  void somethingElseThanTheExpectedShapeHoldsNothing() {
    for (int i = 0; i < ROUNDS; i++) {
      JsonNode data = strange();

      assertThat(read(data).guests()).isEmpty();
      assertThat(ClusterStatus.read(data, new Oddities()).quorate()).isNull();
      assertThat(Tasks.list(data, new Oddities())).isEmpty();
      assertThat(LogLines.read(data, 0).next()).isBetween(0L, 3L);
    }
  }
}

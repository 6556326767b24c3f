package org.jarvis.tools.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.Bytes;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.Observation;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.Storage;
import org.jarvis.api.resource.detail.AspectState;
import org.jarvis.api.resource.detail.NodeSystem;
import org.jarvis.api.safety.Tier;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Tool;
import org.jarvis.api.tool.ToolResult;
import org.jarvis.tools.FakeContext;
import org.jarvis.tools.Home;
import org.junit.jupiter.api.Test;

class ReadingToolsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final Home home = new Home();
  private final Tool vms = new GuestListTool(GuestType.QEMU, Home.CLOCK);
  private final Tool containers = new GuestListTool(GuestType.LXC, Home.CLOCK);
  private final Tool storages = new StorageListTool(Home.CLOCK);
  private final Tool nodes = new NodeStatusTool(Home.CLOCK);
  private final Tool clusters = new ClusterStatusTool(Home.CLOCK);

  @Test
  void observeWhateverTheyAreAsked() {
    for (Tool tool : List.of(vms, containers, storages, nodes, clusters)) {
      assertThat(tool.definition().observes()).isTrue();
      assertThat(tool.use(Arguments.none()).tier()).isEqualTo(Tier.GREEN);
    }
  }

  @Test
  void tellHowAClusterIsWithSourceAndAge() {
    home.guests.add(Home.guest(101, GuestType.QEMU, Guest.Status.RUNNING));
    home.guests.add(Home.guest(201, GuestType.LXC, Guest.Status.STOPPED));

    ToolResult result = run(clusters, Map.of());

    assertThat(result.summary())
        .isEqualTo("Cluster home is online, connection live: 3 of 3 nodes online.");
    assertThat(items(result))
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row)
                  .containsEntry("ref", "pve:home:cluster")
                  .containsEntry("quorate", true)
                  .containsEntry("votes", 3)
                  .containsEntry("jarvisRuns", "outside")
                  .containsEntry("source", "pve:home")
                  .containsEntry("observedAt", "2026-05-01T11:59:56Z")
                  .containsEntry("ageSeconds", 4L)
                  .containsEntry("stale", false);
              assertThat(row.get("vms"))
                  .isEqualTo(
                      Map.of("total", 1, "running", 1, "stopped", 0, "paused", 0, "unknown", 0));
            });
  }

  @Test
  void sayThatThereIsNoSuchCluster() {
    assertThatExceptionOfType(JarvisException.class)
        .isThrownBy(() -> run(vms, Map.of("cluster", "away")))
        .satisfies(failure -> assertThat(failure.code()).isEqualTo(ErrorCode.NOT_FOUND))
        .withMessage("No cluster away is connected. There are: home.");
  }

  @Test
  void listOnlyTheirKindOfGuestInOrder() {
    home.guests.add(Home.guest(103, GuestType.QEMU, Guest.Status.STOPPED));
    home.guests.add(Home.guest(101, GuestType.QEMU, Guest.Status.RUNNING));
    home.guests.add(Home.guest(201, GuestType.LXC, Guest.Status.RUNNING));

    assertThat(column(run(vms, Map.of()), "vmid")).containsExactly(101, 103);
    assertThat(run(vms, Map.of()).summary()).isEqualTo("2 VMs, 1 running.");
    assertThat(column(run(containers, Map.of()), "vmid")).containsExactly(201);
    assertThat(run(containers, Map.of()).summary()).isEqualTo("1 container, 1 running.");
  }

  @Test
  void narrowTheListByEveryFilter() {
    home.guests.add(
        new Home.GuestBuilder(101, GuestType.QEMU, Guest.Status.RUNNING)
            .named("Media")
            .tagged("tv")
            .build());
    home.guests.add(
        new Home.GuestBuilder(102, GuestType.QEMU, Guest.Status.STOPPED).named("db").build());

    assertThat(column(run(vms, Map.of("status", "stopped")), "vmid")).containsExactly(102);
    assertThat(column(run(vms, Map.of("tag", "tv")), "vmid")).containsExactly(101);
    assertThat(column(run(vms, Map.of("name", "medi")), "vmid")).containsExactly(101);
    assertThat(column(run(vms, Map.of("vmid", 102)), "vmid")).containsExactly(102);
    assertThat(column(run(vms, Map.of("node", "pve2")), "vmid")).isEmpty();
    assertThat(column(run(vms, Map.of("cluster", "home", "node", "pve1")), "vmid"))
        .containsExactly(101, 102);
  }

  @Test
  void saySinceWhenAValueIsStale() {
    home.guests.add(
        new Home.GuestBuilder(101, GuestType.QEMU, Guest.Status.RUNNING)
            .seenBefore(Duration.ofSeconds(31))
            .build());

    assertThat(items(run(vms, Map.of())))
        .singleElement()
        .satisfies(
            row -> assertThat(row).containsEntry("stale", true).containsEntry("ageSeconds", 31L));
  }

  @Test
  void boundTheListAndSayWhatWasLeftOut() throws Exception {
    for (int id = 100; id < 350; id++) {
      home.guests.add(Home.guest(id, GuestType.QEMU, Guest.Status.RUNNING));
    }

    ToolResult usual = run(vms, Map.of());
    assertThat(items(usual)).hasSize(100);
    assertThat(usual.data()).containsEntry("total", 250);
    assertThat((String) usual.data().get("note")).startsWith("150 more were left out.");

    assertThat(items(run(vms, Map.of("limit", 3)))).hasSize(3);
    assertThat(items(run(vms, Map.of("limit", 200))).size()).isBetween(100, 200);
    assertThat(JSON.writeValueAsBytes(run(vms, Map.of("limit", 200)).data()).length)
        .isLessThan(64 * 1024);
    assertThat(run(vms, Map.of("name", "guest12")).data()).containsEntry("note", null);
  }

  @Test
  void countASharedStorageOnce() {
    home.storages.add(Home.storage("pve1", "nas", true, Storage.Status.UNAVAILABLE));
    home.storages.add(Home.storage("pve2", "nas", true, Storage.Status.AVAILABLE));
    home.storages.add(Home.storage("pve1", "local", false, Storage.Status.AVAILABLE));
    home.storages.add(Home.storage("pve2", "local", false, Storage.Status.AVAILABLE));

    ToolResult result = run(storages, Map.of());

    assertThat(result.summary()).isEqualTo("3 storages.");
    assertThat(items(result))
        .filteredOn(row -> "nas".equals(row.get("name")))
        .singleElement()
        .satisfies(
            row ->
                assertThat(row)
                    .containsEntry("nodes", List.of("pve1", "pve2"))
                    .containsEntry("status", "available")
                    .containsEntry("totalBytes", 100L));
    assertThat(column(run(storages, Map.of("node", "pve1", "storage", "local")), "ref"))
        .containsExactly("pve:home:storage:pve1:local");
  }

  @Test
  void listNodes() {
    home.nodes.add(Home.node("pve2", Node.Status.OFFLINE));
    home.nodes.add(Home.node("pve1", Node.Status.ONLINE));

    ToolResult result = run(nodes, Map.of());

    assertThat(result.summary()).isEqualTo("1 of 2 nodes online.");
    assertThat(column(result, "name")).containsExactly("pve1", "pve2");
  }

  @Test
  void askANamedNodeForMore() {
    Node node = Home.node("pve1", Node.Status.ONLINE);
    FakeContext context = new FakeContext(node("pve1"), home, node);
    context.nodeReading =
        AspectState.read(
            new NodeSystem(
                "pve-manager/9.2",
                "6.17",
                "Some CPU",
                8,
                1,
                0.1,
                0.0,
                List.of(0.5, 0.4, 0.3),
                new Bytes(1),
                new Bytes(2),
                new Bytes(1),
                null,
                null,
                null,
                null,
                null,
                null,
                Duration.ofSeconds(60),
                "efi"),
            new Observation("pve:home", Home.NOW, Duration.ofSeconds(60)));

    assertThat(items(nodes.run(context)))
        .singleElement()
        .extracting(row -> row.get("details"))
        .satisfies(
            details ->
                assertThat(details)
                    .isInstanceOfSatisfying(
                        Map.class,
                        map -> {
                          assertThat(map.get("kernel")).isEqualTo("6.17");
                          assertThat(map.get("uptimeSeconds")).isEqualTo(60L);
                          assertThat(map.get("memoryAvailableBytes")).isEqualTo(1L);
                          assertThat(map.get("load")).isEqualTo(List.of(0.5, 0.4, 0.3));
                          assertThat(map.get("ageSeconds")).isEqualTo(0L);
                        }));
  }

  @Test
  void tellWhatIsKnownOfANodeThatDoesNotAnswer() {
    ToolResult result =
        nodes.run(new FakeContext(node("pve1"), home, Home.node("pve1", Node.Status.OFFLINE)));

    assertThat(result.summary()).isEqualTo("Node pve1 is offline.");
    assertThat(items(result))
        .singleElement()
        .satisfies(
            row ->
                assertThat(row)
                    .containsEntry("details", null)
                    .containsEntry("detailsMissing", "pve1 does not answer."));
  }

  private static Arguments node(String name) {
    return new Arguments(Map.of("node", name));
  }

  private ToolResult run(Tool tool, Map<String, Object> arguments) {
    return tool.run(new FakeContext(new Arguments(Map.copyOf(arguments)), home, new Resource[0]));
  }

  @SuppressWarnings("unchecked") // The rows of a result are JSON objects.
  private static List<Map<String, Object>> items(ToolResult result) {
    return (List<Map<String, Object>>) result.data().get("items");
  }

  private static List<Object> column(ToolResult result, String name) {
    return items(result).stream().map(row -> row.get(name)).toList();
  }
}

package org.jarvis.connector.proxmox.reply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jarvis.api.connector.GuestCounters;
import org.jarvis.api.resource.Bytes;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.Observation;
import org.jarvis.api.resource.ResourceKind;
import org.jarvis.api.resource.Storage;
import org.jarvis.connector.proxmox.Recorded;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResourcesTest {
  private static final ClusterId HOME = new ClusterId("home");
  private static final Observation SEEN =
      new Observation("pve:home", Instant.parse("2026-11-22T19:19:53Z"), Duration.ofSeconds(10));

  private final Oddities oddities = new Oddities();

  private Resources recorded(String name, Map<NodeName, Boolean> online) {
    return Resources.read(Recorded.data(name), online, HOME, SEEN, oddities);
  }

  private Resources read(String rows) {
    return Resources.read(Recorded.json(rows), Map.of(), HOME, SEEN, oddities);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'type':'qemu','vmid':101,'node':'pve1'}|",
        "{'type':'qemu','vmid':101}|GUEST",
        "{'type':'lxc','vmid':'many','node':'pve1'}|GUEST",
        "{'type':'storage','node':'pve1'}|STORAGE",
        "{'type':'node'}|NODE",
        "{'type':'pool','pool':'media'}|",
        "{'type':'something-new','id':'x/1'}|",
        "{'vmid':101,'node':'pve1'}|GUEST NODE STORAGE",
        "'odd'|GUEST NODE STORAGE"
      })
  void saysOfWhatItLeftEntriesOut(String row, @Nullable String kinds) {
    Resources resources = read("[%s]".formatted(row).replace('\'', '"'));

    assertThat(resources.incomplete().stream().map(ResourceKind::name).sorted())
        .isEqualTo(kinds == null ? List.of() : List.of(kinds.split(" ")));
  }

  @Test
  void readsARecordedNode() {
    Resources resources = recorded("get-cluster_resources", Map.of(new NodeName("pve1"), true));

    assertThat(resources.nodes())
        .containsExactly(
            new Node(
                HOME,
                new NodeName("pve1"),
                Node.Status.ONLINE,
                0.0455227613806903,
                2,
                new Bytes(967204864L),
                new Bytes(25276510208L),
                new Bytes(30272765952L),
                new Bytes(270553174016L),
                Duration.ofSeconds(6352),
                SEEN));
    assertThat(resources.storages())
        .containsExactly(
            new Storage(
                HOME,
                new NodeName("pve1"),
                "local",
                Storage.Status.AVAILABLE,
                "dir",
                false,
                List.of("backup", "images", "iso", "rootdir", "vztmpl"),
                new Bytes(30272765952L),
                new Bytes(270553174016L),
                SEEN));
    assertThat(oddities.all()).isEmpty();
  }

  @Test
  void readsRecordedGuests() {
    List<Guest> guests = recorded("get-cluster_resources", Map.of()).guests();

    assertThat(guests).extracting(guest -> guest.id().value()).containsExactly(100, 201, 203);
    Guest guest = guests.get(1);
    assertThat(guest.type()).isEqualTo(GuestType.QEMU);
    assertThat(guest.name()).isEqualTo("lab-web");
    assertThat(guest.status()).isEqualTo(Guest.Status.RUNNING);
    assertThat(guest.lock()).isEqualTo("snapshot");
    assertThat(guest.pool()).isEqualTo("media");
    assertThat(guest.haState()).isEqualTo("started");
    assertThat(guest.tags()).containsExactly("jarvis-protected", "prod");
    assertThat(guest.uptime()).isEqualTo(Duration.ofSeconds(23));
    assertThat(guest.cpus()).isEqualTo(1);
    assertThat(guests.get(2).tags()).containsExactly("jarvis-protected", "prod");
    assertThat(guests.get(2).lock()).isNull();
  }

  @Test
  void doesNotBelieveWhatASilentNodeOnceSaid() {
    ClusterStatus status = ClusterStatus.read(Recorded.data("nq-cluster-status"), oddities);
    Resources resources = recorded("nq-resources", status.online());

    assertThat(resources.nodes())
        .extracting(Node::name, Node::status)
        .containsExactlyInAnyOrder(
            tuple("pve2", Node.Status.ONLINE), tuple("pve3", Node.Status.OFFLINE));
    assertThat(resources.storages())
        .filteredOn(storage -> storage.node().value().equals("pve3"))
        .allSatisfy(
            storage -> {
              assertThat(storage.status()).isEqualTo(Storage.Status.UNKNOWN);
              assertThat(storage.used()).isNull();
            })
        .hasSize(1);
  }

  @Test
  void aGuestOnAnOfflineNodeIsUnknown() {
    Resources resources =
        read(
            """
            [{"type":"qemu","vmid":100,"node":"pve1","status":"running","cpu":0.5,"uptime":9},
             {"type":"lxc","vmid":101,"node":"pve2","status":"running"},
             {"type":"node","node":"pve1","status":"offline"},
             {"type":"node","node":"pve2","status":"online"}]
            """);

    assertThat(resources.guests())
        .extracting(Guest::status)
        .containsExactly(Guest.Status.UNKNOWN, Guest.Status.RUNNING);
    assertThat(resources.guests().get(0).cpu()).isNull();
    assertThat(resources.guests().get(0).uptime()).isNull();
    assertThat(oddities.all()).isEmpty();
  }

  @Test
  void tellsWhatRunningGuestsHaveMoved() {
    Resources resources =
        read(
            """
            [{"type":"qemu","vmid":100,"node":"pve1","status":"running","uptime":"9","netin":"7",
              "netout":8,"diskread":-1},
             {"type":"lxc","vmid":101,"node":"pve1","status":"running","netin":7},
             {"type":"lxc","vmid":102,"node":"pve1","status":"stopped","uptime":0,"netin":0},
             {"type":"node","node":"pve1","status":"online"}]
            """);

    assertThat(resources.counters())
        .containsExactly(
            new GuestCounters(
                new GuestId(100), Duration.ofSeconds(9), new Bytes(7), new Bytes(8), null, null));
  }

  @Test
  void aMemberThatHasNotReportedYetIsAMember() {
    Resources resources =
        Resources.read(
            Recorded.json("[]"), Map.of(new NodeName("new"), true), HOME, SEEN, oddities);

    assertThat(resources.nodes()).hasSize(1);
    assertThat(resources.nodes().get(0).memoryTotal()).isNull();
  }

  @Test
  void takesNumbersForTextTextForNumbersAndIdsForWhatIsMissing() {
    Resources resources =
        read(
            """
            [{"id":"node/pve1","status":"online","maxmem":"1024","cpu":"0.25","maxcpu":4.0},
             {"id":"qemu/100","node":"pve1","type":"qemu","vmid":"100","name":7,"status":"running",
              "template":"1","maxcpu":null,"mem":-5,"cpu":1.02,"uptime":"12"},
             {"id":"storage/pve1/local","type":"storage","status":"available","shared":true}]
            """);

    Node node = resources.nodes().get(0);
    assertThat(node.memoryTotal()).isEqualTo(new Bytes(1024));
    assertThat(node.cpu()).isEqualTo(0.25);
    assertThat(node.cpus()).isEqualTo(4);
    Guest guest = resources.guests().get(0);
    assertThat(guest.name()).isEqualTo("7");
    assertThat(guest.template()).isTrue();
    assertThat(guest.cpus()).isNull();
    assertThat(guest.memoryUsed()).isNull();
    assertThat(guest.cpu()).isEqualTo(1);
    assertThat(guest.uptime()).isEqualTo(Duration.ofSeconds(12));
    assertThat(resources.storages().get(0).name()).isEqualTo("local");
    assertThat(resources.storages().get(0).shared()).isTrue();
    assertThat(oddities.all()).isEmpty();
  }

  @Test
  void oddRowsAreLeftOutAndReportedOnce() {
    Resources resources =
        read(
            """
            [null, 7, "x", [], {}, {"type":"qemu"}, {"type":"qemu"},
             {"type":"qemu","vmid":"../1","node":"pve1"}, {"type":"qemu","vmid":5,"node":"pve1"},
             {"type":"lxc","vmid":300,"node":"a/b"}, {"type":"storage","storage":"../x","node":"p"},
             {"type":"node","node":"pve1/../.."}, {"type":"quantum","id":"quantum/1"},
             {"type":"lxc","vmid":200,"node":"pve1","status":"stopped"}]
            """);

    assertThat(resources.guests()).extracting(guest -> guest.id().value()).containsExactly(200);
    assertThat(resources.nodes()).isEmpty();
    assertThat(resources.storages()).isEmpty();
    assertThat(oddities.all()).doesNotHaveDuplicates().hasSizeBetween(5, 12);
  }

  @Test
  void theSecondOfTwoRowsForTheSameThingIsLeftOut() {
    Resources resources =
        read(
            """
            [{"type":"qemu","vmid":100,"node":"pve1","status":"running"},
             {"type":"qemu","vmid":100,"node":"pve2","status":"stopped"}]
            """);

    assertThat(resources.guests()).hasSize(1);
    assertThat(resources.guests().get(0).node()).isEqualTo(new NodeName("pve1"));
    assertThat(oddities.all()).containsExactly("resources: guest 100 is listed twice");
  }

  @Test
  void hostileNamesBecomePlainText() {
    Resources resources =
        read(
            """
            [{"type":"qemu","vmid":100,"node":"pve1","status":"running",
              "name":"a\\u202egpj\\u0000\\nb\\u001b[31m"}]
            """);

    assertThat(resources.guests().get(0).name()).isEqualTo("a\uFFFDgpj\uFFFD b\uFFFD");
  }

  @Test
  void aHaltedVirtualMachineDoesNotCountAsRunning() {
    assertThat(GuestWords.status("paused")).isEqualTo(Guest.Status.PAUSED);
    assertThat(GuestWords.status("io-error")).isEqualTo(Guest.Status.PAUSED);
    assertThat(GuestWords.status("prelaunch")).isEqualTo(Guest.Status.PAUSED);
    assertThat(GuestWords.status("unheard-of")).isEqualTo(Guest.Status.UNKNOWN);
    assertThat(GuestWords.status(null)).isEqualTo(Guest.Status.UNKNOWN);
  }
}

package org.jarvis.safety;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.detail.AspectState;
import org.jarvis.api.resource.detail.Details;
import org.jarvis.api.resource.detail.GuestAgent;
import org.jarvis.api.resource.detail.GuestConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiscoveryTest {
  private static final String OTHER_MAC = "BC:24:11:00:00:01";
  private static final String OTHER_UUID = "11111111-2222-3333-4444-555555555555";

  @TempDir Path root;
  private Machines machine;
  private final Map<ResourceRef, Details> details = new HashMap<>();

  @BeforeEach
  void make() {
    machine = new Machines(root);
  }

  @Test
  void findsTheVmByFirmwareAndCard() {
    all(OTHER_MAC, OTHER_UUID);
    configured(102, Machines.MAC.toUpperCase(Locale.ROOT), Machines.UUID);

    assertThat(find(machine.vm().read()).home()).isEqualTo(new GuestId(102));
  }

  @Test
  void findsTheVmByItsCardAloneWhereOnlyRootMayReadTheFirmware() {
    all(OTHER_MAC, OTHER_UUID);
    configured(102, Machines.MAC, Machines.UUID);

    assertThat(find(machine.vm().withoutRoot().read()).home()).isEqualTo(new GuestId(102));
  }

  @Test
  void findsTheVmUnderADockerContainerByTheFirmwareAlone() {
    all(OTHER_MAC, OTHER_UUID);
    configured(103, Machines.MAC, Machines.UUID.toUpperCase(Locale.ROOT));
    HostFacts inDocker =
        machine
            .file(".dockerenv", "")
            .file("sys/class/dmi/id/product_uuid", Machines.UUID)
            .card("eth0", "02:42:ac:11:00:02", false)
            .read();

    assertThat(find(inDocker).home()).isEqualTo(new GuestId(103));
  }

  @Test
  void findsTheContainerByItsCard() {
    all(OTHER_MAC, null);
    configured(101, Machines.MAC, null);

    assertThat(find(machine.container().docker().read()).home()).isEqualTo(new GuestId(101));
  }

  @Test
  void neverTakesAMissingMatchForProofThatItRunsElsewhere() {
    all(OTHER_MAC, OTHER_UUID);

    Discovery found = find(machine.metal().docker().read());

    assertThat(found.home()).isNull();
    assertThat(found.reason()).contains("proves nothing");
  }

  @Test
  void cannotTellACloneWithTheSameUuidFromItsOriginal() {
    all(OTHER_MAC, OTHER_UUID);
    configured(101, OTHER_MAC, Machines.UUID);
    configured(102, Machines.MAC, Machines.UUID);

    Discovery found = find(machine.vm().read());

    assertThat(found.home()).isNull();
    assertThat(found.reason()).contains("More than one", "101, 102");
  }

  @Test
  void doesNotChooseBetweenCardAndFirmwareThatDisagree() {
    all(OTHER_MAC, OTHER_UUID);
    configured(101, Machines.MAC, OTHER_UUID);
    configured(103, OTHER_MAC, Machines.UUID);

    assertThat(find(machine.vm().read()).home()).isNull();
  }

  @Test
  void trustsTheFirmwareAloneOnlyOnceNoCloneCanBeUnread() {
    configured(101, OTHER_MAC, Machines.UUID);
    configured(102, OTHER_MAC, OTHER_UUID);

    Discovery early = find(machine.vm().read());
    assertThat(early.home()).isNull();
    assertThat(early.reason()).contains("1 others are not read yet");

    configured(103, OTHER_MAC, OTHER_UUID);
    assertThat(find(machine.vm().read()).home()).isEqualTo(new GuestId(101));
  }

  @Test
  void takesAnAddressOrAMachineIdForAHintAndNoMore() {
    all(OTHER_MAC, OTHER_UUID);
    agent(103, "192.168.1.5/24");
    Discovery byAddress = find(machine.metal().read("192.168.1.5"));
    assertThat(byAddress.home()).isNull();
    assertThat(byAddress.reason()).contains("guest 103", "too weak");

    configured(102, OTHER_MAC, Machines.UUID);
    Discovery byMachineId =
        find(machine.file("etc/machine-id", Machines.UUID.replace("-", "")).read());
    assertThat(byMachineId.home()).isNull();
    assertThat(byMachineId.reason()).contains("guest 102");
  }

  @Test
  void isNotLedAstrayByTextAroundTheUuid() {
    all(OTHER_MAC, OTHER_UUID);
    details.put(
        Home.guest(101, "pve1").ref(),
        of(configuration(OTHER_MAC, Map.of("smbios1", "manufacturer=xuuid=" + Machines.UUID))));

    assertThat(find(machine.vm().read()).home()).isNull();
  }

  private Discovery find(HostFacts host) {
    ClusterSnapshot plain = new Home().snapshot();
    return Discovery.of(
        host,
        new ClusterSnapshot(
            plain.cluster(), plain.nodes(), plain.guests(), plain.storages(), details, Map.of()));
  }

  private void all(String mac, String uuid) {
    for (int id : List.of(101, 102, 103)) {
      configured(id, mac, uuid);
    }
  }

  private void configured(int id, String mac, String uuid) {
    Map<String, String> values =
        uuid == null ? Map.of() : Map.of("smbios1", "base64=1,uuid=" + uuid + ",serial=QQ==");
    details.put(Home.guest(id, "pve1").ref(), of(configuration(mac, values)));
  }

  private void agent(int id, String address) {
    GuestAgent agent =
        new GuestAgent(
            null,
            null,
            null,
            List.of(new GuestAgent.Interface("eth0", null, List.of(address))),
            List.of());
    details.merge(
        Home.guest(id, "pve1").ref(),
        Details.of(List.of(AspectState.read(agent, Home.SEEN))),
        (known, news) -> known.with(AspectState.read(agent, Home.SEEN)));
  }

  static Details of(GuestConfiguration configuration) {
    return Details.of(List.of(AspectState.read(configuration, Home.SEEN)));
  }

  static GuestConfiguration configuration(String mac, Map<String, String> values) {
    return new GuestConfiguration(
        "digest",
        Instant.EPOCH.toString(),
        null,
        false,
        false,
        false,
        null,
        null,
        null,
        null,
        List.of(),
        List.of(new GuestConfiguration.Network("net0", mac, "vmbr0", null, null, false)),
        values,
        List.of());
  }
}

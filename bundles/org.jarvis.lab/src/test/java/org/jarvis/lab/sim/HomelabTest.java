package org.jarvis.lab.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HomelabTest {

  @Test
  void comesWithADozenGuestsOfEverySort() {
    Inventory homelab = Homelab.ofSize(4, 12);
    List<GuestSpec> guests = homelab.placements().stream().map(Inventory.Placement::spec).toList();

    assertThat(homelab.nodes())
        .extracting(NodeSpec::name)
        .containsExactly("titan", "rhea", "mimas", "dione");
    assertThat(guests).hasSize(12);
    assertThat(guests).extracting(GuestSpec::kind).contains(GuestKind.QEMU, GuestKind.LXC);
    assertThat(guests).filteredOn(GuestSpec::template).hasSize(1);
    assertThat(guests).filteredOn(guest -> guest.tags().contains("jarvis-protected")).hasSize(1);
    assertThat(homelab.placements()).allMatch(placement -> placement.lock() == null);
    for (GuestKind kind : GuestKind.values()) {
      assertThat(homelab.placements())
          .as("a stopped, unlocked %s to start", kind)
          .anyMatch(
              placement ->
                  placement.spec().kind() == kind
                      && !placement.running()
                      && placement.lock() == null
                      && !placement.spec().template());
      assertThat(homelab.placements())
          .as("a running, unprotected %s to stop", kind)
          .anyMatch(
              placement ->
                  placement.spec().kind() == kind
                      && placement.running()
                      && !placement.spec().tags().contains("jarvis-protected"));
    }
    assertThat(homelab.storages())
        .extracting(StorageSpec::plugin)
        .containsExactly("dir", "lvmthin", "zfspool", "nfs", "pbs");
  }

  @ParameterizedTest
  @CsvSource({"1,0", "1,12", "2,5", "4,13", "32,5000", "100,20000"})
  void growsToAnySize(int nodes, int guests) {
    Inventory homelab = Homelab.ofSize(nodes, guests);

    assertThat(homelab.nodes().stream().map(NodeSpec::name).distinct()).hasSize(nodes);
    assertThat(homelab.nodes().stream().map(NodeSpec::address).distinct()).hasSize(nodes);
    assertThat(homelab.placements().stream().map(placement -> placement.spec().vmid()).distinct())
        .hasSize(guests);
    assertThat(homelab.placements().stream().map(placement -> placement.spec().name()).distinct())
        .hasSize(guests);
    assertThat(homelab.nodes().stream().map(NodeSpec::name).toList())
        .containsAll(homelab.placements().stream().map(Inventory.Placement::node).toList());
  }

  @Test
  void nodesOfALargeClusterHoldWhatRunsOnThem() {
    Inventory homelab = Homelab.ofSize(32, 5000);

    for (NodeSpec node : homelab.nodes()) {
      long memory =
          homelab.placements().stream()
              .filter(placement -> placement.node().equals(node.name()))
              .collect(Collectors.summingLong(placement -> placement.spec().memory()));
      assertThat(memory).isLessThan(node.memory());
    }
  }
}

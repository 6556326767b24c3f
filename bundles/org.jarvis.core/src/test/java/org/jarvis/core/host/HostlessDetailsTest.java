package org.jarvis.core.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.jarvis.api.connector.Attachment;
import org.jarvis.api.connector.ClusterConnection;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.host.HostAttachment;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.Observation;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.Whereabouts;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.AspectState;
import org.jarvis.api.resource.detail.NodeServices;
import org.jarvis.api.resource.detail.NodeTemperatures;
import org.jarvis.core.ServiceSlot;
import org.jarvis.core.SteppingClock;
import org.jarvis.core.state.ClusterStates;
import org.jarvis.core.state.Connections;
import org.jarvis.core.state.House;
import org.jarvis.core.state.LiveReadings;
import org.jarvis.testkit.connector.UnusedCluster;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What hosts tell of nodes, in the live state. */
class HostlessDetailsTest {
  private static final ResourceRef ATLAS = ResourceRef.node(House.ID, new NodeName("atlas"));

  private final SteppingClock clock = new SteppingClock();
  private final Connections connections = new Connections();
  private final ClusterStates states =
      new ClusterStates(clock, connections, Runnable::run, event -> {});
  private final KnownHosts hosts =
      new KnownHosts(
          clock,
          new HostConnections(),
          new ServiceSlot<>("none"),
          new ServiceSlot<>("none"),
          states::toldByHost,
          event -> {});
  private final HostlessDetails hostless = new HostlessDetails(clock, hosts, states::toldByHost);

  private static final class Silent extends UnusedCluster {}

  @BeforeEach
  void connect() {
    Silent cluster = new Silent();
    Attachment line =
        states.attach(
            new ClusterConnection(
                House.ID,
                "proxmox~home",
                new Whereabouts.Outside(),
                "jarvis@pve!x",
                Duration.ofSeconds(10),
                cluster,
                cluster));
    states.subscribe(hostless::look);
    line.observed(House.seen(clock.instant()));
  }

  private AspectState known() {
    return states
        .cluster(House.ID)
        .orElseThrow()
        .details(ATLAS)
        .state(Aspect.TEMPERATURES)
        .orElseThrow();
  }

  private HostAttachment attach() {
    return hosts.attach(new FakeHost().connection("atlas", ATLAS));
  }

  private AspectState warm() {
    return AspectState.read(
        new NodeTemperatures(
            List.of(
                new NodeTemperatures.Reading(
                    "coretemp-isa-0000",
                    "Core 0",
                    NodeTemperatures.Kind.PROCESSOR,
                    41.5,
                    null,
                    null))),
        new Observation("ssh:home/atlas", clock.instant(), Duration.ofSeconds(30)));
  }

  @Test
  void sayOfANodeWithoutAHostWhyNothingIsKnownAndWhatHelps() {
    assertThat(known().failure().code()).isEqualTo(ErrorCode.NOT_PRESENT);
    assertThat(known().failure().reason())
        .contains("No SSH host is configured for this node")
        .contains("etc/org.jarvis.connector.ssh-home.cfg");
  }

  @Test
  void takeThatBackOnceAHostStandsForIt() {
    attach();

    hostless.look(states.clusters());

    assertThat(known().failure().reason()).isEqualTo("Its host was not asked yet.");
  }

  @Test
  void holdWhatAHostTellsAndKeepItWithTheReasonWhenItFallsSilent() {
    HostAttachment host = attach();
    AspectState told = warm();
    host.detailed(told);
    assertThat(known()).isEqualTo(told);

    host.detach();

    assertThat(known().detail()).isEqualTo(told.detail());
    assertThat(known().observation()).isEqualTo(told.observation());
    assertThat(known().failure().reason()).contains("No connector speaks for this host");
    host.detailed(warm());
    assertThat(known().failure()).isNotNull();
  }

  @Test
  void takeNothingFromAHostThatOnlyAClusterTells() {
    attach()
        .detailed(
            AspectState.read(
                new NodeServices(List.of()),
                new Observation("ssh:home/atlas", clock.instant(), Duration.ofSeconds(30))));

    assertThat(states.cluster(House.ID).orElseThrow().details(ATLAS).state(Aspect.SERVICES))
        .isEmpty();
  }

  @Test
  void areToldToWhoeverAsksWithoutAskingTheCluster() {
    LiveReadings readings = new LiveReadings(states, connections);
    AspectState told = warm();
    attach().detailed(told);

    assertThat(readings.detail(ATLAS, Aspect.TEMPERATURES)).isEqualTo(told);
    assertThatThrownBy(
            () ->
                readings.detail(
                    ResourceRef.node(House.ID, new NodeName("other")), Aspect.TEMPERATURES))
        .isInstanceOfSatisfying(
            JarvisException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.NOT_PRESENT));
  }
}

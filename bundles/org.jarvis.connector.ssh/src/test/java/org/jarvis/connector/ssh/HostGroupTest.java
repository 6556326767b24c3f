package org.jarvis.connector.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jarvis.api.command.CommandAnalysis;
import org.jarvis.api.command.CommandAnalyst;
import org.jarvis.api.command.CommandText;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.health.ComponentHealth;
import org.jarvis.api.host.HostId;
import org.jarvis.api.host.HostState.Status;
import org.jarvis.api.resource.detail.AspectState;
import org.jarvis.api.resource.detail.NodeTemperatures;
import org.jarvis.api.safety.Consent;
import org.jarvis.api.safety.Tier;
import org.jarvis.api.tool.Effect;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostGroupTest {
  private static final HostGroup.Rhythm FAST =
      new HostGroup.Rhythm(Duration.ofMillis(50), Duration.ofMillis(400), Duration.ofSeconds(15));
  private static final HostId PVE1 = new HostId(ConnectedHost.HOME, "pve1");

  private final FakeRegistry registry = new FakeRegistry();
  private final AtomicReference<@Nullable CommandAnalyst> analyst = new AtomicReference<>();

  @TempDir Path folder;

  private HostGroup group() {
    return new HostGroup(registry, analyst::get, Clock.systemUTC(), FAST, "test");
  }

  private static void await(String what, BooleanSupplier reached) {
    for (int i = 0; i < 400 && !reached.getAsBoolean(); i++) {
      RealServer.pause(25);
    }
    assertThat(reached.getAsBoolean()).as(what).isTrue();
  }

  /** Allows what a test says, and renders it as it is; sensors prints what the test says. */
  private static CommandAnalyst analyst(Tier tier, String sensors) {
    return (host, sudo, command) -> {
      List<String> words = ((CommandText.Words) command).words();
      String line = words.get(0).equals("sensors") ? sensors : "exit 127";
      boolean green = tier == Tier.GREEN;
      return new CommandAnalysis(
          true,
          tier,
          green ? Effect.OBSERVES : Effect.DISRUPTS,
          green ? Consent.NONE : Consent.HOLD,
          green,
          line,
          List.of(words),
          List.of(),
          List.of("Because the test says so."),
          null);
    };
  }

  private HostSettings settings(RealServer server) throws IOException {
    return ConnectedHost.settings(
        server.port(), server.userKey(), Set.of(server.fingerprint()), ConnectedHost.LIMITS);
  }

  private FakeRegistry.Line line() {
    return registry.lines.get(PVE1);
  }

  private AspectState lastDetail() {
    List<AspectState> details = line().details;
    return details.get(details.size() - 1);
  }

  @Test
  void attachesReadsTemperaturesAndDetaches() throws Exception {
    analyst.set(
        analyst(
            Tier.GREEN, "printf '{\"k10temp-pci-00c3\":{\"Tctl\":{\"temp1_input\":45.5}}}\\n'"));
    try (RealServer server = RealServer.start(RealServer.Kind.OPENSSH, folder);
        HostGroup group = group()) {
      group.set(Map.of(PVE1, settings(server)));
      await("two readings", () -> line() != null && line().details.size() >= 2);

      AspectState state = lastDetail();
      assertThat(state.failure()).isNull();
      assertThat(((NodeTemperatures) state.detail()).readings())
          .singleElement()
          .satisfies(reading -> assertThat(reading.celsius()).isEqualTo(45.5));
      assertThat(state.observation().source()).isEqualTo("ssh:home/pve1");
      assertThat(state.observation().interval()).isEqualTo(FAST.round());
      assertThat(line().state().status()).isEqualTo(Status.CONNECTED);
      assertThat(group.health("ssh home").status()).isEqualTo(ComponentHealth.Status.UP);

      group.set(Map.of());
      await("it is detached", () -> registry.detached.contains(PVE1));
      await("no connection is left", () -> server.connections().isEmpty());
    }
  }

  @Test
  void runsNothingThatTheRulesDoNotCallGreenAndNothingWithoutRules() throws Exception {
    Path ran = folder.resolve("ran");
    try (RealServer server = RealServer.start(RealServer.Kind.OPENSSH, folder);
        HostGroup group = group()) {
      group.set(Map.of(PVE1, settings(server)));
      await("a failure", () -> line() != null && !line().details.isEmpty());
      assertThat(lastDetail().failure().code()).isEqualTo(ErrorCode.PART_MISSING);
      await("the state is known all the same", () -> line().state().status() == Status.CONNECTED);

      analyst.set(analyst(Tier.RED, "touch " + ran));
      await("a refusal", () -> lastDetail().failure().code() == ErrorCode.REFUSED);
      assertThat(lastDetail().failure().reason())
          .contains("'sensors' does not run on home/pve1")
          .contains("Because the test says so.");
      assertThat(Files.exists(ran)).isFalse();
    }
  }

  @Test
  void saysThatThereIsNoSensor() throws Exception {
    analyst.set(analyst(Tier.GREEN, "exit 127"));
    try (RealServer server = RealServer.start(RealServer.Kind.OPENSSH, folder);
        HostGroup group = group()) {
      group.set(Map.of(PVE1, settings(server)));
      await("a failure", () -> line() != null && !line().details.isEmpty());

      assertThat(lastDetail().failure().code()).isEqualTo(ErrorCode.NOT_PRESENT);
      assertThat(lastDetail().detail()).isNull();
    }
  }

  @Test
  void takesUpAKeySoonAfterAPersonAcceptedIt() throws Exception {
    try (RealServer server = RealServer.start(RealServer.Kind.OPENSSH, folder);
        HostGroup group = group()) {
      HostSettings settings =
          ConnectedHost.settings(server.port(), server.userKey(), Set.of(), ConnectedHost.LIMITS);
      group.set(Map.of(PVE1, settings));
      await("it asks", () -> line() != null && line().state().status() == Status.KEY_UNKNOWN);
      assertThat(group.health("ssh home").status()).isEqualTo(ComponentHealth.Status.DEGRADED);
      assertThat(group.health("ssh home").detail()).doesNotContain("pve1", "127.0.0.1");

      registry.accepted.put(PVE1, server.fingerprint());

      await("it connects", () -> line().state().status() == Status.CONNECTED);
    }
  }

  @Test
  void saysAtOnceThatAConnectionWasLostAndFindsBack() throws Exception {
    try (RealServer server = RealServer.start(RealServer.Kind.OPENSSH, folder);
        HostGroup group = group()) {
      group.set(Map.of(PVE1, settings(server)));
      await("it connects", () -> line() != null && line().state().status() == Status.CONNECTED);
      server.kill();
      await("it is unreachable", () -> line().state().status() == Status.UNREACHABLE);
      assertThat(line().state().reason()).contains("nothing answers at 127.0.0.1");
      server.start();
      await("it is back", () -> line().state().status() == Status.CONNECTED);
    }
  }

  @Test
  void keepsOffANameThatIsTakenAndTakesItWhenItIsFree() throws Exception {
    try (RealServer server = RealServer.start(RealServer.Kind.OPENSSH, folder);
        ConnectedHost other = ConnectedHost.pinned(server);
        HostGroup group = group()) {
      FakeRegistry.Line taken = (FakeRegistry.Line) registry.attach(other.host.announcement());
      group.set(Map.of(PVE1, settings(server)));
      await("it complains", () -> group.health("x").status() == ComponentHealth.Status.DEGRADED);
      assertThat(line()).isSameAs(taken);

      taken.detach();

      await("it has the name", () -> line() != null && line() != taken);
      await("it is content", () -> group.health("x").status() == ComponentHealth.Status.UP);
    }
  }

  @Test
  void startsAnewWithChangedSettings() throws Exception {
    try (RealServer server = RealServer.start(RealServer.Kind.OPENSSH, folder);
        HostGroup group = group()) {
      group.set(
          Map.of(
              PVE1, ConnectedHost.settings(1, server.userKey(), Set.of(), ConnectedHost.LIMITS)));
      await("it fails", () -> line() != null && line().state().status() == Status.UNREACHABLE);
      group.set(Map.of(PVE1, settings(server)));

      await("it connects", () -> line() != null && line().state().status() == Status.CONNECTED);
      assertThat(registry.detached).containsExactly(PVE1);
    }
  }

  @Test
  void leavesNoThreadBehind() throws Exception {
    try (RealServer server = RealServer.start(RealServer.Kind.OPENSSH, folder)) {
      try (HostGroup group = group()) {
        group.set(Map.of(PVE1, settings(server)));
        await("it connects", () -> line() != null && line().state().status() == Status.CONNECTED);
      }
      await(
          "its threads end",
          () ->
              Thread.getAllStackTraces().keySet().stream()
                  .noneMatch(
                      thread ->
                          thread.getName().startsWith("jarvis-ssh")
                              || thread.getName().startsWith("sshd-")));
      await("no connection is left", () -> server.connections().isEmpty());
    }
  }
}

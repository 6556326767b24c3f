package org.jarvis.tools.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.Node;
import org.jarvis.api.safety.Consent;
import org.jarvis.api.safety.Tier;
import org.jarvis.api.tool.Tool;
import org.jarvis.api.tool.Touch;
import org.jarvis.tools.FakeContext;
import org.jarvis.tools.Home;
import org.jarvis.tools.Run;
import org.jarvis.tools.SampleDetails;
import org.jarvis.tools.SteppingClock;
import org.jarvis.tools.form.EffectWatch;
import org.jarvis.tools.form.Facts;
import org.jarvis.tools.host.HouseHosts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NodeToolsTest {
  private static final Node ONLINE = Home.node("pve1", Node.Status.ONLINE);
  private static final Node OFFLINE = Home.node("pve1", Node.Status.OFFLINE);

  @ParameterizedTest
  @CsvSource({"reboot_node,HOLD", "shutdown_node,TYPED"})
  void takesANodeDown(String tool, Consent consent) {
    Run run = Run.of(tool, Map.of(), ONLINE);

    assertThat(run.tool.use(run.arguments).tier()).isEqualTo(Tier.RED);
    assertThat(run.tool.use(run.arguments).consent()).isEqualTo(consent);
    assertThat(run.tool.use(run.arguments).targets().get(0).touch()).isEqualTo(Touch.TAKES_DOWN);
  }

  @Test
  void waitsUntilANodeIsBackAndNewlyBooted() {
    Run run = Run.of("reboot_node", Map.of(), ONLINE);
    run.context.effect = () -> run.home.nodes.set(0, up(Duration.ofSeconds(20)));

    assertThat(run.result().summary()).contains("was rebooted and is back");
    assertThat(run.tool.verify(run.arguments, List.of(ONLINE))).isTrue();
    assertThat(run.tool.verify(run.arguments, List.of(OFFLINE))).isFalse();
  }

  @Test
  void countsANodeAsBackThatWasSeenAway() {
    Home home = new Home();
    home.nodes.add(OFFLINE);
    SteppingClock clock = new SteppingClock();
    Tool tool =
        NodePowerTool.reboot(
            new Facts(home, clock),
            new EffectWatch(
                clock,
                wait -> {
                  clock.advance(wait);
                  home.nodes.set(0, ONLINE);
                }));

    assertThat(tool.run(context(home, "reboot_node", ONLINE)).summary()).contains("is back");
  }

  @ParameterizedTest
  @ValueSource(strings = {"reboot_node", "shutdown_node"})
  void saysThatNothingCameOfIt(String name) {
    Home home = new Home();
    home.nodes.add(ONLINE);
    SteppingClock clock = new SteppingClock();
    EffectWatch watch = new EffectWatch(clock, clock::advance);
    Facts facts = new Facts(home, clock);
    Tool tool =
        name.equals("reboot_node")
            ? NodePowerTool.reboot(facts, watch)
            : NodePowerTool.shutdown(facts, watch);

    assertThatExceptionOfType(JarvisException.class)
        .isThrownBy(() -> tool.run(context(home, name, ONLINE)))
        .satisfies(failure -> assertThat(failure.code()).isEqualTo(ErrorCode.EFFECT_MISSING))
        .withMessageContaining("Look at its console");
    assertThat(Duration.between(Home.NOW, clock.instant()))
        .isLessThan(tool.definition().timeLimit());
  }

  @Test
  void waitsUntilANodeIsOffAndIsUndoneByWakingIt() {
    Run run = Run.of("shutdown_node", Map.of(), ONLINE);
    run.context.effect = () -> run.home.nodes.set(0, OFFLINE);

    assertThat(run.result().summary()).isEqualTo("Node pve1 is off.");
    assertThat(run.tool.definition().inverseName()).hasValue("wake_node");
    assertThat(run.undo()).containsEntry("node", "pve1");
  }

  @Test
  void tellsWhoIsAffectedAndWhatQuorumIsLeft() {
    Run run = Run.of("reboot_node", Map.of(), ONLINE);
    run.home.guests.add(Home.guest(101, GuestType.QEMU, Guest.Status.RUNNING));
    run.home.guests.add(
        new Home.GuestBuilder(102, GuestType.LXC, Guest.Status.RUNNING).ha("started").build());
    run.home.guests.add(Home.guest(103, GuestType.LXC, Guest.Status.STOPPED));

    assertThat(run.impact())
        .contains(
            "2 running guests of it are shut down: guest101 (VM 101), guest102 (CT 102).",
            "1 of them is managed by high availability",
            "2 of 3 votes; 2 are needed");
  }

  @ParameterizedTest
  @CsvSource({
    "reboot_node,ONLINE,nothing",
    "reboot_node,OFFLINE,UNREACHABLE",
    "shutdown_node,UNKNOWN,UNREACHABLE",
    "restart_service,OFFLINE,UNREACHABLE",
    "wake_node,OFFLINE,nothing",
    "wake_node,ONLINE,ALREADY_RUNNING",
    "wake_node,UNKNOWN,UNREACHABLE"
  })
  void saysWhatStandsInTheWay(String tool, Node.Status status, String obstacle) {
    assertThat(Run.of(tool, Map.of(), Home.node("pve1", status)).obstacle()).startsWith(obstacle);
  }

  @Test
  void wakesANodeAndWaitsUntilItIsOnline() {
    Run run = Run.of("wake_node", Map.of(), OFFLINE);
    run.home.nodes.set(0, OFFLINE);
    run.context.effect = () -> run.home.nodes.set(0, ONLINE);

    assertThat(run.result().summary()).isEqualTo("Node pve1 is awake.");
    assertThat(run.context.calls).containsExactly("wake pve1");
    assertThat(run.tool.use(run.arguments).tier()).isEqualTo(Tier.YELLOW);
    assertThat(run.tool.offers(ONLINE)).isEmpty();
    assertThat(run.tool.offers(OFFLINE)).hasSize(1);
  }

  @Test
  void saysThatANodeDidNotWake() {
    Home home = new Home();
    home.nodes.add(OFFLINE);
    SteppingClock clock = new SteppingClock();
    Tool tool = new WakeNodeTool(HouseHosts.commands(home), new EffectWatch(clock, clock::advance));

    assertThatExceptionOfType(JarvisException.class)
        .isThrownBy(() -> tool.run(context(home, "wake_node", OFFLINE)))
        .satisfies(failure -> assertThat(failure.code()).isEqualTo(ErrorCode.EFFECT_MISSING));
  }

  @ParameterizedTest
  @CsvSource({
    "start_service,corosync,YELLOW,TENDS",
    "restart_service,pveproxy,YELLOW,TENDS",
    "restart_service,sshd,RED,INTERRUPTS",
    "restart_service,corosync,RED,TAKES_DOWN",
    "stop_service,pveproxy,RED,INTERRUPTS",
    "stop_service,pve-cluster,RED,TAKES_DOWN"
  })
  void isAsSevereAsTheRulesSay(String tool, String service, Tier tier, Touch touch) {
    Run run = Run.of(tool, Map.of("service", service), ONLINE);

    assertThat(run.tool.use(run.arguments).tier()).isEqualTo(tier);
    assertThat(run.tool.use(run.arguments).targets())
        .singleElement()
        .satisfies(
            target -> {
              assertThat(target.touch()).isEqualTo(touch);
              assertThat(target.part()).isEqualTo(service);
            });
  }

  @ParameterizedTest
  @CsvSource({
    "start_service,dead,running",
    "stop_service,running,dead",
    "restart_service,running,running",
    "restart_service,failed,running"
  })
  void switchesAServiceAndSeesWhatItDoes(String tool, String before, String after) {
    Run run = Run.of(tool, Map.of(), ONLINE);
    run.context.reads(SampleDetails.services(before), SampleDetails.services(after));

    assertThat(run.result().data()).containsEntry("service", "pveproxy");
    assertThat(run.context.calls.get(0)).endsWith("pveproxy on pve1");
  }

  @ParameterizedTest
  @CsvSource({
    "start_service,pveproxy,running,ALREADY_RUNNING",
    "stop_service,pveproxy,dead,NOT_RUNNING",
    "restart_service,chrony,running,NOT_PRESENT",
    "stop_service,nosuch,running,NOT_FOUND"
  })
  void doesNothingThatMakesNoSense(String tool, String service, String state, ErrorCode code) {
    Run run = Run.of(tool, Map.of("service", service), ONLINE);
    run.context.reads(SampleDetails.services(state));

    assertThat(run.failure().code()).isEqualTo(code);
    assertThat(run.context.calls).isEmpty();
  }

  @Test
  void saysThatAServiceIsNotSeenRunning() {
    Home home = new Home();
    SteppingClock clock = new SteppingClock();
    Tool tool =
        new ServiceTool(
            ServiceTool.Verb.RESTART,
            HouseHosts.commands(home),
            new EffectWatch(clock, clock::advance));
    FakeContext context = context(home, "restart_service", ONLINE);
    context.reads(SampleDetails.services("running"), SampleDetails.services("failed"));

    assertThatExceptionOfType(JarvisException.class)
        .isThrownBy(() -> tool.run(context))
        .satisfies(failure -> assertThat(failure.code()).isEqualTo(ErrorCode.EFFECT_MISSING));
  }

  @Test
  void isUndoneByTheOppositeOnTheSameService() {
    assertThat(Run.of("stop_service", Map.of(), ONLINE).undo())
        .containsEntry("service", "pveproxy")
        .containsEntry("node", "pve1");
    assertThat(Run.of("restart_service", Map.of(), ONLINE).undo()).isEmpty();
  }

  @Test
  void endsATaskThatWasNamedAndSeesItEnd() {
    Run run = Run.of("stop_task", Map.of(), ONLINE);
    run.context.tasks.addAll(
        List.of(SampleDetails.task(null), SampleDetails.task(null), SampleDetails.task("stopped")));

    assertThat(run.result().data()).containsEntry("exitStatus", "stopped");
    assertThat(run.tool.use(run.arguments).targets().get(0).part())
        .isEqualTo(run.arguments.text("task").orElseThrow());
    assertThat(run.tool.use(run.arguments).targets().get(0).touch()).isEqualTo(Touch.INTERRUPTS);
  }

  @Test
  void endsNoTaskThatHasEndedOrIsNotKnown() {
    Run ended = Run.of("stop_task", Map.of(), ONLINE);
    ended.context.tasks.add(SampleDetails.task("OK"));
    assertThat(ended.failure().code()).isEqualTo(ErrorCode.NOT_RUNNING);
    assertThat(ended.context.calls).isEmpty();

    assertThat(Run.of("stop_task", Map.of(), ONLINE).failure().code())
        .isEqualTo(ErrorCode.NOT_FOUND);
  }

  private static FakeContext context(Home home, String tool, Node node) {
    return new FakeContext(Run.of(tool, Map.of(), node).arguments, home, node);
  }

  private static Node up(Duration uptime) {
    return new Node(
        ONLINE.cluster(),
        ONLINE.node(),
        Node.Status.ONLINE,
        null,
        null,
        null,
        null,
        null,
        null,
        uptime,
        ONLINE.observation());
  }
}

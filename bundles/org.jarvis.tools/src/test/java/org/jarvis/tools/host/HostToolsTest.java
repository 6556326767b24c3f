package org.jarvis.tools.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jarvis.api.command.CommandAnalyst;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.host.CommandResult;
import org.jarvis.api.host.HostId;
import org.jarvis.api.host.HostState;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.AspectState;
import org.jarvis.api.resource.detail.Details;
import org.jarvis.api.resource.detail.NodeTemperatures;
import org.jarvis.api.resource.detail.ZfsPools;
import org.jarvis.api.safety.Consent;
import org.jarvis.api.safety.Tier;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Effect;
import org.jarvis.api.tool.Target;
import org.jarvis.api.tool.TargetSelector;
import org.jarvis.api.tool.ToolResult;
import org.jarvis.api.tool.ToolUse;
import org.jarvis.api.tool.Touch;
import org.jarvis.tools.Home;
import org.jarvis.tools.Run;
import org.jarvis.tools.SampleDetails;
import org.junit.jupiter.api.Test;

class HostToolsTest {
  private static final Node PVE1 = Home.node("pve1", Node.Status.ONLINE);
  private static final Target PLACE =
      new Target(new TargetSelector.OfNode("home", "pve1"), Touch.USES);

  private static ToolUse use(String command) {
    Run run = Run.of("execute_ssh", Map.of("command", command), PVE1);
    return run.tool.use(run.arguments);
  }

  private static Target guest(int id, Touch touch) {
    return new Target(
        new TargetSelector.OfGuest("home", null, id, EnumSet.allOf(GuestType.class)), touch);
  }

  @Test
  void aCommandIsWhatItsAnalysisSays() {
    ToolUse look = use("uptime");
    assertThat(look.tier()).isEqualTo(Tier.GREEN);
    assertThat(look.effect()).isEqualTo(Effect.OBSERVES);
    assertThat(look.consent()).isEqualTo(Consent.NONE);
    assertThat(look.targets()).containsExactly(PLACE);

    ToolUse stop = use("qm stop 103");
    assertThat(stop.tier()).isEqualTo(Tier.RED);
    assertThat(stop.consent()).isEqualTo(Consent.HOLD);
    assertThat(stop.targets()).containsExactly(guest(103, Touch.TAKES_DOWN), PLACE);
    assertThat(stop.reason()).isEqualTo("The rule of qm says so.");

    ToolUse destroy = use("qm destroy 103");
    assertThat(destroy.effect()).isEqualTo(Effect.DESTROYS);
    assertThat(destroy.consent()).isEqualTo(Consent.TYPED);

    assertThat(use("apt-get update").targets())
        .containsExactly(new Target(PLACE.selector(), Touch.TENDS));
    assertThat(use("apt-get update").tier()).isEqualTo(Tier.YELLOW);
    assertThat(use("systemctl restart docker").targets())
        .containsExactly(new Target(PLACE.selector(), Touch.INTERRUPTS, "docker"));
    assertThat(use("pvesm remove local").targets())
        .containsExactly(
            new Target(new TargetSelector.OfStorage("home", "pve1", "local"), Touch.REMOVES),
            PLACE);
  }

  @Test
  void aCommandThatTellsSomebodySomethingTakesAGestureWhereItDoesNotRunByItself() {
    ToolUse use = use("curl https://example.org");

    assertThat(use.tier()).isEqualTo(Tier.GREEN);
    assertThat(use.consent()).isEqualTo(Consent.HOLD);
  }

  @Test
  void whatIsNotUnderstoodIsBlackWithTheReasonAndWhatWouldBeAccepted() {
    ToolUse use = use("$(reboot)");

    assertThat(use.tier()).isEqualTo(Tier.BLACK);
    assertThat(use.targets()).containsExactly(PLACE);
    assertThat(use.reason())
        .isEqualTo("'$(reboot)' is not understood. Leave out what a shell would replace.");
  }

  @Test
  void aCommandIsGivenInExactlyOneWay() {
    Run both = Run.of("execute_ssh", Map.of("argv", List.of("uptime")), PVE1);
    assertFails(ErrorCode.INVALID_ARGUMENTS, () -> both.tool.use(both.arguments));

    Map<String, Object> neither = new LinkedHashMap<>(Map.of("node", "pve1"));
    assertFails(
        ErrorCode.INVALID_ARGUMENTS,
        () -> both.tool.use(new Arguments(new LinkedHashMap<>(neither))));

    neither.put("argv", List.of("qm", "stop", "103"));
    assertThat(both.tool.use(new Arguments(new LinkedHashMap<>(neither))).targets())
        .contains(guest(103, Touch.TAKES_DOWN));
  }

  @Test
  void aHostIsMeantByItsNameAndItsClusterWhereThereAreSeveral() {
    Run run = Run.of("execute_ssh", Map.of(), PVE1);
    HostId elsewhere = new HostId(new org.jarvis.api.resource.ClusterId("cabin"), "pve1");
    run.hosts.others.add(
        HouseHosts.host(
            elsewhere, ResourceRef.cluster(elsewhere.cluster()), HostState.Status.IDLE));

    assertFails(ErrorCode.AMBIGUOUS_TARGET, () -> run.tool.use(run.arguments));
    Map<String, Object> named = new LinkedHashMap<>(run.arguments.values());
    named.put("cluster", "cabin");
    assertThat(run.tool.use(new Arguments(named)).targets())
        .containsExactly(new Target(new TargetSelector.OfCluster("cabin"), Touch.USES));
    named.put("node", "nas");
    assertFails(ErrorCode.NOT_FOUND, () -> run.tool.use(new Arguments(named)));
  }

  @Test
  void aHostThatIsAGuestIsJudgedAsThatGuest() {
    Run run = Run.of("execute_ssh", Map.of("node", "docker", "command", "apt-get update"), PVE1);
    run.hosts.others.add(
        HouseHosts.host(
            new HostId(Home.ID, "docker"),
            ResourceRef.guest(Home.ID, new GuestId(105)),
            HostState.Status.CONNECTED));

    assertThat(run.tool.use(run.arguments).targets()).containsExactly(guest(105, Touch.TENDS));
  }

  @Test
  void whatOnlyLooksSucceedsWithWhateverStatusItEnds() {
    Run run = Run.of("execute_ssh", Map.of("command", "grep nothing"), PVE1);
    run.context.prints.on("grep", HostPrints.ended(1, "", ""));

    ToolResult result = run.result();

    assertThat(result.data()).containsEntry("exitStatus", 1).containsEntry("output", "");
    assertThat(result.summary()).isEqualTo("The command on home/pve1 ended with exit status 1.");
  }

  @Test
  void whatChangesSomethingFailsWithWhatItPrintedWhereItDidNotEndWell() {
    Run run = Run.of("execute_ssh", Map.of("command", "qm stop 103"), PVE1);
    run.context.prints.on("qm", HostPrints.ended(255, "", "VM 103 is locked\n"));

    JarvisException failure = run.failure();

    assertThat(failure.code()).isEqualTo(ErrorCode.REMOTE_ERROR);
    assertThat(failure.getMessage())
        .isEqualTo("The command on home/pve1 ended with exit status 255: VM 103 is locked");
  }

  @Test
  void aSignalIsTold() {
    Run run = Run.of("execute_ssh", Map.of(), PVE1);
    run.context.prints.on(
        "uptime", new CommandResult(null, "KILL", "some", "", 7, Duration.ofMillis(5)));

    assertThat(run.result().data()).containsEntry("signal", "KILL").containsEntry("cutBytes", 7L);
  }

  @Test
  void longOutputLosesItsMiddleAndSaysSo() {
    Run run = Run.of("execute_ssh", Map.of(), PVE1);
    run.context.prints.on("uptime", "first\n" + "a line of a log\n".repeat(20_000) + "last\n");

    String output = (String) run.result().data().get("output");

    assertThat(output).startsWith("first\n").endsWith("last").contains("bytes left out");
    assertThat(output.length()).isLessThan(40_000);
  }

  @Test
  void aPersonReadsEachWordThatWouldRun() {
    assertThat(Run.of("execute_ssh", Map.of("command", "qm stop 103"), PVE1).impact())
        .contains("Runs a command on home/pve1 as jarvis.")
        .contains("Runs [qm] [stop] [103]")
        .contains("It takes-down guest 103.");
  }

  @Test
  void aHostWhoseKeyNobodyAcceptedStandsAgainstAChange() {
    Run run = Run.of("execute_ssh", Map.of("node", "docker", "command", "qm stop 103"), PVE1);
    run.hosts.others.add(
        HouseHosts.host(
            new HostId(Home.ID, "docker"),
            ResourceRef.cluster(Home.ID),
            HostState.Status.KEY_UNKNOWN));

    assertThat(run.obstacle()).isEqualTo("UNREACHABLE The host is key-unknown.");
  }

  @Test
  void temperaturesComeWithTheirAgeFromWhatIsKnown() {
    Run run = Run.of("get_node_temperature", Map.of(), PVE1);
    run.home.knows(PVE1, SampleDetails.of(Aspect.TEMPERATURES));

    Map<String, Object> data = run.result().data();

    assertThat(data)
        .containsEntry("celsius", 47.5)
        .containsEntry("processorCelsius", 47.5)
        .containsEntry("ageSeconds", 60L)
        .containsEntry("stale", true);
    assertThat(run.context.calls).isEmpty();
  }

  @Test
  void aNodeWithoutSensorsHasNoTemperatureRatherThanZero() {
    Run run = Run.of("get_node_temperature", Map.of(), PVE1);
    run.home.knows(PVE1, new NodeTemperatures(List.of()));

    assertThat(run.result().data()).containsEntry("celsius", null);
    assertThat(run.result().summary()).contains("no sensor tells");
  }

  @Test
  void unknownTemperaturesSayWhy() {
    Run run = Run.of("get_node_temperature", Map.of(), PVE1);
    run.home.details.put(
        PVE1.ref(),
        Details.of(
            List.of(
                AspectState.failed(
                    Aspect.TEMPERATURES, ErrorCode.NOT_PRESENT, "No SSH host.", Instant.EPOCH))));

    assertThat(run.failure().getMessage()).isEqualTo("No SSH host.");
  }

  @Test
  void theStateOfAServiceIsWhatSystemdSays() {
    Run run = Run.of("get_service_status", Map.of("service", "docker"), PVE1);
    run.context.prints.on(
        "systemctl show --no-pager -p Id,",
        """
        Id=docker.service
        LoadState=loaded
        ActiveState=failed
        SubState=failed
        MemoryCurrent=[not set]
        NRestarts=4
        MainPID=0
        """);

    assertThat(run.result().data())
        .containsEntry("active", "failed")
        .containsEntry("restarts", 4L)
        .containsEntry("memoryBytes", null);
  }

  @Test
  void aServiceThatIsNotThereIsNotFound() {
    Run run = Run.of("get_service_status", Map.of("service", "dokcer"), PVE1);
    run.context.prints.on("systemctl", "Id=dokcer.service\nLoadState=not-found\n");

    assertThat(run.failure().code()).isEqualTo(ErrorCode.NOT_FOUND);
  }

  @Test
  void theJournalIsAskedForWhatIsWanted() {
    Run run =
        Run.of(
            "get_journal",
            Map.of(
                "unit",
                "pveproxy",
                "since",
                "1 hour ago",
                "lines",
                5,
                "grep",
                "error",
                "priority",
                "err"),
            PVE1);
    run.context.prints.on("journalctl", HostPrints.ended(1, "-- No entries --\n", ""));

    assertThat(run.result().data()).containsEntry("lines", List.of());
    assertThat(run.context.prints.ran)
        .containsExactly(
            "journalctl --no-pager -o short-iso -u pveproxy --since 1 hour ago -p err -g error"
                + " -n 5");
  }

  @Test
  void whatIsNotInstalledIsSaidToBeSo() {
    Run run = Run.of("list_docker_containers", Map.of(), PVE1);

    assertThat(run.failure().code()).isEqualTo(ErrorCode.NOT_PRESENT);
    assertThat(run.failure().getMessage()).isEqualTo("docker is not installed on home/pve1.");
  }

  @Test
  void whatSudoRefusesIsAMissingPrivilege() {
    Run run = Run.of("get_disk_health", Map.of("disk", "/dev/sda"), PVE1);
    run.context.prints.on("smartctl", HostPrints.ended(1, "", "sudo: a password is required\n"));

    assertThat(run.failure().code()).isEqualTo(ErrorCode.PRIVILEGE_MISSING);
  }

  @Test
  void disksTellTheirHealthAndNothingThatNoDiskCanMean() {
    Run run = Run.of("get_disk_health", Map.of(), PVE1);
    run.context
        .prints
        .on("smartctl --scan", "/dev/sda -d sat # /dev/sda [SAT]\n/dev/nvme0 -d nvme # NVMe\n")
        .on(
            "smartctl -a -j /dev/sda",
            HostPrints.ended(
                64,
                "{\"model_name\":\"X\",\"smart_status\":{\"passed\":false},"
                    + "\"temperature\":{\"current\":255},\"ata_smart_attributes\":{\"table\":["
                    + "{\"id\":5,\"raw\":{\"value\":12}}]}}",
                ""))
        .on(
            "smartctl -a -j /dev/nvme0",
            "{\"smart_status\":{\"passed\":true},\"temperature\":{\"current\":41},"
                + "\"nvme_smart_health_information_log\":{\"percentage_used\":3}}");

    ToolResult result = run.result();

    assertThat(result.summary()).isEqualTo("home/pve1: 2 disks, 1 failing.");
    List<?> disks = (List<?>) result.data().get("items");
    assertThat(disks.get(0).toString())
        .contains("health=FAILED", "temperatureCelsius=null", "reallocatedSectors=12");
    assertThat(disks.get(1).toString())
        .contains("health=PASSED", "temperatureCelsius=41", "usedPercent=3");
  }

  @Test
  void zfsIsToldByTheClusterWhereTheNodeDoesNotTell() {
    Run run = Run.of("get_zfs_status", Map.of(), PVE1);
    run.context.reads(
        new ZfsPools(List.of(new ZfsPools.Pool("tank", "DEGRADED", null, null, 3, 1.0))));

    ToolResult result = run.result();

    assertThat(result.summary()).isEqualTo("Node pve1: 1 ZFS pool; tank is DEGRADED.");
    assertThat(result.data())
        .containsEntry("failure", "zpool is not installed on home/pve1.")
        .containsEntry("status", null);
  }

  @Test
  void aDockerContainerIsRestartedAndSeenRunning() {
    Run run = Run.of("restart_docker_container", Map.of(), PVE1);
    String down = "{\"ID\":\"4f\",\"Names\":\"media\",\"State\":\"exited\",\"Status\":\"Exited\"}";
    String up = "{\"ID\":\"4f\",\"Names\":\"media\",\"State\":\"running\",\"Status\":\"Up\"}";
    run.context.prints.on("docker ps", down, up).on("docker restart media", "media\n");

    assertThat(run.tool.use(run.arguments).targets())
        .containsExactly(new Target(PLACE.selector(), Touch.INTERRUPTS, "container:media"));
    assertThat(run.result().data()).containsEntry("state", "running");
    assertThat(run.context.prints.ran).contains("docker restart media");
  }

  @Test
  void aDockerContainerThatIsNotThereIsLeftAlone() {
    Run run = Run.of("restart_docker_container", Map.of("container", "other"), PVE1);
    run.context.prints.on("docker ps", "");

    assertThat(run.failure().code()).isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(run.context.prints.ran).noneMatch(line -> line.contains("restart"));
  }

  @Test
  void aLockIsTakenAwayOnTheNodeOfTheGuest() {
    Guest locked =
        new Home.GuestBuilder(101, GuestType.QEMU, Guest.Status.STOPPED).locked("backup").build();
    Run run = Run.of("unlock_vm", Map.of(), locked, PVE1);
    run.context.prints.on("qm unlock 101", "");

    run.result();

    assertThat(run.context.prints.ran).containsExactly("qm unlock 101");
    assertThat(run.tool.verify(run.arguments, List.of(locked, PVE1))).isFalse();
    assertThat(run.tool.verify(run.arguments, List.of(Run.vm(Guest.Status.STOPPED), PVE1)))
        .isTrue();
    assertThat(Run.of("unlock_vm", Map.of(), Run.vm(Guest.Status.STOPPED), PVE1).obstacle())
        .contains("not locked");
  }

  @Test
  void aServiceThatTheClusterDoesNotListIsRestartedBySystemd() {
    Run run = Run.of("restart_service", Map.of("service", "docker"), PVE1);
    run.context.reads(SampleDetails.services("running"));
    run.context
        .prints
        .on("systemctl show", "LoadState=loaded\n")
        .on("systemctl restart docker", "")
        .on("systemctl is-active docker", HostPrints.ended(3, "activating\n", ""))
        .on("systemctl is-active docker", "active\n");

    assertThat(run.tool.use(run.arguments).tier()).isEqualTo(Tier.RED);
    assertThat(run.result().summary()).contains("docker").contains("systemd");
    assertThat(run.context.calls).noneMatch(call -> call.startsWith("restart"));
    assertThat(run.context.prints.ran).contains("systemctl restart docker");
  }

  @Test
  void aServiceThatTheClusterListsIsRestartedByIt() {
    Run run = Run.of("restart_service", Map.of(), PVE1);
    run.context.reads(SampleDetails.services("running"));

    run.result();

    assertThat(run.context.calls).contains("restart pveproxy on pve1");
    assertThat(run.context.prints.ran).isEmpty();
  }

  @Test
  void aMemberSendsThePacketWhereTheClusterCannotHaveItSent() {
    Node asleep = Home.node("pve1", Node.Status.OFFLINE);
    Node other = Home.node("pve2", Node.Status.ONLINE);
    Run run = Run.of("wake_node", Map.of(), asleep, other);
    run.context.prints.on("pvenode wakeonlan pve1", "");
    run.context.effect =
        () -> {
          throw new JarvisException(ErrorCode.PRIVILEGE_MISSING, "Sys.PowerMgmt is missing.");
        };

    assertThat(run.tool.use(run.arguments).targets())
        .containsExactly(
            new Target(new TargetSelector.OfNode(null, "pve1"), Touch.TENDS),
            new Target(new TargetSelector.OfNode("home", "pve2"), Touch.USES));
    // The house's nodes are online, as if it woke at once.
    assertThat(run.result().summary()).isEqualTo("Node pve1 is awake.");
    assertThat(run.context.prints.ran).containsExactly("pvenode wakeonlan pve1");
  }

  @Test
  void theClustersReasonCountsWhereNoMemberCanSendIt() {
    Run run = Run.of("wake_node", Map.of(), Home.node("pve1", Node.Status.OFFLINE));
    run.context.effect =
        () -> {
          throw new JarvisException(ErrorCode.REMOTE_ERROR, "No address to wake is configured.");
        };

    assertThat(run.failure().getMessage()).isEqualTo("No address to wake is configured.");
  }

  private static void assertFails(
      ErrorCode code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    org.assertj.core.api.Assertions.assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            JarvisException.class, failure -> assertThat(failure.code()).isEqualTo(code));
  }

  @Test
  void whileNoCommandRunsAnActionCanStillSayWhy() {
    Home home = new Home();
    Commands mute = new Commands(new HouseHosts(home), Optional::<CommandAnalyst>empty);
    Arguments restart = new Arguments(Map.of("node", "pve1", "command", "systemctl restart x"));
    ToolUse use = new ExecuteSshTool(mute, Clock.systemUTC()).use(restart);

    assertThat(use.tier()).isEqualTo(Tier.RED);
    // Whatever it would do, the gate finds nothing that it was decided to do.
    assertThat(use.targets())
        .containsExactly(new Target(new TargetSelector.OfNode(null, "pve1"), Touch.USES));
  }

  @Test
  void nothingIsSaidOfACommandWhileNobodyCanTellWhatItMeans() {
    Commands mute = new Commands(new HouseHosts(new Home()), Optional::<CommandAnalyst>empty);

    assertThat(mute.unavailable()).hasValueSatisfying(why -> assertThat(why).contains("safety"));
  }
}

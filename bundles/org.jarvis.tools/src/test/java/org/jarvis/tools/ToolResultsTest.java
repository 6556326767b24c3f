package org.jarvis.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jarvis.api.connector.Examination;
import org.jarvis.api.connector.RecordedCourse;
import org.jarvis.api.connector.Timeframe;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.problem.Evidence;
import org.jarvis.api.problem.Problem;
import org.jarvis.api.problem.Remedy;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.Storage;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.GuestAgent;
import org.jarvis.api.resource.detail.GuestSnapshots;
import org.jarvis.api.resource.detail.NodeServices;
import org.jarvis.api.resource.detail.StorageContent;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Target;
import org.jarvis.api.tool.Tool;
import org.jarvis.api.tool.ToolResult;
import org.jarvis.testkit.problem.FakeProblems;
import org.jarvis.testkit.problem.SampleProblem;
import org.jarvis.tools.host.Commands;
import org.jarvis.tools.host.HostPrints;
import org.jarvis.tools.host.HouseHosts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs every tool against a cluster that says hostile things, and reads what comes of it. */
class ToolResultsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private static final int MOST_BYTES = 64 * 1024;

  static List<Tool> tools() {
    Home home = home();
    return Toolbox.tools(
        home,
        HouseHosts.commands(home),
        Home.CLOCK,
        duration -> {},
        () -> Optional.of(FakeProblems.toRead(hostile())));
  }

  /** A problem whose every word comes from a cluster that means ill. */
  private static Problem hostile() {
    String words = SampleDetails.HOSTILE;
    return SampleProblem.crashed("p1", 101, Home.NOW)
        .about(ResourceRef.parse("pve:home:guest:101").orElseThrow(), words)
        .summary(words + " is not well.")
        .evidence(new Evidence("State", words, Home.NOW))
        .remedies(
            Remedy.of(
                "start", "Start " + words, "It runs then.", SampleProblem.step("start_vm", 101)))
        .build();
  }

  static List<Tool> available() {
    return tools().stream().filter(tool -> tool.unavailable().isEmpty()).toList();
  }

  /** Those that cannot be used while nobody can tell what a command means. */
  static List<Tool> unavailable() {
    Home home = home();
    Commands mute = new Commands(new HouseHosts(home), Optional::empty);
    return Toolbox.tools(home, mute, Home.CLOCK, duration -> {}).stream()
        .filter(tool -> tool.unavailable().isPresent())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("available")
  void fitsItsOutputSchema(Tool tool) throws Exception {
    ToolResult result = run(tool);
    JsonNode data = JSON.valueToTree(result.data());

    assertThat(
            SCHEMAS
                .getSchema(JSON.readTree(tool.definition().resultSchema().orElseThrow()))
                .validate(data))
        .isEmpty();
    assertThat(result.summary()).isNotBlank().endsWith(".");
  }

  @ParameterizedTest
  @MethodSource("available")
  void passesNothingOnThatCouldTrickAReader(Tool tool) throws Exception {
    ToolResult result = run(tool);
    String all = result.summary() + JSON.writeValueAsString(result.data());

    assertThat(all).doesNotContain("\u202e", "\\u202e", "\u0007", "\\u0007");
    assertThat(result.summary()).doesNotContain("\n").hasSizeLessThan(1_000);
    assertThat(JSON.writeValueAsBytes(result.data())).hasSizeLessThan(MOST_BYTES);
  }

  @Test
  void staysSmallHoweverMuchAGuestSaysOfItself() throws Exception {
    List<String> addresses = Collections.nCopies(500, "\"é\\".repeat(300));
    GuestAgent chatty =
        new GuestAgent(
            null,
            null,
            null,
            Collections.nCopies(500, new GuestAgent.Interface("x".repeat(999), null, addresses)),
            Collections.nCopies(500, new GuestAgent.FileSystem("x".repeat(999), null, null, null)));
    Home home = home();
    Tool tool =
        available().stream()
            .filter(one -> one.definition().name().equals("get_guest_agent"))
            .findFirst()
            .orElseThrow();
    ToolResult result =
        tool.run(
            new FakeContext(SampleArguments.of("get_guest_agent"), home, home.guests.get(0))
                .reads(chatty));

    assertThat(JSON.writeValueAsBytes(result.data())).hasSizeLessThan(MOST_BYTES);
    assertThat(result.data())
        .containsEntry("interfacesTotal", 500)
        .containsEntry("fileSystemsTotal", 500);
  }

  @ParameterizedTest
  @MethodSource("unavailable")
  void doesNothingWhileItIsUnavailable(Tool tool) {
    assertThatExceptionOfType(JarvisException.class)
        .isThrownBy(() -> tool.run(new FakeContext(Arguments.none(), home())))
        .satisfies(failure -> assertThat(failure.code()).isEqualTo(ErrorCode.PART_MISSING))
        .withMessage(tool.unavailable().orElseThrow());
  }

  private static ToolResult run(Tool tool) {
    String name = tool.definition().name();
    Arguments arguments = SampleArguments.of(name);
    Home home = home();
    FakeContext context =
        new FakeContext(arguments, home, targets(tool, arguments, home).toArray(new Resource[0]));
    context.lines = List.of(SampleDetails.HOSTILE, "TASK OK");
    context.tasks.addAll(
        name.equals("stop_task")
            ? List.of(SampleDetails.task(null), SampleDetails.task("stopped"))
            : List.of(SampleDetails.task(SampleDetails.HOSTILE)));
    context.examination =
        new Examination(
            List.of(
                new Examination.Check(
                    "token", Examination.Outcome.LIMITED, SampleDetails.HOSTILE, "Do this.")));
    context.course =
        new RecordedCourse(
            home.nodes.get(0).ref(),
            Timeframe.DAY,
            List.of(
                new RecordedCourse.Point(Home.NOW.minusSeconds(60), Map.of("cpu", 0.25)),
                new RecordedCourse.Point(Home.NOW, Map.of("cpu", 0.75, "memused", 1.0))));
    home.knows(home.nodes.get(0), SampleDetails.of(Aspect.TEMPERATURES));
    sayWhatIsNeeded(name, context, home);
    print(context.prints);
    return tool.run(context);
  }

  /** What a host prints, hostile wherever it chooses the words. */
  private static void print(HostPrints prints) {
    String said = SampleDetails.HOSTILE.replace("\n", " ");
    prints.on("uptime", SampleDetails.HOSTILE);
    prints.on(
        "systemctl show",
        "Id=pveproxy.service\nDescription="
            + said
            + "\nLoadState=loaded\nActiveState=active\nSubState=running\nMainPID=812\n");
    prints.on("journalctl", SampleDetails.HOSTILE + "\nstarted");
    prints.on("smartctl --scan", "/dev/sda -d sat # " + said + "\n/dev/" + said);
    prints.on(
        "smartctl -a", "{\"model_name\": \"" + said + "\", \"smart_status\": {\"passed\": true}}");
    prints.on("zpool status rpool", "  scan: scrub in progress since " + said);
    prints.on("zpool", SampleDetails.HOSTILE);
    prints.on("apt-get clean", "");
    prints.on("pvecm updatecerts --force", said);
    prints.on("systemctl restart", "");
    prints.on(
        "docker ps",
        "{\"ID\": \"4f\", \"Names\": \"media\", \"Image\": \""
            + said
            + "\", \"State\": \"running\", \"Status\": \""
            + said
            + "\"}");
    prints.on("docker restart", "media");
    prints.on("qm unlock", "");
    prints.on("pct unlock", "");
  }

  /** What the cluster answers, in turn, so that the tool's effect is seen. */
  private static void sayWhatIsNeeded(String name, FakeContext context, Home home) {
    switch (name) {
      case "run_replication" ->
          context.reads(SampleDetails.of(Aspect.REPLICATION), SampleDetails.replicated());
      case "reset_ha_service" -> {
        context.reads(
            SampleDetails.managed("error"),
            SampleDetails.managed("stopped"),
            SampleDetails.managed("started"));
        context.statusesToCome.add(Guest.Status.RUNNING);
      }
      case "renew_certificate" ->
          context.reads(SampleDetails.of(Aspect.CERTIFICATES), SampleDetails.renewed());
      default -> {}
    }
    for (Aspect aspect : Aspect.values()) {
      if (context.isTold(aspect)) {
        continue;
      }
      if (aspect != Aspect.SNAPSHOTS && aspect != Aspect.CONTENT && aspect != Aspect.SERVICES) {
        if (aspect != Aspect.CONFIGURATION || name.startsWith("get_")) {
          context.reads(SampleDetails.of(aspect));
        }
      }
    }
    GuestSnapshots one = SampleDetails.snapshots("before", "before");
    GuestSnapshots none = SampleDetails.snapshots(null);
    StorageContent backup = SampleDetails.content(SampleDetails.BACKUP);
    NodeServices up = SampleDetails.services("running");
    NodeServices down = SampleDetails.services("dead");
    context.reads(name.startsWith("create_") ? none : one, name.startsWith("delete_") ? none : one);
    context.reads(
        name.startsWith("backup_") ? SampleDetails.content() : backup,
        name.startsWith("delete_") ? SampleDetails.content() : backup);
    context.reads(
        name.equals("start_service") ? down : up, name.equals("stop_service") ? down : up);
    context.reads(
        SampleDetails.configuration(Map.of("cores", "4"), 32, List.of()),
        SampleDetails.configuration(Map.of("cores", "2"), 33, List.of()));
    Guest guest = home.guests.get(0);
    if (name.startsWith("restart_")) {
      context.guestsToCome.add(
          new Home.GuestBuilder(101, guest.type(), Guest.Status.RUNNING)
              .up(Duration.ofSeconds(3))
              .build());
    }
    if (name.startsWith("migrate_")) {
      context.guestsToCome.add(
          new Home.GuestBuilder(101, guest.type(), Guest.Status.RUNNING).on("pve2").build());
    }
    if (name.startsWith("clone_")) {
      context.effect =
          () -> context.guestsToCome.add(Home.guest(900, guest.type(), Guest.Status.STOPPED));
    }
    if (name.equals("shutdown_node") || name.equals("reboot_node")) {
      context.effect = () -> home.nodes.set(0, rebooted(name));
    }
  }

  private static Node rebooted(String name) {
    Node before = Home.node("pve1", Node.Status.ONLINE);
    return name.equals("shutdown_node")
        ? Home.node("pve1", Node.Status.OFFLINE)
        : new Node(
            before.cluster(),
            before.node(),
            Node.Status.ONLINE,
            null,
            null,
            null,
            null,
            null,
            null,
            Duration.ofSeconds(10),
            before.observation());
  }

  private static List<Resource> targets(Tool tool, Arguments arguments, Home home) {
    if (tool.definition().name().contains("container")) {
      home.guests.set(0, Home.guest(101, GuestType.LXC, Guest.Status.RUNNING));
    }
    ClusterSnapshot snapshot = home.clusters().get(0);
    return tool.use(arguments).targets().stream()
        .map(Target::selector)
        .map(selector -> snapshot.resources().filter(selector::matches).findFirst().orElseThrow())
        .toList();
  }

  private static Home home() {
    Home home = new Home();
    home.nodes.add(Home.node("pve1", Node.Status.ONLINE));
    home.nodes.add(Home.node("pve2", Node.Status.ONLINE));
    home.guests.add(
        new Home.GuestBuilder(101, GuestType.QEMU, Guest.Status.RUNNING)
            .named(SampleDetails.HOSTILE)
            .tagged(SampleDetails.HOSTILE)
            .build());
    home.storages.add(Home.storage("pve1", "local", false, Storage.Status.AVAILABLE));
    return home;
  }
}

package org.jarvis.lab.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.CommandException;
import org.jarvis.lab.Lab;
import org.jarvis.lab.LabOptions;
import org.jarvis.lab.fault.Fault;
import org.jarvis.lab.fault.FaultKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FaultDeskTest {

  /** Something of the household for each word that a guide has. */
  private static final Map<String, String> PLACES =
      Map.of(
          "VMID", "101",
          "NODE", "mimas",
          "HOST", "docker-host",
          "STORAGE", "nas",
          "JOB", "202-0",
          "DISK", "/dev/nvme0n1",
          "SERVICE", "chrony");

  /** Where else it can strike than where most do. */
  private static final Map<FaultKind, String> ELSEWHERE =
      Map.of(FaultKind.THIN_POOL_FULL, "titan", FaultKind.HA_ERROR, "202");

  private Lab lab;
  private FaultDesk desk;

  @BeforeEach
  void setUp() throws Exception {
    lab = new Lab(LabOptions.defaults());
    desk = new FaultDesk(lab.faults(), lab.cluster());
  }

  @AfterEach
  void tearDown() {
    lab.close();
  }

  private List<String> say(String line) {
    return desk.answer(line.isEmpty() ? List.of() : List.of(line.split(" ", -1)));
  }

  @ParameterizedTest
  @EnumSource(FaultKind.class)
  void everyFaultCanBeSwitchedAsItsGuideReads(FaultKind kind) {
    FaultGuide guide = FaultGuide.of(kind);
    List<String> shortest = new ArrayList<>(List.of("on", kind.word()));
    List<String> longest = new ArrayList<>(shortest);
    for (String word : guide.place().split(" ", -1)) {
      String example = ELSEWHERE.getOrDefault(kind, PLACES.get(word.replaceAll("[\\[\\]]", "")));
      if (example != null) {
        longest.add(example);
        if (!word.startsWith("[")) {
          shortest.add(example);
        }
      }
    }
    if (!guide.options().isEmpty()) {
      longest.add(guide.options().replaceAll("[\\[\\]]|\\|.*", ""));
    }

    assertThat(guide.effect()).isNotBlank();
    assertThat(desk.answer(shortest)).singleElement().asString().startsWith(kind.word());
    if (!lab.faults().active().isEmpty()) {
      assertThat(say("off " + kind.word())).singleElement().asString().endsWith(" is off.");
      assertThat(desk.answer(longest)).singleElement().asString().startsWith(kind.word());
      longest.set(0, "off");
      assertThat(desk.answer(longest)).singleElement().asString().endsWith(" is off.");
      assertThat(lab.faults().active()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(FaultKind.class)
  void guideNamesEveryParameterAndNoOther(FaultKind kind) {
    FaultGuide guide = FaultGuide.of(kind);
    List<String> said = new ArrayList<>();
    for (String word : guide.arguments().split(" ", -1)) {
      if (!word.isEmpty()) {
        said.add(word.replaceAll("[\\[\\]]|=.*", "").toLowerCase(Locale.ROOT));
      }
    }

    assertThat(said).containsExactlyInAnyOrderElementsOf(kind.parameters());
  }

  @Test
  void targetsCanBeGivenByPlaceAndByName() {
    say("on guest-locked 204 lock=snapshot");
    say("on guest-locked lock=backup vmid=101");
    say("on slow-replies millis=250 rhea");
    say("on service-failed service=chrony mimas");

    assertThat(lab.faults().active())
        .containsExactly(
            new Fault.GuestLocked(204, "snapshot"),
            new Fault.GuestLocked(101, "backup"),
            new Fault.SlowReplies(Duration.ofMillis(250), "rhea"),
            new Fault.ServiceFailed("mimas", "chrony"));
  }

  @Test
  void offEndsOneOrAllOfAKindOrEverything() {
    say("on guest-deaf 101");
    say("on guest-deaf 102");
    say("on guest-deaf 103");
    say("on quorum-lost");

    assertThat(say("off guest-deaf 102")).containsExactly("guest-deaf vmid=102 is off.");
    assertThat(say("off guest-deaf"))
        .containsExactly("guest-deaf vmid=101 is off.", "guest-deaf vmid=103 is off.");
    assertThat(say("off all")).containsExactly("quorum-lost is off.");
    assertThat(say("off all")).containsExactly("No fault was on.");
    assertThat(lab.faults().active()).isEmpty();
  }

  @Test
  void listTellsWhereEachCanStrikeWhatItDoesAndWhetherItIsOn() {
    say("on node-offline rhea");

    List<String> lines = say("list");

    assertThat(lines.get(0)).matches("NAME +ON +WHERE AND HOW +WHAT IT DOES");
    assertThat(lines.subList(1, 1 + FaultKind.values().length))
        .allSatisfy(line -> assertThat(line).hasSizeLessThan(150))
        .anySatisfy(line -> assertThat(line).matches("node-offline +on +NODE +a node is dead;.*"))
        .anySatisfy(line -> assertThat(line).matches("clock-off +\\[minutes=60] +the clocks .*"));
    assertThat(lines)
        .contains("On:", "  node-offline node=rhea")
        .anySatisfy(line -> assertThat(line).startsWith("Guests: 100 opnsense, 101 "))
        .anySatisfy(line -> assertThat(line).startsWith("Nodes: ").contains("rhea", "mimas"))
        .anySatisfy(line -> assertThat(line).startsWith("Storages: ").contains("nas"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|What shall be done? It takes: list, on NAME",
        "of|'of' is none of it. It takes: list, on NAME",
        "list all|list takes nothing, so 'all' is too much.",
        "on|Which fault shall be on? lab:fault list tells their names.",
        "off|Which fault shall be off? lab:fault list tells their names.",
        "on fire|There is no fault 'fire'; lab:fault list tells their names.",
        "on guest-crash|parameter vmid is missing. It reads: lab:fault on guest-crash VMID",
        "on guest-crash 101 102|'102' is too much. It reads: lab:fault on guest-crash VMID",
        "on guest-crash web|parameter vmid is 'web', not a number. It reads: lab:fault on",
        "on guest-crash 999|no guest 999 is running. It reads: lab:fault on guest-crash VMID",
        "on guest-crash 101 cause=rust|cause 'rust' is neither oom nor segfault. It reads:",
        "on guest-crash 101 colour=red|guest-crash takes [vmid, cause], not colour. It reads:",
        "on guest-crash vmid=101 vmid=102|vmid is given twice. It reads:",
        "on node-offline pluto|there is no node pluto. It reads: lab:fault on node-offline NODE",
        "on silence pluto|there is no node pluto. It reads: lab:fault on silence [NODE]",
        "on quorum-lost now|'now' is too much. It reads: lab:fault on quorum-lost.",
        "off quorum-lost|quorum-lost is not on. On: node-offline node=rhea.",
        "off node-offline mimas|node-offline node=mimas is not on. On: node-offline node=rhea."
      })
  void whatCannotBeDoneSaysWhatIsExpected(String line, String said) {
    say("on node-offline rhea");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> say(line))
        .satisfies(refusal -> assertThat(refusal.getMessage()).contains(said).endsWith("."));
    assertThat(lab.faults().active()).containsExactly(new Fault.NodeOffline("rhea"));
  }

  @Test
  void mistakenTargetIsToldWhichThereAre() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> say("on node-offline pluto"))
        .satisfies(refusal -> assertThat(refusal.getMessage()).contains("Nodes: ", "rhea"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> say("on guest-deaf 999"))
        .satisfies(refusal -> assertThat(refusal.getMessage()).contains("Guests: 100 opnsense"));
  }

  @Test
  void commandPrintsTheAnswerAndRefusesWhatCannotBeDone() throws Exception {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    Session session = session(new PrintStream(printed, false, StandardCharsets.UTF_8));
    FaultCommand command = new FaultCommand(lab);

    command.execute(session, List.of("on", "node-offline", "rhea"));

    assertThat(printed.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            "node-offline node=rhea is on. lab:fault off node-offline ends it."
                + System.lineSeparator());
    assertThatThrownBy(() -> command.execute(session, List.of("on", "fire")))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("There is no fault 'fire'");
  }

  private static Session session(PrintStream out) {
    return (Session)
        Proxy.newProxyInstance(
            Session.class.getClassLoader(),
            new Class<?>[] {Session.class},
            (self, method, arguments) -> {
              assertThat(method.getName()).isEqualTo("getConsole");
              return out;
            });
  }
}

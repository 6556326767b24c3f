package org.jarvis.itests.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jarvis.api.connector.ClusterConnection;
import org.jarvis.api.connector.ClusterOperations;
import org.jarvis.api.host.CommandResult;
import org.jarvis.api.host.CommandRun;
import org.jarvis.api.host.HostConnection;
import org.jarvis.api.host.HostId;
import org.jarvis.api.host.HostOperations;
import org.jarvis.api.host.TerminalLine;
import org.jarvis.api.host.TerminalOutput;
import org.jarvis.api.host.TerminalRequest;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.tool.Tool;
import org.jarvis.api.tool.ToolContext;
import org.jarvis.api.tool.ToolResult;
import org.jarvis.core.action.TerminalLedger;
import org.jarvis.core.terminal.HostLines;
import org.junit.jupiter.api.Test;

/** Proves from the classes that nothing outside Jarvis changes except through the one gate. */
class OneGateTest {
  private static final String GATE = "org.jarvis.core.action";
  private static final String EXECUTOR = GATE + ".ActionExecutor";
  private static final String RUN_CONTEXT = GATE + ".RunContext";
  private static final String NARROWED = GATE + ".ScopedOperations";
  private static final String CONNECTIONS = "org.jarvis.core.state.Connections";
  private static final String SCOPED_HOSTS = GATE + ".ScopedHosts";
  private static final String HOST_CONNECTIONS = "org.jarvis.core.host.HostConnections";

  /** A person's own shell, the one named exception. */
  private static final String TERMINAL = "org.jarvis.core.terminal";

  /** Hands the opening of lines, and nothing else, from the hosts' connections to the terminals. */
  private static final String CORE = "org.jarvis.core.Core";

  private static final String CONNECTOR = "org.jarvis.connector.proxmox";

  /** Runs what observes, in the tests of extensions; it is in no distribution. */
  private static final String CONTRACT = "org.jarvis.testkit.tool.ToolContract";

  /** Change systems that are made up, in the tests of connectors; they are in no distribution. */
  private static final String CONNECTOR_CONTRACT = "org.jarvis.testkit.connector.ConnectorContract";

  private static final String WRITING_METHODS = "org.jarvis.testkit.connector.WritingMethod";

  private static final ArchRule RUNS_TOOLS =
      classesShould(
              "run or verify tools",
              access -> accesses(access, Tool.class, "run", "verify"),
              EXECUTOR,
              CONTRACT)
          .because("a tool that runs elsewhere runs undecided and unrecorded");

  private static final ArchRule TAKES_OPERATIONS =
      classesShould(
              "take writing methods from a connection",
              access -> accesses(access, ClusterConnection.class, "operations"),
              EXECUTOR,
              RUN_CONTEXT,
              CONNECTOR_CONTRACT)
          .because("connectors hand their writing methods to the gate and to nobody else");

  private static final ArchRule WRITES =
      noClasses()
          .that(areNoneOf(EXECUTOR, NARROWED, WRITING_METHODS))
          .and()
          .resideOutsideOfPackage("org.jarvis.tools..")
          .should(
              access(
                  "call a writing method",
                  access ->
                      access.getTargetOwner().isAssignableTo(ClusterOperations.class)
                          && !Set.of("close", "touched", "<init>")
                              .contains(access.getTarget().getName())))
          .because("whoever writes past the gate writes undecided and unrecorded");

  private static final ArchRule TAKES_HOSTS =
      noClasses()
          .that(areNoneOf(SCOPED_HOSTS, CORE))
          .should(
              access(
                  "take what runs commands from a host's connection",
                  access -> accesses(access, HostConnection.class, "operations")))
          .because("connectors hand it to the gate and to people's terminals, and to nobody else");

  private static final ArchRule RUNS_COMMANDS =
      noClasses()
          .that(areNoneOf(SCOPED_HOSTS))
          .should(
              access(
                  "run something on a host",
                  access -> accesses(access, HostOperations.class, "run")))
          .because("whoever runs commands past the gate runs them unanalysed and unrecorded");

  /** The one named exception: what a person types is judged by nobody. */
  private static final ArchRule OPENS_TERMINALS =
      classesShould(
              "open lines to hosts", access -> accesses(access, HostOperations.class, "open"), CORE)
          .because("only a person's own terminal has a shell, and only the core can open one");

  private static final ArchRule HANDS_OUT_LINES =
      noClasses()
          .that()
          .resideOutsideOfPackage(TERMINAL)
          .should(
              access(
                  "open lines for terminals", access -> accesses(access, HostLines.class, "open")))
          .because("whoever else had a shell would have it without a person");

  @Test
  void onlyTheCoreOpensLinesToHostsAndOnlyForTerminals() {
    OPENS_TERMINALS.check(Bundles.classes());
    HANDS_OUT_LINES.check(Bundles.classes());
  }

  @Test
  void onlyTerminalsAreWrittenDownWithoutATool() {
    noClasses()
        .that()
        .resideOutsideOfPackage(TERMINAL)
        .should(
            access("begin a terminal", access -> accesses(access, TerminalLedger.class, "begin")))
        .check(Bundles.classes());
  }

  @Test
  void theGateIsWhereThisTestSaysItIs() {
    for (String name :
        Set.of(EXECUTOR, RUN_CONTEXT, NARROWED, CONNECTIONS, SCOPED_HOSTS, HOST_CONNECTIONS)) {
      assertThat(Bundles.classes().contain(name)).as(name).isTrue();
    }
  }

  @Test
  void onlyTheExecutorRunsAndVerifiesTools() {
    RUNS_TOOLS.check(Bundles.classes());
  }

  @Test
  void onlyTheGateTakesWritingMethodsFromAConnection() {
    TAKES_OPERATIONS.check(Bundles.classes());
  }

  @Test
  void onlyTheGateHandsAnythingToTheExecutor() {
    classesShould(
            "hand anything to the executor",
            access ->
                access.getTargetOwner().getName().equals(EXECUTOR)
                    && Set.of("start", "observe").contains(access.getTarget().getName()),
            EXECUTOR,
            GATE + ".ActionPipeline",
            GATE + ".PlanRun")
        .check(Bundles.classes());
  }

  /** A rule that finds nothing may be a rule that cannot find anything. */
  @Test
  void theRulesFindWhatTheyAreFor() {
    JavaClasses seeded = new ClassFileImporter().importClasses(Seeded.class);

    for (ArchRule rule :
        List.of(
            RUNS_TOOLS,
            TAKES_OPERATIONS,
            WRITES,
            TAKES_HOSTS,
            RUNS_COMMANDS,
            OPENS_TERMINALS,
            HANDS_OUT_LINES)) {
      assertThat(rule.evaluate(seeded).getFailureReport().getDetails())
          .as(rule.getDescription())
          .hasSize(2);
    }
  }

  /** What a reference to the opening of a line can be taken for. */
  @FunctionalInterface
  @SuppressWarnings("unused") // It is referred to, not called.
  private interface Opening {
    TerminalLine open(HostId host, TerminalRequest request, TerminalOutput output);
  }

  /** Gets around the gate, by a call and by a reference to each method. */
  @SuppressWarnings("unused") // It is read, not run.
  private static final class Seeded {
    private static ToolResult runs(Tool tool, ToolContext context) {
      return tool.run(context);
    }

    private static Function<ToolContext, ToolResult> refersToRun(Tool tool) {
      return tool::run;
    }

    private static ClusterOperations takes(ClusterConnection connection) {
      return connection.operations();
    }

    private static Supplier<ClusterOperations> refersToTaking(ClusterConnection connection) {
      return connection::operations;
    }

    private static TerminalLine opens(
        HostOperations host, TerminalRequest request, TerminalOutput output) {
      return host.open(request, output);
    }

    private static BiFunction<TerminalRequest, TerminalOutput, TerminalLine> refersToOpening(
        HostOperations host) {
      return host::open;
    }

    private static TerminalLine opensALine(
        HostLines lines, HostId host, TerminalRequest request, TerminalOutput output) {
      return lines.open(host, request, output);
    }

    private static Opening refersToLines(HostLines lines) {
      return lines::open;
    }

    private static void writes(ClusterOperations operations, Guest guest) {
      operations.unlock(guest);
    }

    private static Consumer<Guest> refersToWriting(ClusterOperations operations) {
      return operations::unlock;
    }

    private static HostOperations takes(HostConnection connection) {
      return connection.operations();
    }

    private static Supplier<HostOperations> refersToTaking(HostConnection connection) {
      return connection::operations;
    }

    private static CommandResult runs(HostOperations operations, CommandRun run) {
      return operations.run(run);
    }

    private static Function<CommandRun, CommandResult> refersToRunning(HostOperations operations) {
      return operations::run;
    }
  }

  @Test
  void onlyTheCoreHoldsConnections() {
    noClasses()
        .that()
        .resideOutsideOfPackages("org.jarvis.core", GATE, "org.jarvis.core.state")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName(CONNECTIONS)
        .check(Bundles.classes());
  }

  @Test
  void onlyTheGateAndTerminalsTakeWhatRunsCommandsFromAHostsConnection() {
    TAKES_HOSTS.check(Bundles.classes());
  }

  @Test
  void onlyTheGateAndTerminalsRunAnythingOnAHost() {
    RUNS_COMMANDS.check(Bundles.classes());
  }

  @Test
  void onlyTheCoreHoldsHostConnections() {
    noClasses()
        .that()
        .resideOutsideOfPackages("org.jarvis.core", GATE, "org.jarvis.core.host", TERMINAL)
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName(HOST_CONNECTIONS)
        .check(Bundles.classes());
  }

  @Test
  void onlyConnectorsRunAnythingOnHosts() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.jarvis.connector..")
        .and()
        .areNotInterfaces()
        .should()
        .beAssignableTo(HostOperations.class)
        .check(Bundles.classes());
  }

  @Test
  void onlyToolsGetTheNarrowedCommands() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.jarvis.tools..")
        .should(
            access(
                "get the narrowed commands", access -> accesses(access, ToolContext.class, "host")))
        .check(Bundles.classes());
  }

  @Test
  void onlyToolsGetTheNarrowedWritingMethods() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.jarvis.tools..")
        .should(
            access(
                "get the narrowed writing methods",
                access -> accesses(access, ToolContext.class, "operations")))
        .check(Bundles.classes());
  }

  @Test
  void nothingButToolsAndTheGateWritesToACluster() {
    WRITES.check(Bundles.classes());
  }

  /** Inside the connector, where the methods behind the writing methods are. */
  @Test
  void onlyTheConnectorsOperationsAskAClusterForChanges() {
    Set<String> writers =
        Set.of("GuestPower", "GuestHistory", "GuestSettings", "GuestPlacement", "NodeControl");
    noClasses()
        .that(
            areNoneOf(
                Stream.concat(Stream.of("ProxmoxOperations"), writers.stream())
                    .map(name -> CONNECTOR + "." + name)
                    .toArray(String[]::new)))
        .should(
            access(
                "ask a cluster for changes",
                access ->
                    access.getTargetOwner().getName().equals(CONNECTOR + ".http.ApiClient")
                        && Set.of("post", "put", "delete").contains(access.getTarget().getName())))
        .check(Bundles.classes());
    noClasses()
        .that(areNoneOf(CONNECTOR + ".ProxmoxOperations"))
        .should(
            access(
                "make what asks a cluster for changes",
                access ->
                    access.getTarget().getName().equals("<init>")
                        && writers.contains(access.getTargetOwner().getSimpleName())
                        && access.getTargetOwner().getPackageName().equals(CONNECTOR)))
        .check(Bundles.classes());
  }

  @Test
  void noComponentPublishesWritingMethods() throws IOException {
    for (String bundle : Bundles.names()) {
      for (Path component : components(bundle)) {
        assertThat(Files.readString(component))
            .as("%s", component)
            .doesNotContain(
                "provide interface=\"" + ClusterOperations.class.getName() + "\"",
                "provide interface=\"" + ClusterConnection.class.getName() + "\"",
                "provide interface=\"" + HostOperations.class.getName() + "\"",
                "provide interface=\"" + HostConnection.class.getName() + "\"");
      }
    }
  }

  private static List<Path> components(String bundle) throws IOException {
    Path folder = Path.of("..", "..", "bundles", bundle, "target", "classes", "OSGI-INF");
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".xml")).toList();
    }
  }

  private static ArchRule classesShould(
      String what, Predicate<JavaCodeUnitAccess<?>> meant, String... excepted) {
    return noClasses().that(areNoneOf(excepted)).should(access(what, meant));
  }

  /** Calls a method, or refers to it so that somebody else can. */
  private static ArchCondition<JavaClass> access(
      String what, Predicate<JavaCodeUnitAccess<?>> meant) {
    return new ArchCondition<>(what) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        Stream.<JavaCodeUnitAccess<?>>concat(
                type.getCodeUnitCallsFromSelf().stream(),
                type.getCodeUnitReferencesFromSelf().stream())
            .filter(meant)
            .forEach(
                access ->
                    events.add(SimpleConditionEvent.satisfied(type, access.getDescription())));
      }
    };
  }

  private static boolean accesses(JavaCodeUnitAccess<?> access, Class<?> owner, String... methods) {
    return access.getTargetOwner().isAssignableTo(owner)
        && Set.of(methods).contains(access.getTarget().getName());
  }

  private static DescribedPredicate<JavaClass> areNoneOf(String... names) {
    Set<String> excepted = Set.of(names);
    return describe(
        "are none of " + excepted,
        // A lambda or a nested class belongs to its outermost class.
        type -> !excepted.contains(outermost(type)));
  }

  private static String outermost(JavaClass type) {
    return type.getEnclosingClass().map(OneGateTest::outermost).orElse(type.getName());
  }
}

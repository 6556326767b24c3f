package org.jarvis.itests.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jarvis.api.connector.ClusterConnection;
import org.jarvis.api.connector.ClusterOperations;
import org.jarvis.api.tool.Tool;
import org.jarvis.api.tool.ToolContext;
import org.junit.jupiter.api.Test;

/** Proves from the classes that nothing outside Jarvis changes except through the one gate. */
class OneGateTest {
  private static final String GATE = "org.jarvis.core.action";
  private static final String EXECUTOR = GATE + ".ActionExecutor";
  private static final String RUN_CONTEXT = GATE + ".RunContext";
  private static final String NARROWED = GATE + ".ScopedOperations";
  private static final String CONNECTIONS = "org.jarvis.core.state.Connections";

  @Test
  void theGateIsWhereThisTestSaysItIs() {
    for (String name : Set.of(EXECUTOR, RUN_CONTEXT, NARROWED, CONNECTIONS)) {
      assertThat(Bundles.classes().contain(name)).as(name).isTrue();
    }
  }

  @Test
  void onlyTheExecutorRunsAndVerifiesTools() {
    noClasses()
        .that(areNoneOf(EXECUTOR))
        .should()
        .callMethodWhere(calls(Tool.class, "run"))
        .orShould()
        .callMethodWhere(calls(Tool.class, "verify"))
        .because("a tool that runs elsewhere runs undecided and unrecorded")
        .check(Bundles.classes());
  }

  @Test
  void onlyTheGateTakesWritingMethodsFromAConnection() {
    noClasses()
        .that(areNoneOf(EXECUTOR, RUN_CONTEXT))
        .should()
        .callMethodWhere(calls(ClusterConnection.class, "operations"))
        .because("connectors hand their writing methods to the gate and to nobody else")
        .check(Bundles.classes());
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
  void onlyToolsGetTheNarrowedWritingMethods() {
    noClasses()
        .that(
            describe(
                "are no tools",
                (JavaClass type) -> !type.getPackageName().startsWith("org.jarvis.tools")))
        .should()
        .callMethodWhere(calls(ToolContext.class, "operations"))
        .check(Bundles.classes());
  }

  @Test
  void nothingButToolsAndTheGateWritesToACluster() {
    noClasses()
        .that(areNoneOf(EXECUTOR, NARROWED))
        .and()
        .resideOutsideOfPackages("org.jarvis.tools..", "org.jarvis.connector..")
        .should()
        .callMethodWhere(
            describe(
                "call a writing method",
                (JavaMethodCall call) ->
                    call.getTargetOwner().isAssignableTo(ClusterOperations.class)
                        && !call.getTarget().getName().equals("close")
                        && !call.getTarget().getName().equals("touched")))
        .because("whoever writes past the gate writes undecided and unrecorded")
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
                "provide interface=\"" + ClusterConnection.class.getName() + "\"");
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

  private static DescribedPredicate<JavaMethodCall> calls(Class<?> owner, String method) {
    return describe(
        "call " + owner.getSimpleName() + "." + method,
        call ->
            call.getTargetOwner().isAssignableTo(owner)
                && call.getTarget().getName().equals(method));
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

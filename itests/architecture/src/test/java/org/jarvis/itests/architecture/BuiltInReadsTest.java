package org.jarvis.itests.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jarvis.api.action.Action;
import org.jarvis.api.action.ActionGate;
import org.jarvis.api.action.ActionRequest;
import org.jarvis.api.action.PlanGate;
import org.jarvis.api.event.EventStream;
import org.jarvis.api.persistence.AuditLog;
import org.jarvis.api.persistence.MetricStore;
import org.jarvis.api.problem.Problems;
import org.jarvis.api.safety.GuardrailSettings;
import org.jarvis.api.safety.OwnPlace;
import org.jarvis.api.safety.ProtectionLedger;
import org.junit.jupiter.api.Test;

/**
 * The provider without a model knows the services that its answers come from, so it is held to
 * reading them: what it wants done it asks the chat for, as any model.
 */
class BuiltInReadsTest {
  private static final String BUILT_IN = "org.jarvis.llm.offline";

  /** All that may be called of services that can change something. */
  private static final Map<Class<?>, Set<String>> READING =
      Map.of(
          ActionGate.class, Set.of("find", "recent", "awaitingApproval"),
          PlanGate.class, Set.of(),
          Problems.class, Set.of("open", "resolved", "find", "of", "kinds", "growth"),
          EventStream.class, Set.of("after", "head"),
          AuditLog.class, Set.of("after", "size"),
          MetricStore.class, Set.of("course", "figures", "subject"),
          GuardrailSettings.class, Set.of("current"),
          ProtectionLedger.class, Set.of("items"),
          OwnPlace.class, Set.of("standing"));

  private static final ArchRule ONLY_READS =
      noClasses()
          .should(changeSomething())
          .because("nothing changes but through what a chat asks of the gate");

  @Test
  void builtInProviderOnlyReads() {
    noClasses()
        .that()
        .resideInAPackage(BUILT_IN + "..")
        .should(changeSomething())
        .check(Bundles.classes());
  }

  @Test
  void builtInProviderReachesNoConnector() {
    noClasses()
        .that()
        .resideInAPackage(BUILT_IN + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(Bundles.API + ".connector..", Bundles.API + ".host..")
        .check(Bundles.classes());
  }

  /** A rule that finds nothing may be a rule that cannot find anything. */
  @Test
  void findsWhatChangesSomething() {
    JavaClasses seeded = new ClassFileImporter().importClasses(Seeded.class);

    assertThat(ONLY_READS.evaluate(seeded).getFailureReport().getDetails()).hasSize(2);
  }

  @SuppressWarnings("unused") // It is read, not run.
  private static final class Seeded {
    private static Action submits(ActionGate gate, ActionRequest request) {
      return gate.submit(request);
    }

    private static Function<ActionRequest, Action> refersToSubmitting(ActionGate gate) {
      return gate::submit;
    }
  }

  private static ArchCondition<JavaClass> changeSomething() {
    return new ArchCondition<>("call what changes something") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        Stream.<JavaCodeUnitAccess<?>>concat(
                type.getCodeUnitCallsFromSelf().stream(),
                type.getCodeUnitReferencesFromSelf().stream())
            .filter(BuiltInReadsTest::changes)
            .forEach(
                access ->
                    events.add(SimpleConditionEvent.satisfied(type, access.getDescription())));
      }
    };
  }

  private static boolean changes(JavaCodeUnitAccess<?> access) {
    return READING.entrySet().stream()
        .anyMatch(
            service ->
                access.getTargetOwner().isAssignableTo(service.getKey())
                    && !service.getValue().contains(access.getTarget().getName()));
  }
}

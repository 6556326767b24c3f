package org.jarvis.testkit.tool;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceKind;
import org.jarvis.api.safety.Consent;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Effect;
import org.jarvis.api.tool.Impact;
import org.jarvis.api.tool.Target;
import org.jarvis.api.tool.TargetSelector;
import org.jarvis.api.tool.Tool;
import org.jarvis.api.tool.ToolContext;
import org.jarvis.api.tool.ToolDefinition;
import org.jarvis.api.tool.ToolOffer;
import org.jarvis.api.tool.ToolResult;
import org.jarvis.api.tool.ToolUse;
import org.jarvis.api.tool.Touch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract holds for a good tool, and each of its tests fails for a bad one. */
class ToolContractTest extends ToolContract {
  private static final String DRAFT =
      "\"$schema\": \"https://json-schema.org/draft/2020-12/schema\"";
  private static final String VMID =
      "\"vmid\": {\"type\": \"integer\", \"description\": \"The number of the guest.\"}";
  private static final String CLUSTER =
      "\"cluster\": {\"type\": \"string\", \"description\": \"The name of the cluster.\"}";

  @Override
  protected Tool tool() {
    return new Sample();
  }

  /** A good tool, which a test spoils. */
  private static class Sample implements Tool {
    String description =
        "Suspends a guest of the cluster to memory until it is resumed. It does not save its disks.";
    String schema = object(VMID, CLUSTER);
    Effect effect = Effect.CHANGES;
    Effect used = Effect.CHANGES;
    Touch touch = Touch.TENDS;
    String inverse = "resume_guest";
    String offeredCluster = "sample";
    Impact impact = new Impact("Suspends the guest.", List.of(), null);
    boolean undone = true;
    Map<String, Object> result = Map.of();

    @Override
    public ToolDefinition definition() {
      return new ToolDefinition(
          "suspend_guest",
          "Suspend",
          description,
          schema,
          ResourceKind.GUEST,
          effect,
          true,
          Duration.ofSeconds(10),
          inverse);
    }

    @Override
    public ToolUse use(Arguments arguments) {
      TargetSelector selector =
          new TargetSelector.OfGuest(
              arguments.text("cluster").orElse(null),
              null,
              arguments.integer("vmid").orElseThrow(),
              Set.of(GuestType.values()));
      return new ToolUse(
          "Suspend",
          used,
          used.leastTier(),
          used == Effect.OBSERVES ? Consent.NONE : Consent.HOLD,
          List.of(new Target(selector, touch)));
    }

    @Override
    public List<ToolOffer> offers(Resource resource) {
      return resource instanceof Guest guest
          ? List.of(
              new ToolOffer(
                  new Arguments(Map.of("cluster", offeredCluster, "vmid", guest.id().value()))))
          : List.of();
    }

    @Override
    public Impact impact(Arguments arguments, List<Resource> targets) {
      return impact;
    }

    @Override
    public ToolResult run(ToolContext context) {
      return new ToolResult("It was looked at.", result);
    }

    @Override
    public Optional<Arguments> undo(Arguments arguments, List<Resource> before) {
      return undone ? Optional.of(arguments) : Optional.empty();
    }
  }

  private static String object(String... properties) {
    return "{"
        + DRAFT
        + ", \"type\": \"object\", \"properties\": {"
        + String.join(", ", properties)
        + "}, \"required\": [\"vmid\"], \"additionalProperties\": false}";
  }

  private static ToolContract spoiled(Consumer<Sample> how) {
    Sample tool = new Sample();
    how.accept(tool);
    return of(tool);
  }

  private static ToolContract of(Tool tool) {
    return new ToolContract() {
      @Override
      protected Tool tool() {
        return tool;
      }
    };
  }

  private static void assertFails(org.junit.jupiter.api.function.Executable test) {
    assertThatExceptionOfType(AssertionError.class).isThrownBy(test::execute);
  }

  @Test
  void refusesOneThatChangesWhatItSaysOfItself() {
    List<Integer> asked = new ArrayList<>();
    assertFails(
        of(
                new Sample() {
                  @Override
                  public ToolDefinition definition() {
                    asked.add(1);
                    description =
                        "Suspends a guest, and it says so differently each time: " + asked;
                    return super.definition();
                  }
                })
            ::isAlwaysTheSame);
  }

  @Test
  void refusesADescriptionThatHelpsNobody() {
    assertFails(spoiled(tool -> tool.description = "Suspends.")::saysWhatItIsToPeopleAndModels);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\": \"object\", \"properties\": {}}",
        "{\"type\": \"object\", \"additionalProperties\": true}",
        "{\"type\": \"string\"}",
        "{\"additionalProperties\": false}",
        "{\"type\": \"object\", \"additionalProperties\": false, \"patternProperties\": {}}",
      })
  void refusesAnOpenSchema(String schema) {
    assertFails(spoiled(tool -> tool.schema = schema)::takesNothingThatItDoesNotDescribe);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\": \"string\"}",
        "{\"description\": \"Anything at all.\"}",
        "{\"type\": \"array\", \"description\": \"A list of anything.\"}",
        "{\"type\": \"object\", \"description\": \"An open object.\"}",
        "{\"type\": [\"object\", \"null\"], \"description\": \"Perhaps an open object.\"}",
        """
        {"type": "array", "description": "Open objects.", "items": {"type": "object"}}""",
      })
  void refusesAnOpenOrUndescribedProperty(String property) {
    assertFails(
        spoiled(tool -> tool.schema = object(VMID, CLUSTER, "\"more\": " + property))
            ::takesNothingThatItDoesNotDescribe);
  }

  @Test
  void refusesWhatIsNoSchema() {
    assertFails(
        spoiled(tool -> tool.schema = object(VMID, "\"more\": {\"type\": \"objekt\"}"))
            ::hasSchemasThatAreSchemas);
    assertFails(spoiled(tool -> tool.schema = "{")::hasSchemasThatAreSchemas);
  }

  @Test
  void refusesOneThatNobodyCanTry() {
    assertFails(spoiled(tool -> tool.schema = object(VMID))::takesItsSamplesAndNoClaimBesides);
  }

  @Test
  void refusesAnOfferThatTheSchemaDoesNotTake() {
    assertFails(spoiled(tool -> tool.schema = object(VMID))::offersWhatItsSchemaTakes);
  }

  @Test
  void refusesAnOfferThatMeansAnotherResource() {
    assertFails(
        spoiled(tool -> tool.offeredCluster = "elsewhere")::meansTheResourceThatItIsOfferedFor);
  }

  @Test
  void refusesAUseThatIsWorseThanItsDefinition() {
    assertFails(spoiled(tool -> tool.used = Effect.DISRUPTS)::ownsUpToWhatItDoes);
  }

  @Test
  void refusesAChangeThatClaimsToChangeNothing() {
    assertFails(spoiled(tool -> tool.touch = Touch.USES)::ownsUpToWhatItDoes);
  }

  @Test
  void refusesAChangeWithoutImpact() {
    assertFails(spoiled(tool -> tool.impact = Impact.none())::saysWhatItWouldMean);
  }

  @Test
  void refusesOneThatLosesATarget() {
    assertFails(
        of(
                new Sample() {
                  @Override
                  public List<Resource> expected(Arguments arguments, List<Resource> before) {
                    return List.of();
                  }
                })
            ::expectsTheSameResourcesAfterwards);
  }

  @Test
  void refusesUndoAndInverseThatDisagree() {
    assertFails(spoiled(tool -> tool.undone = false)::namesAnInverseIfAndOnlyIfItCanBeUndone);
    assertFails(spoiled(tool -> tool.inverse = null)::namesAnInverseIfAndOnlyIfItCanBeUndone);
  }

  @Test
  void refusesAReasonThatSaysNothing() {
    assertFails(
        of(
                new Sample() {
                  @Override
                  public Optional<String> unavailable() {
                    return Optional.of("");
                  }
                })
            ::saysWhyItCannotBeUsed);
  }

  @Test
  void refusesOneThatThreadsConfuse() {
    List<Integer> asked = new ArrayList<>();
    assertFails(
        of(
                new Sample() {
                  @Override
                  public synchronized Optional<String> unavailable() {
                    asked.add(1);
                    return asked.size() > 10 ? Optional.of("Too many asked.") : Optional.empty();
                  }
                })
            ::answersSeveralThreadsFromMemory);
  }

  @Test
  void refusesResultsThatAreTooLarge() {
    assertThatCode(observing(Map.of("text", "short"))::answersBoundedPlainValues)
        .doesNotThrowAnyException();
    assertFails(observing(Map.of("text", "x".repeat(300_000)))::answersBoundedPlainValues);
    assertFails(observing(Map.of("share", Double.NaN))::answersBoundedPlainValues);
  }

  @Test
  void refusesAnObservingToolThatWantsToChangeSomething() {
    assertFails(
        of(
                new Sample() {
                  {
                    effect = Effect.OBSERVES;
                    used = Effect.OBSERVES;
                    touch = Touch.USES;
                  }

                  @Override
                  public ToolResult run(ToolContext context) {
                    context.operations(context.targets().get(0).ref().cluster());
                    return super.run(context);
                  }
                })
            ::answersBoundedPlainValues);
  }

  private static ToolContract observing(Map<String, Object> result) {
    return spoiled(
        tool -> {
          tool.effect = Effect.OBSERVES;
          tool.used = Effect.OBSERVES;
          tool.touch = Touch.USES;
          tool.result = result;
        });
  }
}

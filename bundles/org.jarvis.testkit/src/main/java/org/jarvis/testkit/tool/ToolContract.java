package org.jarvis.testkit.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.LiveState;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.safety.Consent;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Effect;
import org.jarvis.api.tool.Impact;
import org.jarvis.api.tool.Target;
import org.jarvis.api.tool.Tool;
import org.jarvis.api.tool.ToolDefinition;
import org.jarvis.api.tool.ToolOffer;
import org.jarvis.api.tool.ToolResult;
import org.jarvis.api.tool.ToolUse;
import org.jarvis.api.tool.Touch;
import org.jarvis.testkit.resource.SampleCluster;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Tool} has to do: say what it is, take nothing that it does not describe, own up
 * to what it does to which resource, and answer all but {@code run} from memory.
 *
 * <p>It is tried on the {@link SampleCluster}. A tool that observes is also run there, while the
 * cluster itself does not answer; what a tool changes is for its own tests.
 */
public abstract class ToolContract {
  /** Far more than answers from memory take on the busiest machine. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final int THREADS = 8;
  private static final int LONGEST_NAME = 64;
  private static final int LONGEST_TITLE = 60;
  private static final int SHORTEST_DESCRIPTION = 60;
  private static final int LONGEST_DESCRIPTION = 1_000;
  private static final List<String> CLAIMS =
      List.of("confirmed", "approved", "override", "force_approve", "principal", "origin", "tier");

  private final SampleCluster sample = SampleCluster.small();

  /** The tool under test; its answers may not depend on earlier tests. */
  protected abstract Tool tool();

  /**
   * Arguments that its schema takes, for each use that it makes a difference to. As it is given
   * here, what it offers for the resources of the sample cluster; override it where offers leave
   * arguments open, and add what no menu offers.
   */
  protected List<Arguments> samples() {
    JsonSchema schema = schema(tool());
    return offers().values().stream()
        .flatMap(List::stream)
        .map(ToolOffer::arguments)
        .filter(arguments -> schema.errors(arguments.values()).isEmpty())
        .distinct()
        .toList();
  }

  /**
   * What it answers where it changed something with these arguments, as far as its undo needs that.
   */
  protected ToolResult done(Arguments arguments) {
    return new ToolResult("It is done.", Map.of());
  }

  @Test
  void isAlwaysTheSame() {
    Tool tool = tool();
    ToolDefinition first = tool.definition();
    samples().forEach(tool::use);
    offers();
    assertThat(tool.definition()).isEqualTo(first);
    assertThat(tool().definition()).isEqualTo(first);
  }

  @Test
  void saysWhatItIsToPeopleAndModels() {
    ToolDefinition definition = tool().definition();
    assertThat(definition.name())
        .hasSizeLessThanOrEqualTo(LONGEST_NAME)
        .matches("[a-z][a-z0-9]*(_[a-z0-9]+)+");
    assertThat(definition.title()).isNotBlank().hasSizeLessThanOrEqualTo(LONGEST_TITLE);
    assertOneLine(definition.title());
    assertThat(definition.description())
        .as("what it does, when to use it and what it does not do")
        .hasSizeBetween(SHORTEST_DESCRIPTION, LONGEST_DESCRIPTION)
        .endsWith(".");
  }

  @Test
  void takesNothingThatItDoesNotDescribe() {
    assertThat(ClosedObject.objections(schema(tool()).document())).isEmpty();
  }

  @Test
  void hasSchemasThatAreSchemas() {
    ToolDefinition definition = tool().definition();
    assertThat(schema(tool()).mistakes()).isEmpty();
    definition
        .resultSchema()
        .ifPresent(text -> assertThat(JsonSchema.parse(text).mistakes()).isEmpty());
  }

  @Test
  void takesItsSamplesAndNoClaimBesides() {
    JsonSchema schema = schema(tool());
    assertThat(samples()).as("arguments to try it with: override samples()").isNotEmpty();
    for (Arguments arguments : samples()) {
      assertThat(schema.errors(arguments.values())).as("%s", arguments).isEmpty();
      for (String claim : CLAIMS) {
        Map<String, @Nullable Object> more = new HashMap<>(arguments.values());
        if (more.putIfAbsent(claim, true) == null) {
          assertThat(schema.errors(more)).as(claim).isNotEmpty();
        }
      }
    }
  }

  @Test
  void offersWhatItsSchemaTakes() {
    JsonSchema schema = schema(tool()).withoutRequired();
    offers()
        .forEach(
            (resource, offers) ->
                assertThat(offers)
                    .as(resource.name())
                    .allSatisfy(
                        offer -> {
                          assertThat(schema.errors(offer.arguments().values())).isEmpty();
                          assertThat(offer.reason()).isNotEqualTo(Optional.of(""));
                        }));
  }

  @Test
  void meansTheResourceThatItIsOfferedFor() {
    JsonSchema schema = schema(tool());
    offers()
        .forEach(
            (resource, offers) ->
                offers.stream()
                    .map(ToolOffer::arguments)
                    .filter(arguments -> schema.errors(arguments.values()).isEmpty())
                    // Nothing selects a cluster: what is about one has no target.
                    .filter(arguments -> !(resource instanceof Cluster))
                    .map(tool()::use)
                    // A shared storage, say, can be looked at by its name alone.
                    .filter(use -> changes(use) || !use.targets().isEmpty())
                    .forEach(
                        use ->
                            assertThat(use.targets())
                                .as("%s of %s", use.title(), resource.ref())
                                .anyMatch(target -> means(target, resource))));
  }

  private static boolean means(Target target, Resource resource) {
    return target.selector().matches(resource)
        && target.selector().clusterName().equals(Optional.of(SampleCluster.ID.value()));
  }

  @Test
  void ownsUpToWhatItDoes() {
    ToolDefinition definition = tool().definition();
    for (Arguments arguments : samples()) {
      ToolUse use = tool().use(arguments);
      assertThat(use).as("the same use of the same").isEqualTo(tool().use(arguments));
      assertOneLine(use.title());
      assertThat(use.effect()).isLessThanOrEqualTo(definition.effect());
      assertThat(use.tier())
          .isLessThanOrEqualTo(definition.tier())
          .isGreaterThanOrEqualTo(use.effect().leastTier());
      assertThat(use.consent() != Consent.NONE)
          .as("a person's gesture for what changes something, and for nothing else")
          .isEqualTo(changes(use));
      if (changes(use)) {
        assertThat(use.targets())
            .as("what it changes, more than used, or nobody can tell what it harms")
            .anyMatch(target -> target.touch() != Touch.USES);
      }
    }
  }

  private static boolean changes(ToolUse use) {
    return use.effect() != Effect.OBSERVES;
  }

  @Test
  void saysWhatItWouldMean() {
    forEachUse(
        (arguments, targets) -> {
          Impact impact = tool().impact(arguments, targets);
          assertThat(impact.summary()).isNotBlank();
          assertOneLine(impact.summary());
          assertThat(impact.effects()).allSatisfy(effect -> assertThat(effect).isNotBlank());
          if (changes(tool().use(arguments)) && tool().unavailable().isEmpty()) {
            assertThat(impact).as("of what changes something").isNotEqualTo(Impact.none());
          }
        });
  }

  @Test
  void expectsTheSameResourcesAfterwards() {
    forEachUse(
        (arguments, targets) ->
            assertThat(tool().expected(arguments, targets))
                .extracting(Resource::ref)
                .containsExactlyElementsOf(targets.stream().map(Resource::ref).toList()));
  }

  @Test
  void namesAnInverseIfAndOnlyIfItCanBeUndone() {
    List<Boolean> undoable = new ArrayList<>();
    forEachUse(
        (arguments, targets) -> {
          if (tool().obstacle(arguments, targets).isEmpty()) {
            undoable.add(tool().undo(arguments, targets, done(arguments)).isPresent());
          }
        });
    if (tool().definition().inverseName().isEmpty()) {
      assertThat(undoable).as("undo without an inverse").doesNotContain(true);
    } else {
      assumeTrue(!undoable.isEmpty(), "Nothing in the sample cluster can be changed by it.");
      assertThat(undoable).as("what undoes it").contains(true);
    }
    if (tool().definition().observes()) {
      assertThat(tool().definition().inverseName()).isEmpty();
    }
  }

  @Test
  void saysWhyItCannotBeUsed() {
    assertThat(tool().unavailable()).isNotEqualTo(Optional.of(""));
    forEachUse(
        (arguments, targets) ->
            tool()
                .obstacle(arguments, targets)
                .ifPresent(obstacle -> assertOneLine(obstacle.reason())));
  }

  @Test
  void answersSeveralThreadsFromMemory() {
    Tool tool = tool();
    List<Arguments> samples = samples();
    Callable<List<Object>> asking =
        () -> {
          List<Object> answers = new ArrayList<>(List.of(tool.definition(), tool.unavailable()));
          sample.resources().forEach(resource -> answers.add(tool.offers(resource)));
          samples.forEach(arguments -> answers.add(tool.use(arguments)));
          return answers;
        };
    assertTimeoutPreemptively(
        PATIENCE,
        () -> {
          List<Object> alone = asking.call();
          ExecutorService askers = Executors.newFixedThreadPool(THREADS);
          try {
            List<Callable<List<Object>>> together = new ArrayList<>();
            for (int i = 0; i < THREADS * THREADS; i++) {
              together.add(asking);
            }
            for (Future<List<Object>> answers : askers.invokeAll(together)) {
              assertThat(answers.get()).isEqualTo(alone);
            }
          } finally {
            askers.shutdownNow();
          }
        });
  }

  @Test
  void answersBoundedPlainValues() {
    assumeTrue(tool().definition().observes(), "What changes something is not run here.");
    List<ToolResult> results = new ArrayList<>(results(sample));
    assumeTrue(!results.isEmpty(), "It answers nothing while the cluster does not.");
    results.addAll(results(SampleCluster.large()));
    Optional<JsonSchema> schema = tool().definition().resultSchema().map(JsonSchema::parse);
    assertThat(results)
        .allSatisfy(
            result -> {
              PlainResult.check(result);
              schema.ifPresent(promised -> assertThat(promised.errors(result.data())).isEmpty());
            });
  }

  /** What it answers to its samples; that it fails is an answer of another kind. */
  private List<ToolResult> results(SampleCluster cluster) {
    List<ToolResult> results = new ArrayList<>();
    for (Arguments arguments : samples()) {
      Optional<List<Resource>> targets = targets(tool().use(arguments), cluster);
      if (targets.isPresent()) {
        try {
          results.add(run(arguments, targets.get(), cluster));
        } catch (JarvisException failed) {
          assertThat(failed.getMessage()).isNotBlank();
        }
      }
    }
    return results;
  }

  private ToolResult run(Arguments arguments, List<Resource> targets, LiveState state) {
    return assertTimeoutPreemptively(
        tool().definition().timeLimit(),
        () -> tool().run(new ObservingContext(arguments, targets, state)));
  }

  /** Something to look at in each use whose targets the sample cluster has. */
  private interface Look {
    void at(Arguments arguments, List<Resource> targets);
  }

  private void forEachUse(Look look) {
    for (Arguments arguments : samples()) {
      targets(tool().use(arguments), sample).ifPresent(targets -> look.at(arguments, targets));
    }
  }

  private static Optional<List<Resource>> targets(ToolUse use, SampleCluster cluster) {
    List<Resource> found =
        use.targets().stream().flatMap(target -> cluster.find(target.selector()).stream()).toList();
    return found.size() == use.targets().size() ? Optional.of(found) : Optional.empty();
  }

  private Map<Resource, List<ToolOffer>> offers() {
    Map<Resource, List<ToolOffer>> offers = new HashMap<>();
    sample.resources().forEach(resource -> offers.put(resource, tool().offers(resource)));
    return offers;
  }

  private static JsonSchema schema(Tool tool) {
    return JsonSchema.parse(tool.definition().inputSchema());
  }

  private static void assertOneLine(String text) {
    assertThat(text)
        .isNotBlank()
        .matches(line -> line.chars().noneMatch(Character::isISOControl), "one line");
  }
}

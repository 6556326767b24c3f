package org.jarvis.tools.read;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jarvis.api.action.PlanRequest;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.problem.Evidence;
import org.jarvis.api.problem.Problem;
import org.jarvis.api.problem.Problems;
import org.jarvis.api.problem.Remedy;
import org.jarvis.api.problem.Severity;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceKind;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.safety.Tier;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Effect;
import org.jarvis.api.tool.Tool;
import org.jarvis.api.tool.ToolContext;
import org.jarvis.api.tool.ToolDefinition;
import org.jarvis.api.tool.ToolOffer;
import org.jarvis.api.tool.ToolResult;
import org.jarvis.api.tool.ToolUse;
import org.jarvis.tools.form.BoundedList;
import org.jarvis.tools.form.Columns;
import org.jarvis.tools.form.InputSchema;
import org.jarvis.tools.form.Words;
import org.jspecify.annotations.Nullable;

/** {@code get_problems}. */
public final class ProblemListTool implements Tool {
  private static final String TITLE = "List problems";
  private static final int LONGEST_REF = 512;
  private static final int LONGEST_KIND = 64;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Supplier<Optional<Problems>> problems;
  private final Clock clock;
  private final ToolDefinition definition;

  /**
   * A tool that lists these.
   *
   * @param problems the problems, empty while the core is away
   * @param clock judges which are silenced
   */
  public ProblemListTool(Supplier<Optional<Problems>> problems, Clock clock) {
    this.problems = problems;
    this.clock = clock;
    this.definition =
        new ToolDefinition(
            "get_problems",
            TITLE,
            "Lists what is wrong now, the worst first, with since when, the evidence, and the tool"
                + " calls that mend it or why there are none. Narrow it by severity, kind, resource"
                + " or cluster. It mends nothing: call a remedy's tools for that, in their order.",
            schema(),
            BoundedList.schema(columns(), "Each problem."),
            ResourceKind.CLUSTER,
            Effect.OBSERVES,
            Tier.GREEN,
            true,
            Duration.ofSeconds(10),
            null);
  }

  private static String schema() {
    return InputSchema.of(
        List.of(),
        InputSchema.CLUSTER,
        InputSchema.choices(
            "severity",
            Stream.of(Severity.values()).map(Severity::word).toList(),
            "Only those that are so bad."),
        InputSchema.words("kind", LONGEST_KIND, "Only those of this kind, such as node-offline."),
        InputSchema.words(
            "ref",
            LONGEST_REF,
            "Only those about the resource of this address, such as pve:home:guest:101, or that it"
                + " suffers from."),
        InputSchema.LIMIT);
  }

  private Columns<Problem> columns() {
    return new Columns<Problem>()
        .text("id", "Its id.", Problem::id)
        .text("kind", "Its kind.", problem -> problem.kind().id())
        .text("severity", "info, warning or critical.", problem -> problem.severity().word())
        .text("ref", "The address of the resource; none for Jarvis itself.", Problem::subject)
        .text("name", "How people call the resource.", Problem::name)
        .text("part", "Which part of it is meant; empty for the whole.", Problem::part)
        .text("summary", "What is wrong.", Problem::summary)
        .text("explanation", "What that means.", problem -> problem.kind().explanation())
        .time("since", "When it began.", Problem::since)
        .time("seenAt", "When it was last seen.", Problem::seenAt)
        .flag(
            "silenced",
            "Whether people want to hear nothing of it now.",
            problem -> problem.isSilenced(clock.instant()))
        .flag(
            "acknowledged",
            "Whether a person has seen it.",
            problem -> problem.acknowledged() != null)
        .rows("evidence", "What was seen.", evidence(), Problem::evidence)
        .texts("affected", "The addresses of those who suffer from it.", Problem::affected)
        .rows("remedies", "What mends it, the best first.", remedy(), Problem::remedies)
        .note("noRemedy", "Why nothing mends it from here.", ProblemListTool::withoutRemedy);
  }

  private static Columns<Evidence> evidence() {
    return new Columns<Evidence>()
        .text("label", "What was looked at.", Evidence::label)
        .text("value", "What was seen.", Evidence::value)
        .time("at", "When.", Evidence::at);
  }

  private static Columns<Remedy> remedy() {
    return new Columns<Remedy>()
        .text("id", "Its name within the problem.", Remedy::id)
        .text("title", "What it does.", Remedy::title)
        .text("explanation", "Why this mends it, and what it costs.", Remedy::explanation)
        .rows("steps", "The tool calls, in this order.", step(), Remedy::steps);
  }

  private static Columns<PlanRequest.Step> step() {
    return new Columns<PlanRequest.Step>()
        .text("tool", "The tool.", PlanRequest.Step::tool)
        .note("arguments", "Its arguments, as JSON.", step -> json(step.arguments()));
  }

  private static String json(Arguments arguments) {
    try {
      return JSON.writeValueAsString(arguments.values());
    } catch (JsonProcessingException unwritable) {
      throw new JarvisException(
          ErrorCode.INTERNAL, "The arguments of a remedy cannot be written as JSON.", unwritable);
    }
  }

  private static @Nullable String withoutRemedy(Problem problem) {
    if (!problem.remedies().isEmpty()) {
      return null;
    }
    return problem.withoutRemedy() == null ? problem.kind().noRemedy() : problem.withoutRemedy();
  }

  @Override
  public ToolDefinition definition() {
    return definition;
  }

  @Override
  public ToolUse use(Arguments arguments) {
    return ToolUse.observing(TITLE, List.of());
  }

  /** None: whatever shows a resource shows its problems beside it. */
  @Override
  public List<ToolOffer> offers(Resource resource) {
    return List.of();
  }

  @Override
  public ToolResult run(ToolContext context) {
    List<Problem> found =
        problems
            .get()
            .orElseThrow(
                () ->
                    new JarvisException(
                        ErrorCode.PART_MISSING,
                        "The list of problems (bundle org.jarvis.core) is not there at the moment."
                            + " Try again soon."))
            .open()
            .stream()
            .filter(wanted(context.arguments()))
            .toList();
    long critical =
        found.stream().filter(problem -> problem.severity() == Severity.CRITICAL).count();
    return new ToolResult(
        Words.count(found.size(), "problem") + ", " + critical + " critical.",
        BoundedList.of(found, context.arguments(), columns()::row).data());
  }

  private static Predicate<Problem> wanted(Arguments arguments) {
    List<?> severities =
        arguments.values().get("severity") instanceof List<?> words ? words : List.of();
    Optional<ResourceRef> ref = arguments.text("ref").map(ProblemListTool::address);
    return problem ->
        (severities.isEmpty() || severities.contains(problem.severity().word()))
            && arguments.text("kind").map(problem.kind().id()::equals).orElse(true)
            && arguments.text("cluster").map(name -> isIn(name, problem)).orElse(true)
            && ref.map(one -> one.equals(problem.subject()) || problem.affected().contains(one))
                .orElse(true);
  }

  private static boolean isIn(String cluster, Problem problem) {
    return problem.subject() != null && problem.subject().cluster().value().equals(cluster);
  }

  private static ResourceRef address(String text) {
    return ResourceRef.parse(text)
        .orElseThrow(
            () ->
                new JarvisException(
                    ErrorCode.INVALID_ARGUMENTS,
                    "ref is an address such as pve:home:guest:101, as other tools tell it."));
  }
}

package org.jarvis.mcp;

import io.modelcontextprotocol.spec.McpSchema;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jarvis.api.problem.Problem;
import org.jspecify.annotations.Nullable;

/** Questions that people ask often, ready to be put to a model. */
final class QuestionPrompts {
  private static final String MEND = "mend_problem";

  private static final List<Question> QUESTIONS =
      List.of(
          new Question(
              "whats_wrong",
              "What is wrong, and what would mend it?",
              List.of(argument("cluster", "The cluster's name; all clusters without it.", false)),
              given ->
                  "What is wrong in "
                      + orElse(given, "cluster", "my clusters")
                      + ", and what would mend it? Read the resource jarvis://problems, or call"
                      + " get_problems, and read jarvis://problems/{id} of each that matters. Name each"
                      + " with its evidence, its age and the most careful of its remedies, as the tool"
                      + " calls that it is; where there is none, what a person can do. Say so where"
                      + " what you read is stale. Change nothing."),
          new Question(
              MEND,
              "Mend a problem",
              List.of(argument("problem", "The problem's id, as in jarvis://problems.", true)),
              given -> ""),
          new Question(
              "guests_without_backup",
              "Which guests have no recent backup?",
              List.of(argument("days", "How many days are recent; 7 without it.", false)),
              given ->
                  "Which guests have no backup of the last "
                      + orElse(given, "days", "7")
                      + " days? Call get_vms, get_containers and get_backups. List them by node, with the"
                      + " age of the last backup or that there is none. Change nothing."),
          new Question(
              "why_stopped",
              "Why did this guest stop?",
              List.of(argument("guest", "The guest's name or number.", true)),
              given ->
                  "Why did the guest "
                      + orElse(given, "guest", "")
                      + " stop? Call get_vms and get_containers to find it, and get_recent_tasks for what"
                      + " happened to it and on its node. Tell evidence from guesswork. Change nothing."),
          new Question(
              "changed_today",
              "What changed today?",
              List.of(argument("cluster", "The cluster's name; all clusters without it.", false)),
              given ->
                  "What changed today in "
                      + orElse(given, "cluster", "my clusters")
                      + "? Call get_recent_tasks and get_cluster_status. Give a short timeline: what"
                      + " started, stopped, moved, failed or was backed up, and by whom. Change nothing."));

  private static final int LONGEST = 200;

  private final CoreParts core;

  /** Prompts that look for problems here. */
  QuestionPrompts(CoreParts core) {
    this.core = core;
  }

  /** Makes the text from the arguments that were given. */
  @FunctionalInterface
  private interface Wording {
    String of(UnaryOperator<@Nullable String> given);
  }

  private record Question(
      String name, String title, List<McpSchema.PromptArgument> arguments, Wording wording) {}

  static List<McpSchema.Prompt> list() {
    return QUESTIONS.stream()
        .map(
            prompt ->
                McpSchema.Prompt.builder(prompt.name())
                    .title(prompt.title())
                    .description(prompt.title())
                    .arguments(prompt.arguments())
                    .build())
        .toList();
  }

  /** The text of a prompt; unknown names and missing or odd arguments are refused. */
  McpSchema.GetPromptResult get(String name, Params params) {
    Question prompt =
        QUESTIONS.stream()
            .filter(candidate -> candidate.name().equals(name))
            .findAny()
            .orElseThrow(() -> Params.invalid("Unknown prompt: " + name));
    return McpSchema.GetPromptResult.builder(
            List.of(
                McpSchema.PromptMessage.builder(
                        McpSchema.Role.USER,
                        McpSchema.TextContent.builder(text(prompt, params.members())).build())
                    .build()))
        .description(prompt.title())
        .build();
  }

  private String text(Question prompt, Map<?, ?> given) {
    for (McpSchema.PromptArgument argument : prompt.arguments()) {
      Object value = given.get(argument.name());
      boolean missing = value == null && Boolean.TRUE.equals(argument.required());
      boolean odd = value != null && !(value instanceof String text && text.length() <= LONGEST);
      if (missing || odd) {
        throw Params.invalid("The argument " + argument.name() + " must be a short text.");
      }
    }
    UnaryOperator<@Nullable String> texts =
        argument -> given.get(argument) instanceof String text ? text : null;
    return prompt.name().equals(MEND)
        ? mending(orElse(texts, "problem", "").replace("\"", ""))
        : prompt.wording().of(texts);
  }

  /** The calls that mend a problem, spelt out; the gate decides on each as ever. */
  private String mending(String id) {
    Problem problem =
        core.problems()
            .find(id)
            .orElseThrow(() -> Params.invalid("There is no such problem; read jarvis://problems."));
    String uri = StateResources.PROBLEMS + "/" + problem.id();
    String what = "The problem " + problem.id() + " (" + problem.kind().title() + ")";
    if (!problem.isOpen()) {
      return what + " has ended. Read " + uri + " and say how. Change nothing.";
    }
    if (problem.remedies().isEmpty()) {
      return what
          + " has no remedy that Jarvis could carry out. Read "
          + uri
          + ", say why, and what a person can do. Change nothing.";
    }
    return "Mend the problem "
        + problem.id()
        + " ("
        + problem.kind().title()
        + "). Read "
        + uri
        + " first, and stop where its evidence does not hold any more. These are its remedies, the"
        + " best first, each as the tool calls that it is, in this order:"
        + ProblemText.calls(problem.remedies())
        + "\nMake the calls of one remedy, one at a time, and go on only where the one before"
        + " succeeded. A call may wait for a person to consent in the page: say so, and poll. Then"
        + " read the problem again, and say whether it has ended.";
  }

  private static String orElse(
      UnaryOperator<@Nullable String> given, String argument, String otherwise) {
    String value = given.apply(argument);
    // Quoted, so that it reads as a name and not as part of the request.
    return value == null || value.isBlank() ? otherwise : "\"" + value.replace('"', '\'') + "\"";
  }

  private static McpSchema.PromptArgument argument(
      String name, String description, boolean required) {
    return McpSchema.PromptArgument.builder(name)
        .description(description)
        .required(required)
        .build();
  }
}

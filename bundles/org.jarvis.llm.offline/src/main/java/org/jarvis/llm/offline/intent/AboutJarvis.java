package org.jarvis.llm.offline.intent;

import java.util.List;
import java.util.stream.Collectors;

/** Jarvis itself: what it can do, which model answers, and how to have another one. */
final class AboutJarvis implements Family {
  private static final String CLAUDE =
      "One step: write `etc/org.jarvis.llm.anthropic-claude.cfg` with `name = claude`, `model ="
          + " <the model's name>` and `api.key = $[env:ANTHROPIC_API_KEY]`, with the key in that"
          + " variable of the environment. It answers from then on, without a restart; what is"
          + " asked then leaves the house. `docs/configuration.md` has all keys.";
  private static final String LOCAL =
      "One step: write `etc/org.jarvis.llm.openai-local.cfg` with `name = local`, `address ="
          + " http://<its address>:11434` and `model = <its name>`. Ollama, llama-server, vLLM and"
          + " LM Studio all do. It answers from then on, without a restart, and nothing leaves the"
          + " house. `docs/configuration.md` has all keys.";

  @Override
  public String title() {
    return "Jarvis itself";
  }

  @Override
  public List<Intent> intents() {
    return List.of(
        Intent.of("help", "what can you do?", "say what I can do", AboutJarvis::help, "help you?"),
        Intent.of(
            "who-are-you",
            "who are you?",
            "say who I am",
            asked ->
                Reply.of(
                    "I am Jarvis, the operator of this house. At the moment the built-in grammar"
                        + " answers: no language model, nothing leaves this machine."),
            "who you",
            "what you"),
        Intent.of(
            "which-model",
            "which model answers?",
            "say which model answers",
            asked ->
                Reply.of(
                    "None: this was answered by the built-in grammar, which costs nothing and needs"
                        + " no network. Ask *how do I add Claude?* or *how do I add a local"
                        + " model?*"),
            "model answered?|you?|add?",
            "who answered"),
        Intent.of(
            "add-claude",
            "how do I add Claude?",
            "say how to add Claude",
            asked -> Reply.of(CLAUDE),
            "claude add|mayi|how model?",
            "add claude model?",
            "claude"),
        Intent.of(
            "add-local-model",
            "how do I set up a local model?",
            "say how to add a model of your own",
            asked -> Reply.of(LOCAL),
            "local-model add?|mayi? model?",
            "add|mayi model add?"),
        Intent.of(
            "tools",
            "which tools do you have?",
            "list the tools that can be asked for",
            AboutJarvis::tools,
            "tool you?"),
        Intent.of(
            "undo",
            "how do I undo that?",
            "say how something is undone",
            AboutJarvis::undo,
            "undo mayi? done? action?"));
  }

  private static Reply help(Asked asked) {
    String families =
        Grammar.families().stream()
            .filter(family -> !(family instanceof Courtesies))
            .map(
                family ->
                    "- **"
                        + family.title()
                        + "**: "
                        + family.intents().stream()
                            .limit(3)
                            .map(intent -> "*" + intent.example() + "*")
                            .collect(Collectors.joining(", ")))
            .collect(Collectors.joining("\n"));
    return Reply.of(
        "Without a model I understand plain questions and orders, such as these:\n\n"
            + families
            + "\n\nWhat disrupts waits for your consent.");
  }

  private static Reply tools(Asked asked) {
    if (asked.tools().isEmpty()) {
      return Reply.of("No tool can be asked for at the moment.");
    }
    return Reply.of(
        asked.tools().size()
            + " tools can be asked for: "
            + asked.tools().stream()
                .sorted()
                .map(tool -> "`" + tool + "`")
                .collect(Collectors.joining(", "))
            + ".");
  }

  private static Reply undo(Asked asked) {
    return Reply.from(
        asked.house().sources().actions(),
        "The list of actions",
        gate ->
            gate.recent(ActionTalk.RECENT).stream()
                .filter(action -> action.undo() != null && action.undo().doneBy() == null)
                .findFirst()
                .map(
                    action ->
                        Reply.of(
                            "I do not undo by word of mouth. Open the action *"
                                + ActionTalk.what(action)
                                + "* in the list of actions and choose Undo."))
                .orElse(
                    Reply.of(
                        "No recent action can be undone. Those that can have an Undo in the list of"
                            + " actions.")));
  }
}

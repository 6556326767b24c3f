package org.jarvis.llm.offline.intent;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.safety.Guardrails;
import org.jarvis.api.safety.ProtectionLedger;
import org.jarvis.llm.offline.house.Inert;

/** What Jarvis may not do. */
final class Safeguards implements Family {
  @Override
  public String title() {
    return "Safeguards";
  }

  @Override
  public List<Intent> intents() {
    return List.of(
        Intent.of(
            "guardrails",
            "are you halted?",
            "say whether I am halted, and how far I may go",
            Safeguards::guardrails,
            "halted you?",
            "guardrail you? running? status? halted?",
            "stop you? halted"),
        Intent.of(
            "is-protected",
            "is media protected?",
            "say whether something is protected, and why",
            asked -> asked.about(Asked.Kind.THING, thing -> isProtected(asked, thing)),
            "protected <thing> why? status?"),
        Intent.of(
            "own-place",
            "where do you run?",
            "say where I run, and leave that be",
            Safeguards::ownPlace,
            "own-place where? node? guest?",
            "where you running"),
        Intent.of(
            "protected",
            "what is protected?",
            "list what is protected",
            Safeguards::all,
            "protected guest|vm|ct|node? things? list?"));
  }

  private static Reply guardrails(Asked asked) {
    return Reply.from(
        asked.house().sources().guardrails(),
        "The guardrails",
        settings -> {
          Guardrails now = settings.current();
          return Reply.of(
              (now.halted()
                      ? "The kill switch is on: nothing starts that a person has not directly asked"
                          + " for."
                      : "The kill switch is off.")
                  + " Autonomy is "
                  + now.autonomy().word()
                  + ". A person changes either on the page.");
        });
  }

  private static Reply isProtected(Asked asked, Resource thing) {
    return Reply.from(
        asked.house().sources().protection(),
        "What is protected",
        protection ->
            Reply.about(thing, asked.house().label(thing) + reason(protection.protection(thing))));
  }

  private static String reason(Optional<String> why) {
    return why.map(reason -> " is protected: " + Inert.line(reason)).orElse(" is not protected.");
  }

  /** An order about what Jarvis runs in or on is none that it would pass on. */
  static Reply ownPlaceStays(Asked asked) {
    return Reply.of(
        "What I run in, and the node below it, I never stop, reboot or move, whoever asks; nothing"
            + " was done. "
            + ownPlace(asked).text());
  }

  private static Reply ownPlace(Asked asked) {
    return Reply.from(
        asked.house().sources().place(),
        "Where I run",
        place ->
            Reply.of(
                asked.house().clusters().stream()
                    .map(cluster -> cluster.cluster())
                    .map(
                        cluster ->
                            "Cluster "
                                + Inert.name(cluster.id().value())
                                + ": "
                                + Inert.line(place.standing(cluster.id()).reason()))
                    .collect(Collectors.joining("\n"))));
  }

  private static Reply all(Asked asked) {
    return Reply.from(
        asked.house().sources().ledger(),
        "What is protected",
        ledger -> {
          List<ProtectionLedger.Item> items = ledger.items();
          return items.isEmpty()
              ? Reply.of("Nothing is protected.")
              : Reply.list(
                  "Protected:",
                  items.stream()
                      .map(
                          item ->
                              new Reply.Row(
                                  item.ref() == null ? "" : item.ref().toString(),
                                  Inert.name(item.name()) + ": " + Inert.line(item.reason())))
                      .toList());
        });
  }
}

package org.jarvis.llm.offline.intent;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jarvis.api.problem.Evidence;
import org.jarvis.api.problem.Problem;
import org.jarvis.api.problem.Problems;
import org.jarvis.api.problem.Remedy;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.Resource;
import org.jarvis.llm.offline.house.Figures;
import org.jarvis.llm.offline.house.House;
import org.jarvis.llm.offline.house.Inert;

/** What is wrong, why, and what mends it. */
final class ProblemTalk implements Family {
  private static final int RESOLVED = 10;
  private static final int MOST_EVIDENCE = 6;

  @Override
  public String title() {
    return "Problems";
  }

  @Override
  public List<Intent> intents() {
    return List.of(
        Intent.of(
            "problems",
            "what is wrong?",
            "list the open problems",
            ProblemTalk::open,
            "problem cluster? red? you? <thing>? waiting?",
            "what|list red",
            "red guest|node|storage|machine?"),
        Intent.of(
            "why",
            "why is media slow?",
            "say why something is as it is, with the evidence",
            ProblemTalk::why,
            "why <thing> slow|red|stopped|paused|load|problem|failed|crashed|begun|stop|full|old?",
            "why <thing> cpu|memory|disk|most? temperature? status?",
            "<thing> slow|red",
            "<thing> problem",
            "why <thing>"),
        Intent.of(
            "problem-details",
            "tell me about the first one",
            "tell a problem of a list with its evidence",
            ProblemTalk::details,
            "<problem> why? red? slow? problem? happen?"),
        Intent.of(
            "remedies",
            "what can be done about it?",
            "say what mends a problem",
            ProblemTalk::remedies,
            "remedy problem? <thing>?",
            "mayi fix <thing>? problem?"),
        Intent.of(
            "resolved",
            "which problems were solved lately?",
            "list the problems that ended lately",
            asked ->
                Reply.from(
                    asked.house().sources().problems(),
                    "The list of problems",
                    problems -> resolved(asked, problems)),
            "problem lately begun|fix|done|remedy?"));
  }

  private static Reply open(Asked asked) {
    return Reply.from(
        asked.house().sources().problems(),
        "The list of problems",
        problems -> {
          List<Resource> meant =
              asked.mentions().isEmpty() ? List.of() : asked.meant(Asked.Kind.THING);
          List<Problem> open =
              meant.size() == 1 ? problems.of(meant.get(0).ref()) : problems.open();
          if (!open.isEmpty()) {
            return list(Figures.count(open.size(), "problem") + " open:", open);
          }
          List<Resource> seen =
              asked.house().clusters().stream().map(one -> (Resource) one.cluster()).toList();
          return seen.isEmpty()
              ? Reply.of("No problem is open. " + Overview.missing(asked.house()))
              : Reply.of("No problem is open." + asked.house().stale(seen));
        });
  }

  /** The problems, numbered. */
  static Reply list(String heading, List<Problem> problems) {
    return Reply.list(
        heading,
        problems.stream()
            .map(
                problem ->
                    new Reply.Row(
                        Reply.PROBLEM + problem.id(),
                        "**" + problem.severity().word() + "** " + Inert.line(problem.summary())))
            .toList());
  }

  private static Reply why(Asked asked) {
    return asked.about(Asked.Kind.THING, resource -> why(asked, resource));
  }

  private static Reply why(Asked asked, Resource resource) {
    House house = asked.house();
    Problems problems = house.sources().problems();
    List<Problem> open = problems == null ? List.of() : problems.of(resource.ref());
    if (!open.isEmpty()) {
      return Reply.about(open.get(0), told(house, open.get(0)) + figures(house, resource));
    }
    String known =
        problems == null
            ? "Problems cannot be read at the moment."
            : "No problem is open for " + house.label(resource) + ".";
    String past = History.lastOf(house, resource);
    return Reply.about(resource, known + past + figures(house, resource));
  }

  private static Reply details(Asked asked) {
    return Reply.from(
        asked.house().sources().problems(),
        "The list of problems",
        problems ->
            asked
                .problem()
                .flatMap(problems::find)
                .map(problem -> Reply.about(problem, told(asked.house(), problem)))
                .orElse(Reply.of("That problem is no longer known.")));
  }

  /** A problem with its evidence. */
  static String told(House house, Problem problem) {
    String evidence =
        problem.evidence().stream()
            .limit(MOST_EVIDENCE)
            .map(one -> "\n- " + said(house, one))
            .collect(Collectors.joining());
    return Inert.line(problem.summary())
        + " Since "
        + Figures.ago(problem.since(), house.now())
        + "."
        + evidence
        + remedies(problem);
  }

  private static String said(House house, Evidence evidence) {
    return Inert.line(evidence.label())
        + ": "
        + Inert.line(evidence.value())
        + (evidence.at() == null ? "" : ", " + Figures.ago(evidence.at(), house.now()));
  }

  private static String figures(House house, Resource resource) {
    if (resource instanceof Guest guest) {
      return "\n\nAt the moment: " + GuestFacts.load(guest) + "." + house.stale(List.of(guest));
    }
    if (resource instanceof Node node) {
      return "\n\nAt the moment: " + NodeFacts.load(house, node) + "." + house.stale(List.of(node));
    }
    return "";
  }

  private static Reply remedies(Asked asked) {
    return Reply.from(
        asked.house().sources().problems(),
        "The list of problems",
        problems -> {
          List<Problem> meant = meant(asked, problems);
          if (meant.isEmpty()) {
            return Reply.of("No problem is open, so there is nothing to mend.");
          }
          return meant.size() == 1
              ? Reply.about(
                  meant.get(0), Inert.line(meant.get(0).summary()) + remedies(meant.get(0)))
              : list("Which problem do you mean?", meant).asking();
        });
  }

  /** The problems that may be meant: of what is named, of what was spoken of, or all. */
  static List<Problem> meant(Asked asked, Problems problems) {
    List<Problem> chosen =
        asked.problem().flatMap(problems::find).stream().filter(Problem::isOpen).toList();
    if (!chosen.isEmpty()) {
      return chosen;
    }
    List<Resource> things = asked.meant(Asked.Kind.THING);
    if (!things.isEmpty()) {
      return things.stream().flatMap(one -> problems.of(one.ref()).stream()).distinct().toList();
    }
    List<Problem> spokenOf = new ArrayList<>();
    for (String item : asked.memory().items()) {
      if (item.startsWith(Reply.PROBLEM)) {
        problems
            .find(item.substring(Reply.PROBLEM.length()))
            .filter(Problem::isOpen)
            .ifPresent(spokenOf::add);
      }
    }
    return spokenOf.isEmpty() ? problems.open() : spokenOf;
  }

  private static String remedies(Problem problem) {
    if (problem.remedies().isEmpty()) {
      String why =
          problem.withoutRemedy() == null ? problem.kind().noRemedy() : problem.withoutRemedy();
      return "\n\nNothing I can do mends it." + (why == null ? "" : " " + Inert.line(why));
    }
    return "\n\nWhat mends it:"
        + problem.remedies().stream()
            .map(ProblemTalk::said)
            .collect(Collectors.joining("\n- ", "\n- ", "\n\nSay *fix it* to have it done."));
  }

  private static String said(Remedy remedy) {
    return "**" + Inert.line(remedy.title()) + "**: " + Inert.line(remedy.explanation());
  }

  private static Reply resolved(Asked asked, Problems problems) {
    List<Problem> ended = problems.resolved(RESOLVED);
    return ended.isEmpty()
        ? Reply.of("No problem ended lately.")
        : Reply.list(
            "These ended lately:",
            ended.stream()
                .map(
                    problem ->
                        new Reply.Row(
                            Reply.PROBLEM + problem.id(),
                            Inert.line(problem.summary())
                                + " Ended "
                                + Figures.ago(problem.resolvedAt(), asked.house().now())
                                + "."))
                .toList());
  }
}

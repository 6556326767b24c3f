package org.jarvis.safety.command;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jarvis.api.command.Affected;
import org.jarvis.api.command.CommandAnalysis;
import org.jarvis.api.command.CommandText;
import org.jarvis.api.safety.Tier;
import org.jarvis.safety.command.grammar.Meaning;
import org.jarvis.safety.command.line.Call;
import org.jarvis.safety.command.line.CanonicalLine;
import org.jarvis.safety.command.line.CommandReader;
import org.jarvis.safety.command.line.Reading;
import org.jarvis.safety.command.line.Rendered;
import org.jarvis.safety.command.line.Shown;
import org.jarvis.safety.command.line.Word;
import org.jspecify.annotations.Nullable;

/** Judges whole commands: each of their programs, and then all of them by the strictest. */
final class LineJudge {
  private final CallJudge calls;
  private final Destinations destinations;

  LineJudge(RuleBook book, Destinations destinations) {
    this.calls = new CallJudge(book);
    this.destinations = destinations;
  }

  Judgement judge(String host, boolean sudo, CommandText command) {
    Reading reading = CommandReader.read(command);
    if (reading instanceof Reading.Refused refused) {
      return new Judgement(unread(refused.reason(), refused.instead()), List.of());
    }
    List<Call> read = ((Reading.Understood) reading).calls();
    Surroundings where = Surroundings.of(host);
    List<Verdict> verdicts = new ArrayList<>(read.size());
    for (Call call : read) {
      verdicts.add(calls.judge(call.words().stream().map(Word::text).toList(), where));
    }
    return sum(read, verdicts, sudo);
  }

  private static CommandAnalysis unread(String reason, String instead) {
    return new CommandAnalysis(
        false,
        Tier.BLACK,
        Meaning.BLACK.effect(),
        Meaning.BLACK.consent(),
        false,
        "",
        List.of(),
        List.of(),
        List.of(reason),
        instead);
  }

  private Judgement sum(List<Call> read, List<Verdict> verdicts, boolean sudo) {
    Meaning meaning = Meaning.GREEN;
    Set<Affected> affected = new LinkedHashSet<>();
    Set<String> mentions = new LinkedHashSet<>();
    Set<String> strangers = new LinkedHashSet<>();
    for (Verdict verdict : verdicts) {
      meaning = meaning.atLeast(verdict.meaning());
      affected.addAll(verdict.affected());
      mentions.addAll(verdict.mentions());
      verdict.contacts().stream()
          .filter(contact -> !destinations.isKnown(contact))
          .forEach(strangers::add);
    }
    if (verdicts.stream().anyMatch(verdict -> verdict.form() == null)) {
      // What is not understood may do anything with whatever the others hand to it.
      read.stream()
          .flatMap(call -> call.words().stream().skip(1))
          .forEach(word -> mentions.add(word.text()));
    }
    Verdict strictest = strictest(verdicts, meaning);
    boolean green = meaning.tier() == Tier.GREEN;
    boolean never = meaning.tier() == Tier.BLACK;
    CommandAnalysis analysis =
        new CommandAnalysis(
            true,
            meaning.tier(),
            meaning.effect(),
            meaning.consent(),
            green && strangers.isEmpty(),
            never ? "" : canonical(read, verdicts, sudo),
            verdicts.stream().map(Verdict::vector).toList(),
            List.copyOf(affected),
            reasons(verdicts, meaning, strangers),
            instead(strictest, green, !strangers.isEmpty()));
    return new Judgement(analysis, List.copyOf(mentions));
  }

  private static Verdict strictest(List<Verdict> verdicts, Meaning meaning) {
    return verdicts.stream()
        .filter(verdict -> verdict.meaning().tier() == meaning.tier())
        .findFirst()
        .orElseThrow();
  }

  private static String canonical(List<Call> read, List<Verdict> verdicts, boolean sudo) {
    List<Rendered> rendered = new ArrayList<>(read.size());
    for (int i = 0; i < read.size(); i++) {
      Call call = read.get(i);
      Verdict verdict = verdicts.get(i);
      rendered.add(
          new Rendered(call.join(), verdict.vector(), sudo && verdict.root(), call.redirections()));
    }
    return CanonicalLine.of(rendered);
  }

  /** Of a command that only looks, each program's; of any other, those of what makes it so. */
  private static List<String> reasons(
      List<Verdict> verdicts, Meaning meaning, Set<String> strangers) {
    Set<String> reasons = new LinkedHashSet<>();
    for (Verdict verdict : verdicts) {
      boolean counts = meaning.tier() == Tier.GREEN || verdict.meaning().tier() != Tier.GREEN;
      if (counts) {
        reasons.add(verdict.reason());
      }
      if (verdict.form() == null && verdict.meaning().tier() == Tier.RED) {
        reasons.add("What would run: " + shown(verdict.vector()));
      }
    }
    for (String stranger : strangers) {
      reasons.add(
          "It contacts "
              + Shown.word(stranger)
              + ", which is neither a node, nor a private address, nor a configured name, so a"
              + " model or an MCP client needs a person for it.");
    }
    return List.copyOf(reasons);
  }

  private static String shown(List<String> vector) {
    return vector.stream().map(Shown::exactly).collect(Collectors.joining(", ", "[", "]"));
  }

  private static @Nullable String instead(Verdict strictest, boolean green, boolean stranger) {
    if (!green) {
      return strictest.instead();
    }
    return stranger
        ? "Name a node or a private address, or add the name to command.destinations in"
            + " etc/org.jarvis.safety.cfg."
        : null;
  }
}

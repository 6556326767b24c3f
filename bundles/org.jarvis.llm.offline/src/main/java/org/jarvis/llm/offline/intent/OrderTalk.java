package org.jarvis.llm.offline.intent;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jarvis.api.action.PlanRequest;
import org.jarvis.api.problem.Problem;
import org.jarvis.api.problem.Problems;
import org.jarvis.api.problem.Remedy;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.Storage;
import org.jarvis.api.safety.ProtectedResources;
import org.jarvis.api.tool.Arguments;
import org.jarvis.llm.offline.house.House;
import org.jarvis.llm.offline.house.Inert;
import org.jarvis.llm.offline.house.Mention;
import org.jspecify.annotations.Nullable;

/** Answers orders: by a wish for one tool on one target, or by a question back. */
final class OrderTalk {
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private OrderTalk() {}

  static Understood given(Asked asked, Verb verb) {
    if (asked.has("all", "things")) {
      return new Understood(
          "several",
          Reply.of(
              "I act on exactly one thing at a time. Nothing was done; name the one you mean."));
    }
    if (verb == Verb.FIX) {
      return new Understood("fix", fix(asked));
    }
    Optional<String> service = Services.named(asked);
    if (verb == Verb.RESTART && (service.isPresent() || asked.has("service"))) {
      return new Understood("restart-service", restart(asked, service.orElse(null)));
    }
    List<Mention> targets = targets(asked, verb);
    if (asked.chosen() == null && targets.size() > 1) {
      return new Understood(
          "several",
          asked.which(Orders.named(asked)).and("\n\nOne at a time; nothing was done yet."));
    }
    return target(asked, verb, targets);
  }

  /** What an order is about: not where to, nor onto what. */
  private static List<Mention> targets(Asked asked, Verb verb) {
    return asked.mentions().stream()
        .filter(mention -> verb != Verb.MIGRATE || Asked.fits(mention, Asked.Kind.GUEST))
        .filter(mention -> verb != Verb.BACKUP || !Asked.fits(mention, Asked.Kind.STORAGE))
        .toList();
  }

  private static Understood target(Asked asked, Verb verb, List<Mention> targets) {
    List<Resource> meant =
        asked.chosen() != null
            ? List.of(asked.chosen())
            : targets.isEmpty()
                ? asked.spokenOf().map(List::of).orElse(List.of())
                : targets.get(0).meant();
    String plain = verb.name().toLowerCase(Locale.ROOT);
    if (meant.isEmpty()) {
      return new Understood(
          plain, Reply.of("What am I to " + verb.words() + "? Name it, or say its number."));
    }
    List<Resource> able =
        meant.stream().filter(resource -> verb.tool(resource).isPresent()).toList();
    if (able.isEmpty()) {
      return new Understood(
          plain,
          Reply.about(
              meant.get(0),
              "I cannot " + verb.words() + " " + asked.house().label(meant.get(0)) + "."));
    }
    if (able.size() > 1) {
      return new Understood(plain, asked.which(able));
    }
    return new Understood(id(verb, able.get(0)), certain(asked, verb, targets, able.get(0)));
  }

  private static String id(Verb verb, Resource target) {
    boolean node = target instanceof Node;
    return switch (verb) {
      case START, WAKE -> node ? "wake-node" : "start";
      case STOP -> node ? "shut-down-node" : "stop";
      case KILL -> "hard-stop";
      case RESTART -> node ? "reboot-node" : "restart";
      case SUSPEND, RESUME, MIGRATE, SNAPSHOT, BACKUP, FIX -> verb.name().toLowerCase(Locale.ROOT);
    };
  }

  /**
   * Only what the person named letter by letter, or what the answer before showed them, is acted
   * upon; anything else is asked back.
   */
  private static Reply certain(Asked asked, Verb verb, List<Mention> targets, Resource target) {
    String label = asked.house().label(target);
    boolean shown = asked.memory().shown().contains(label);
    boolean named = asked.chosen() == null && !targets.isEmpty();
    boolean certain = named ? targets.get(0).exact() : shown;
    return certain
        ? wish(asked, verb, target, label)
        : Reply.about(target, "Do you mean " + label + "?").asking();
  }

  private static Reply wish(Asked asked, Verb verb, Resource target, String label) {
    Map<String, @Nullable Object> values = address(target);
    if (verb == Verb.KILL) {
      values.put("hard", true);
    } else if (verb == Verb.SNAPSHOT) {
      values.put("snapshot", "jarvis-" + MOMENT.format(asked.house().now()));
    } else if (verb == Verb.MIGRATE) {
      Optional<Node> to = destination(asked);
      if (to.isEmpty()) {
        return Reply.about(
            target, "To which node? Say, for instance, *migrate " + label + " to pve2*.");
      }
      values.put("target", to.get().node().value());
    } else if (verb == Verb.BACKUP) {
      List<String> storages = storages(asked, (Guest) target);
      if (storages.size() != 1) {
        return Reply.about(target, onto(storages, label));
      }
      values.put("storage", storages.get(0));
    }
    return ask(
        asked,
        target,
        "Asking to " + verb.words() + " " + label + ".",
        verb.tool(target).orElseThrow(),
        new Arguments(values));
  }

  private static Reply ask(
      Asked asked, @Nullable Resource target, String text, String tool, Arguments arguments) {
    return asked.tools().contains(tool)
        ? Reply.wishing(target, text, new Wish(tool, arguments))
        : Reply.of("The tool `" + tool + "` is not offered at the moment, so I cannot do that.");
  }

  private static Map<String, @Nullable Object> address(Resource target) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("cluster", target.ref().cluster().value());
    if (target instanceof Guest guest) {
      values.put("node", guest.node().value());
      values.put("vmid", guest.id().value());
    } else {
      values.put("node", target.name());
    }
    return values;
  }

  /** The node after the word to, or the only one that is named; letter by letter. */
  private static Optional<Node> destination(Asked asked) {
    List<Mention> nodes =
        asked.mentions().stream()
            .filter(mention -> mention.exact() && Asked.fits(mention, Asked.Kind.NODE))
            .toList();
    return nodes.stream()
        .filter(
            mention ->
                nodes.size() == 1
                    || saysTo(asked, mention.at() - 1)
                    || saysTo(asked, mention.at() - 2))
        .map(
            mention ->
                (Node)
                    mention.meant().stream()
                        .filter(Node.class::isInstance)
                        .findFirst()
                        .orElseThrow())
        .findFirst();
  }

  private static boolean saysTo(Asked asked, int at) {
    return at >= 0
        && Set.of("to", "onto", "over to").contains(asked.sentence().words().get(at).text());
  }

  private static List<String> storages(Asked asked, Guest guest) {
    List<String> named =
        asked.mentions().stream()
            .filter(Mention::exact)
            .flatMap(mention -> mention.meant().stream())
            .filter(Storage.class::isInstance)
            .map(Resource::name)
            .distinct()
            .toList();
    return named.isEmpty()
        ? asked.house().clusters().stream()
            .flatMap(snapshot -> snapshot.storages().values().stream())
            .filter(storage -> storage.cluster().equals(guest.cluster()))
            .filter(storage -> storage.node().equals(guest.node()))
            .filter(storage -> storage.content().contains("backup"))
            .map(Storage::name)
            .sorted()
            .toList()
        : named;
  }

  private static String onto(List<String> storages, String label) {
    return storages.isEmpty()
        ? "No storage on its node takes backups, so " + label + " cannot be backed up."
        : "Onto which storage: "
            + String.join(", ", storages.stream().map(Inert::name).toList())
            + "? Say, for instance, *back up "
            + label
            + " to "
            + Inert.name(storages.get(0))
            + "*.";
  }

  private static Reply restart(Asked asked, @Nullable String service) {
    if (service == null) {
      return Reply.of(
          "Which service? Name it as systemd does, such as *restart pveproxy on pve1*.");
    }
    List<Mention> nodes = asked.mentions();
    boolean one =
        nodes.size() == 1 && nodes.get(0).exact() && asked.meant(Asked.Kind.NODE).size() == 1;
    if (!one) {
      return Reply.of(
          "On which node? Name exactly one, such as *restart " + service + " on pve1*.");
    }
    Resource node = asked.meant(Asked.Kind.NODE).get(0);
    Map<String, @Nullable Object> values = address(node);
    values.put("service", service);
    return ask(
        asked,
        node,
        "Asking to restart " + service + " on " + asked.house().label(node) + ".",
        "restart_service",
        new Arguments(values));
  }

  private static Reply fix(Asked asked) {
    if (!asked.mentions().stream().allMatch(Mention::exact)) {
      return asked.which(Orders.named(asked));
    }
    return Reply.from(
        asked.house().sources().problems(), "The list of problems", found -> fix(asked, found));
  }

  private static Reply fix(Asked asked, Problems problems) {
    List<Problem> meant = ProblemTalk.meant(asked, problems);
    if (meant.isEmpty()) {
      return Reply.of("No such problem is open, so there is nothing to mend.");
    }
    if (meant.size() > 1) {
      return ProblemTalk.list("Which problem do you mean?", meant).asking();
    }
    Problem problem = meant.get(0);
    if (problem.remedies().isEmpty()) {
      return Reply.about(problem, ProblemTalk.told(asked.house(), problem));
    }
    Remedy remedy = problem.remedies().get(0);
    if (remedy.isPlan()) {
      return Reply.about(
          problem,
          Inert.line(problem.summary())
              + " Its remedy, *"
              + Inert.line(remedy.title())
              + "*, is a plan of several steps: begin it at the problem on the page.");
    }
    PlanRequest.Step step = remedy.steps().get(0);
    Resource subject =
        Optional.ofNullable(problem.subject()).flatMap(asked.house()::find).orElse(null);
    return ask(
        asked,
        subject,
        Inert.line(problem.summary())
            + " Asking for its remedy: "
            + Inert.line(remedy.title())
            + (subject == null ? "." : ", " + asked.house().label(subject) + "."),
        step.tool(),
        step.arguments());
  }

  /** What an order would mean; nothing is done. */
  static Reply supposed(Asked asked, Verb verb) {
    String nothing = "Nothing was done. ";
    List<Resource> meant = asked.meant(Asked.Kind.THING);
    if (meant.size() != 1) {
      return Reply.of(nothing + "Say it as an order, with its one target, to have it done.");
    }
    House house = asked.house();
    Resource thing = meant.get(0);
    ProtectedResources protection = house.sources().protection();
    String guarded =
        protection == null
            ? ""
            : protection
                .protection(thing)
                .map(why -> " It is protected: " + Inert.line(why))
                .orElse("");
    return Reply.about(
        thing,
        nothing
            + house.label(thing)
            + " is "
            + thing.statusWord()
            + "."
            + house.stale(List.of(thing))
            + guarded
            + (verb.tool(thing).isPresent()
                ? " To have it done, say *"
                    + verb.words()
                    + " "
                    + house.label(thing)
                    + "*; the gate decides, and asks you where it disrupts."
                : ""));
  }
}

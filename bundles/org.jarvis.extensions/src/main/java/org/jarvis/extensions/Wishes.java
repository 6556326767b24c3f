package org.jarvis.extensions;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jarvis.api.text.InertText;

/** Says in plain sentences what a bundle asks for, by its manifest and its components. */
final class Wishes {
  private static final int MOST = 40;
  private static final int LONGEST = 300;
  private static final int NAMED = 12;
  private static final String API = "org.jarvis.api.";

  /** Said of every extension, so that nobody takes what follows for limits. */
  private static final String AUTHORITY =
      "It runs with all the rights that Jarvis itself has on this machine; what follows is what it"
          + " says it needs, not a limit.";

  /** The extension points, each with a page under docs/extending; others are reserved. */
  static final Map<String, String> OFFERS =
      Map.of(
          API + "health.HealthContributor", "It adds a line of its own to the health of Jarvis.",
          API + "llm.ModelProvider",
              "It adds a language model, which is told what is talked about.",
          API + "panel.Panel", "It shows a panel of its own on the page.",
          API + "problem.ProblemDetector", "It finds problems, and offers what mends them.",
          API + "tool.Tool", "It adds a tool, which can act on what Jarvis shows.",
          API + "safety.SafetyPolicy", "It adds a safety policy, which can refuse actions.");

  private static final Map<String, String> USES =
      Map.of(
          API + "action.ActionGate", "It uses the gate: it can ask for actions.",
          API + "resource.LiveState", "It reads what is known of all clusters.",
          API + "connector.ClusterRegistry", "It connects clusters to Jarvis.",
          API + "host.HostRegistry", "It connects hosts to Jarvis.",
          API + "event.EventStream", "It reads all events, and can record events.",
          API + "auth.Authenticator", "It uses the login of Jarvis.",
          API + "auth.Accounts", "It uses the accounts of Jarvis.");

  private final Set<String> sentences = new LinkedHashSet<>();

  private Wishes() {
    sentences.add(AUTHORITY);
  }

  /** The wishes of a bundle. */
  static List<String> of(
      ManifestText manifest, Collection<ComponentDescription> components, boolean nativeCode) {
    Wishes wishes = new Wishes();
    components.forEach(
        component ->
            component
                .offered()
                .forEach(service -> wishes.say(OFFERS.getOrDefault(service, otherOffer(service)))));
    components.forEach(
        component ->
            component
                .used()
                .forEach(
                    service ->
                        wishes.say(
                            USES.getOrDefault(service, "It uses the service " + service + "."))));
    wishes.readManifest(manifest);
    if (nativeCode || manifest.header("Bundle-NativeCode") != null) {
      wishes.say("It brings native code, which can do whatever the account of Jarvis can.");
    }
    return wishes.sentences.stream()
        .limit(MOST)
        .map(sentence -> InertText.line(sentence, LONGEST))
        .toList();
  }

  private static String otherOffer(String service) {
    return ReservedServices.isReserved(service)
        ? "It offers the service " + service + ", for which only Jarvis's own parts are asked."
        : "It offers the service " + service + ".";
  }

  private void readManifest(ManifestText manifest) {
    String activator = manifest.header("Bundle-Activator");
    if (activator != null) {
      say("It runs " + activator + " as soon as it starts.");
    }
    List<Clause> imports = Clause.parse(manifest.text("Import-Package"));
    Set<String> ofJarvis = new TreeSet<>();
    Set<String> ofFramework = new TreeSet<>();
    Set<String> others = new TreeSet<>();
    for (Clause clause : imports) {
      for (String name : clause.names()) {
        if (name.startsWith("java.")) {
          continue; // Every Java program has these.
        }
        Set<String> group =
            name.startsWith(API)
                ? ofJarvis
                : name.startsWith("org.osgi.framework") ? ofFramework : others;
        group.add(clause.optional() ? name + " (if there is one)" : name);
      }
    }
    sayList("It uses of Jarvis's API: ", ofJarvis);
    sayList("It uses the framework, with which it can see and change other bundles: ", ofFramework);
    sayList("It uses packages of other bundles: ", others);
    sayList("It needs the bundle: ", names(manifest, "Require-Bundle"));
    sayList(
        "It may later load packages of other bundles: ", names(manifest, "DynamicImport-Package"));
    sayList("It offers packages to other extensions: ", names(manifest, "Export-Package"));
    for (Clause clause : Clause.parse(manifest.text("Require-Capability"))) {
      require(clause);
    }
    for (Clause clause : Clause.parse(manifest.text("Provide-Capability"))) {
      if (!clause.names().contains("osgi.service")) {
        sayList("It offers the capability: ", new TreeSet<>(clause.names()));
      }
    }
  }

  private void require(Clause clause) {
    String filter = clause.parameters().getOrDefault("filter:", "");
    if (clause.names().contains("osgi.ee") || clause.names().contains("osgi.service")) {
      return; // Java, which is there, and services, which the components say better.
    }
    if (filter.contains("osgi.component")) {
      say("It needs Declarative Services, which Jarvis has.");
    } else {
      say(
          "It needs the capability "
              + String.join(", ", clause.names())
              + (filter.isEmpty() ? "." : " with " + filter + "."));
    }
  }

  private static Set<String> names(ManifestText manifest, String header) {
    Set<String> names = new TreeSet<>();
    Clause.parse(manifest.text(header)).forEach(clause -> names.addAll(clause.names()));
    return names;
  }

  private void sayList(String what, Set<String> names) {
    if (names.isEmpty()) {
      return;
    }
    List<String> some = new ArrayList<>(names).subList(0, Math.min(NAMED, names.size()));
    int rest = names.size() - some.size();
    say(what + String.join(", ", some) + (rest > 0 ? " and " + rest + " more." : "."));
  }

  private void say(String sentence) {
    sentences.add(sentence);
  }
}

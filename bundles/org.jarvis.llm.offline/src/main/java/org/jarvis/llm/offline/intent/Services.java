package org.jarvis.llm.offline.intent;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.detail.NodeServices;
import org.jarvis.api.safety.ServiceRules;
import org.jarvis.llm.offline.language.Word;

/** The services of nodes, as orders name them. */
final class Services {
  private Services() {}

  /** The service that is named, letter by letter. */
  static Optional<String> named(Asked asked) {
    Set<String> known = new HashSet<>(ServiceRules.minor());
    for (Node node : asked.house().nodes().toList()) {
      asked.house().detail(node.ref(), NodeServices.class).stream()
          .flatMap(services -> services.services().stream())
          .forEach(service -> known.add(service.name()));
    }
    return asked.sentence().words().stream()
        .filter(word -> !word.known())
        .map(Word::text)
        .filter(known::contains)
        .findFirst();
  }
}

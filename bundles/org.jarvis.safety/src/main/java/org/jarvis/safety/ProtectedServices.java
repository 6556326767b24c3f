package org.jarvis.safety;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jarvis.api.resource.NodeName;
import org.jspecify.annotations.Nullable;

/**
 * Which services of nodes the operator's configuration protects.
 *
 * @param entries the entries that could be read
 * @param unreadable the others
 */
record ProtectedServices(Set<Entry> entries, List<String> unreadable) {
  static final String KEY = "protected.services";

  private static final String SUFFIX = ".service";
  private static final Pattern FORM =
      Pattern.compile(
          "(?:(?<node>[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)/)?(?<unit>[a-zA-Z0-9:_.@-]+)");

  /** Keeps them from changing. */
  ProtectedServices {
    entries = Set.copyOf(entries);
    unreadable = List.copyOf(unreadable);
  }

  /**
   * A service.
   *
   * @param node on which node, {@code null} for all
   * @param unit its name, without {@code .service}
   */
  record Entry(@Nullable String node, String unit) {
    @Override
    public String toString() {
      return node == null ? unit : node + "/" + unit;
    }
  }

  static ProtectedServices read(String[] values) {
    Set<Entry> entries = new LinkedHashSet<>();
    List<String> unreadable = new ArrayList<>();
    for (String text : Entries.of(values)) {
      Matcher form = FORM.matcher(text);
      if (form.matches() && !bare(form.group("unit")).isEmpty()) {
        entries.add(new Entry(form.group("node"), bare(form.group("unit"))));
      } else {
        unreadable.add(text);
      }
    }
    return new ProtectedServices(entries, unreadable);
  }

  /** The entry that protects this service of this node. */
  Optional<Entry> entryFor(NodeName node, String service) {
    return entryFor(node.value(), service);
  }

  /** The entry that protects this service of this host; of any host for an empty name. */
  Optional<Entry> entryFor(String host, String service) {
    String unit = bare(service);
    return entriesOf(host).filter(entry -> entry.unit().equals(unit)).findFirst();
  }

  /** The entries that are about this host; all of them for an empty name. */
  Stream<Entry> entriesOf(String host) {
    return entries.stream()
        .filter(entry -> host.isEmpty() || entry.node() == null || entry.node().equals(host));
  }

  private static String bare(String unit) {
    return unit.endsWith(SUFFIX) ? unit.substring(0, unit.length() - SUFFIX.length()) : unit;
  }

  /** Why no service is touched; empty when every entry can be read. */
  Optional<String> ignorance() {
    return unreadable.stream()
        .findFirst()
        .map(
            entry ->
                "'"
                    + entry
                    + "' of "
                    + KEY
                    + " in "
                    + SafetySettings.FILE
                    + " is no service such as docker or pve1/docker. Correct it; until then no"
                    + " service is stopped or restarted.");
  }
}

package org.jarvis.extensions;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.namespace.BundleNamespace;
import org.osgi.framework.namespace.HostNamespace;
import org.osgi.framework.namespace.IdentityNamespace;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;

/**
 * What ties a bundle to others: once as its manifest was shown for consent, once as the framework
 * understood it. Only when both are the same is what runs what was consented to.
 *
 * @param exports the packages that it would offer to others
 * @param rest what else it offers, and what it needs, in words
 */
record Ties(Set<String> exports, Set<String> rest) {
  /**
   * What decides about ties; a backslash in one of these is read differently by different readers.
   */
  static final Set<String> HEADERS =
      Set.of(
          "Bundle-SymbolicName",
          "Bundle-ClassPath",
          "Bundle-NativeCode",
          "Bundle-RequiredExecutionEnvironment",
          "DynamicImport-Package",
          "Export-Package",
          "Import-Package",
          "Provide-Capability",
          "Require-Bundle",
          "Require-Capability",
          "Service-Component");

  /** Java and the machine, which offer nothing of Jarvis or of another bundle. */
  private static final Set<String> SURROUNDINGS = Set.of("osgi.ee", "osgi.native");

  /** What the framework adds to every bundle. */
  private static final Set<String> OF_EVERY_BUNDLE =
      Set.of(
          BundleNamespace.BUNDLE_NAMESPACE,
          HostNamespace.HOST_NAMESPACE,
          IdentityNamespace.IDENTITY_NAMESPACE);

  private static final String UNKNOWN = "something that cannot be told";

  Ties {
    exports = Set.copyOf(exports);
    rest = Set.copyOf(rest);
  }

  /** No ties at all. */
  static Ties none() {
    return new Ties(Set.of(), Set.of());
  }

  /** As the manifest says, in the way in which it is shown. */
  static Ties of(ManifestText manifest) {
    Set<String> exports = new TreeSet<>();
    Clause.parse(manifest.text("Export-Package")).forEach(clause -> exports.addAll(clause.names()));
    Set<String> rest = new TreeSet<>();
    for (Clause clause : Clause.parse(manifest.text("Import-Package"))) {
      clause.names().forEach(name -> addPackage(rest, name, false));
    }
    for (Clause clause : Clause.parse(manifest.text("DynamicImport-Package"))) {
      clause.names().forEach(name -> addPackage(rest, name, true));
    }
    for (Clause clause : Clause.parse(manifest.text("Require-Bundle"))) {
      clause.names().forEach(name -> rest.add(bundle(name)));
    }
    for (Clause clause : Clause.parse(manifest.text("Require-Capability"))) {
      String filter = clause.parameters().getOrDefault("filter:", "");
      clause.names().forEach(name -> addNeed(rest, name, filter));
    }
    for (Clause clause : Clause.parse(manifest.text("Provide-Capability"))) {
      clause.names().forEach(name -> rest.add(offer(name)));
    }
    return new Ties(exports, rest);
  }

  /** As the framework understood it. */
  static Ties of(BundleRevision revision) {
    Set<String> exports = new TreeSet<>();
    Set<String> rest = new TreeSet<>();
    for (BundleCapability capability : revision.getDeclaredCapabilities(null)) {
      String namespace = capability.getNamespace();
      if (namespace.equals(PackageNamespace.PACKAGE_NAMESPACE)) {
        exports.add(String.valueOf(capability.getAttributes().get(namespace)));
      } else if (!OF_EVERY_BUNDLE.contains(namespace)) {
        rest.add(offer(namespace));
      }
    }
    for (BundleRequirement requirement : revision.getDeclaredRequirements(null)) {
      String namespace = requirement.getNamespace();
      Map<String, String> directives = requirement.getDirectives();
      String filter = directives.getOrDefault("filter", "");
      switch (namespace) {
        case PackageNamespace.PACKAGE_NAMESPACE ->
            addPackage(
                rest,
                named(namespace, filter),
                "dynamic".equals(directives.getOrDefault("resolution", "")));
        case BundleNamespace.BUNDLE_NAMESPACE -> rest.add(bundle(named(namespace, filter)));
        default -> addNeed(rest, namespace, filter);
      }
    }
    return new Ties(exports, rest);
  }

  /** What one of both has and the other has not, for the log. */
  Set<String> difference(Ties other) {
    Set<String> all = new TreeSet<>();
    exports.forEach(name -> all.add("export of " + name));
    all.addAll(rest);
    Set<String> others = new TreeSet<>();
    other.exports.forEach(name -> others.add("export of " + name));
    others.addAll(other.rest);
    Set<String> common = new TreeSet<>(all);
    common.retainAll(others);
    all.addAll(others);
    all.removeAll(common);
    return all;
  }

  private static void addPackage(Set<String> rest, String name, boolean later) {
    if (!name.startsWith("java.")) {
      rest.add((later ? "later package " : "package ") + name);
    }
  }

  private static String bundle(String name) {
    return "bundle " + name;
  }

  private static void addNeed(Set<String> rest, String namespace, String filter) {
    if (!SURROUNDINGS.contains(namespace)) {
      rest.add("need of " + namespace + " " + filter.strip());
    }
  }

  private static String offer(String namespace) {
    return "offer of " + namespace;
  }

  /** The one name that a filter asks for. */
  private static String named(String namespace, String filter) {
    Matcher name =
        Pattern.compile("\\(" + Pattern.quote(namespace) + "=([^()\\\\]*)\\)").matcher(filter);
    if (!name.find()) {
      return UNKNOWN;
    }
    String found = name.group(1);
    return name.find() ? UNKNOWN : found;
  }
}

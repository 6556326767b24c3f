package org.jarvis.console.command;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jarvis.api.extension.Extension;
import org.jarvis.api.extension.Extensions;
import org.jarvis.console.Parts;
import org.osgi.framework.Bundle;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

/** What Jarvis is made of, and what of it does not work. */
final class BundlesReport {
  private static final int LONGEST_REASON = 300;

  private final Parts parts;

  BundlesReport(Parts parts) {
    this.parts = parts;
  }

  void write(Lines lines) {
    List<Extension> extensions = parts.extensions().find().map(Extensions::all).orElse(List.of());
    Set<String> shown = new TreeSet<>();
    lines.add("Bundles:");
    parts.bundles().stream()
        .filter(bundle -> isOurs(bundle.getSymbolicName()))
        .sorted(Comparator.comparing(Bundle::getSymbolicName))
        .forEach(
            bundle -> {
              shown.add(bundle.getSymbolicName());
              lines.add(
                  "  %-34s %-26s %s"
                      .formatted(
                          bundle.getSymbolicName(), bundle.getVersion(), state(bundle.getState())));
            });
    lines.add("");
    lines.add("Extensions:");
    if (parts.extensions().find().isEmpty()) {
      lines.add("  " + parts.extensions().absence());
    } else if (extensions.isEmpty()) {
      lines.add("  None was dropped in.");
    }
    for (Extension extension : extensions) {
      shown.add(extension.symbolicName());
      lines.add(
          "  %-34s %-26s %s, %s"
              .formatted(
                  extension.symbolicName(),
                  extension.version(),
                  extension.state().word(),
                  extension.file()));
      if (extension.reason() != null) {
        lines.add("    " + extension.reason());
      }
    }
    lines.add("");
    lines.add("Components that do not work:");
    List<String> broken =
        parts.components().find().map(runtime -> broken(runtime, shown)).orElse(List.of());
    if (parts.components().find().isEmpty()) {
      lines.add("  " + parts.components().absence());
    } else if (broken.isEmpty()) {
      lines.add("  None.");
    }
    broken.forEach(line -> lines.add("  " + line));
  }

  private static boolean isOurs(String symbolicName) {
    return symbolicName != null && symbolicName.startsWith("org.jarvis.");
  }

  private static List<String> broken(ServiceComponentRuntime runtime, Set<String> bundles) {
    List<String> lines = new ArrayList<>();
    for (ComponentDescriptionDTO description : runtime.getComponentDescriptionDTOs()) {
      if (!bundles.contains(description.bundle.symbolicName)) {
        continue;
      }
      for (ComponentConfigurationDTO component :
          runtime.getComponentConfigurationDTOs(description)) {
        switch (component.state) {
          case ComponentConfigurationDTO.FAILED_ACTIVATION ->
              lines.add(description.name + ": " + reason(component.failure));
          case ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION ->
              lines.add(description.name + ": its configuration is missing.");
          case ComponentConfigurationDTO.UNSATISFIED_REFERENCE ->
              lines.add(description.name + ": waits for " + missing(component));
          default -> {
            // It works, or will as soon as somebody needs it.
          }
        }
      }
    }
    return lines;
  }

  private static String missing(ComponentConfigurationDTO component) {
    List<String> names = new ArrayList<>();
    for (UnsatisfiedReferenceDTO reference : component.unsatisfiedReferences) {
      names.add(reference.name);
    }
    return names.stream().sorted().collect(Collectors.joining(", "));
  }

  /** The first line of what it failed with, which says what to do; the log has the rest. */
  private static String reason(String failure) {
    String line =
        failure == null ? "it says no reason" : failure.lines().findFirst().orElse("no reason");
    return line.length() <= LONGEST_REASON ? line : line.substring(0, LONGEST_REASON) + "...";
  }

  private static String state(int state) {
    return switch (state) {
      case Bundle.UNINSTALLED -> "uninstalled";
      case Bundle.INSTALLED -> "installed, but something that it needs is missing";
      case Bundle.RESOLVED -> "stopped";
      case Bundle.STARTING -> "starting";
      case Bundle.STOPPING -> "stopping";
      case Bundle.ACTIVE -> "active";
      default -> "unknown";
    };
  }
}

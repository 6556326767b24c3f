package org.jarvis.safety;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jarvis.api.health.ComponentHealth;
import org.jarvis.api.health.HealthContributor;
import org.jarvis.api.tool.Effect;
import org.jarvis.api.tool.ToolCatalogue;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Knows which tools nobody may ever use. */
@Component(
    service = {NeverTools.class, HealthContributor.class},
    configurationPid = SafetySettings.PID)
public final class NeverTools implements HealthContributor {
  static final String KEY = "never.tools";

  /** What counts where nothing is configured, and while what is configured cannot be read. */
  static final List<String> USUAL = List.of("delete_vm", "delete_container", "delete_backup");

  private static final Logger LOG = LoggerFactory.getLogger(NeverTools.class);
  private static final String HEALTH_NAME = "never-tools";
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(?:_[a-z0-9]+)+");
  private static final String SETTING = KEY + " in " + SafetySettings.FILE;

  private final Set<String> banned;
  private final List<String> unreadable;
  private volatile Set<String> told = Set.of();
  private volatile @Nullable ToolCatalogue catalogue;

  /** Takes up the configuration. */
  @Activate
  public NeverTools(SafetySettings settings) {
    this(settings.never_tools());
  }

  NeverTools(String... values) {
    List<String> entries = Entries.of(values);
    unreadable = entries.stream().filter(entry -> !NAME.matcher(entry).matches()).toList();
    banned =
        Stream.concat(entries.stream(), unreadable.isEmpty() ? Stream.of() : USUAL.stream())
            .collect(Collectors.toUnmodifiableSet());
    unreadable.forEach(entry -> LOG.error("{}", unreadable(entry)));
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void setCatalogue(ToolCatalogue arrived) {
    catalogue = arrived;
  }

  void unsetCatalogue(ToolCatalogue left) {
    if (catalogue == left) {
      catalogue = null;
    }
  }

  /** Why nobody may ever use this tool. */
  Optional<String> ban(String tool) {
    return banned.contains(tool)
        ? Optional.of(
            tool
                + " is never used, whoever asks and whoever consents: "
                + SETTING
                + " names it. Take it out of that list there to allow it.")
        : Optional.empty();
  }

  /** Why what has this effect may not be used either: the list may mean it, and is not readable. */
  Optional<String> ignorance(Effect effect) {
    return effect == Effect.DESTROYS
        ? unreadable.stream().findFirst().map(NeverTools::unreadable)
        : Optional.empty();
  }

  @Override
  public ComponentHealth health() {
    if (!unreadable.isEmpty()) {
      return new ComponentHealth(
          HEALTH_NAME,
          ComponentHealth.Status.DEGRADED,
          unreadable.size()
              + " of the entries of "
              + SETTING
              + " are no names of tools. Until they are corrected, everything that destroys is"
              + " refused.");
    }
    int unknown = unknown().size();
    return new ComponentHealth(
        HEALTH_NAME,
        ComponentHealth.Status.UP,
        unknown == 0
            ? "It is known which tools are never used."
            : unknown + " of the tools that " + SETTING + " names are not there at present.");
  }

  /** Names that no tool has; whoever meant another tool finds them in the log. */
  private Set<String> unknown() {
    ToolCatalogue present = catalogue;
    if (present == null) {
      return Set.of();
    }
    Set<String> unknown = new TreeSet<>(banned);
    unknown.removeIf(name -> present.tool(name).isPresent());
    if (!unknown.equals(told)) {
      told = unknown;
      if (!unknown.isEmpty()) {
        LOG.info("No tool has these names of {} at present: {}", SETTING, unknown);
      }
    }
    return unknown;
  }

  private static String unreadable(String entry) {
    return "'"
        + entry
        + "' of "
        + SETTING
        + " is no name of a tool such as delete_vm. Correct it; until then everything that destroys"
        + " is refused.";
  }
}

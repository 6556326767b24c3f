package org.jarvis.safety;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** The hosts that the operator's configuration lets a model's command contact. */
@Component(service = CommandDestinations.class, configurationPid = SafetySettings.PID)
public final class CommandDestinations {
  private final Set<String> names;

  /** Takes up the configuration. */
  @Activate
  public CommandDestinations(SafetySettings settings) {
    this(settings.command_destinations());
  }

  CommandDestinations(String... values) {
    names =
        Entries.of(values).stream()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
  }

  /** Their names, in small letters. */
  public Set<String> names() {
    return names;
  }
}

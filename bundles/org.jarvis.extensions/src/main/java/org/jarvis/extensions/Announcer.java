package org.jarvis.extensions;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.event.Event;
import org.jarvis.api.event.EventStream;
import org.jarvis.api.extension.Extension;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells everybody of changes among the extensions. What could not be recorded is told later. */
final class Announcer {
  private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);

  private final Supplier<Optional<EventStream>> events;
  private final Map<String, Extension> told = new HashMap<>();

  Announcer(Supplier<Optional<EventStream>> events) {
    this.events = events;
  }

  /** Tells of what changed since the last time. */
  void tell(List<Extension> extensions) {
    Optional<EventStream> stream = events.get();
    if (stream.isEmpty()) {
      return;
    }
    try {
      Set<String> present = new HashSet<>();
      for (Extension extension : extensions) {
        present.add(extension.id());
        Extension before = told.get(extension.id());
        if (before == null || before.state() != extension.state()) {
          publish(stream.get(), turn(extension.state()), extension, extension.reason());
          told.put(extension.id(), extension);
        }
      }
      for (Extension before : List.copyOf(told.values())) {
        if (!present.contains(before.id())) {
          publish(stream.get(), Event.ExtensionChanged.Turn.REMOVED, before, null);
          told.remove(before.id());
        }
      }
    } catch (JarvisException unavailable) {
      LOG.debug("Told later: {}", unavailable.getMessage());
    }
  }

  private static void publish(
      EventStream stream,
      Event.ExtensionChanged.Turn turn,
      Extension extension,
      @Nullable String detail) {
    stream.publish(
        new Event.ExtensionChanged(
            turn,
            extension.name().isEmpty() ? extension.file() : extension.name(),
            extension.version(),
            extension.id(),
            detail == null ? "" : detail));
  }

  private static Event.ExtensionChanged.Turn turn(Extension.State state) {
    return switch (state) {
      case AWAITING_CONSENT -> Event.ExtensionChanged.Turn.AWAITS_CONSENT;
      case RUNNING -> Event.ExtensionChanged.Turn.STARTED;
      case REJECTED -> Event.ExtensionChanged.Turn.REJECTED;
      case FAILED -> Event.ExtensionChanged.Turn.FAILED;
      case UNACCEPTABLE -> Event.ExtensionChanged.Turn.UNACCEPTABLE;
    };
  }
}

package org.jarvis.core.problem;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jarvis.api.health.ComponentHealth;
import org.jarvis.api.health.HealthContributor;
import org.jarvis.api.problem.Finding;
import org.jarvis.api.problem.OwnSituation;
import org.jarvis.api.resource.Bytes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How Jarvis itself is: its parts, and the room for its data. Safe from any thread. */
final class OwnState {
  private static final Logger LOG = LoggerFactory.getLogger(OwnState.class);

  private final Path data;
  private final List<HealthContributor> parts = new CopyOnWriteArrayList<>();

  /**
   * @param data the folder of its data
   */
  OwnState(Path data) {
    this.data = data;
  }

  void add(HealthContributor part) {
    parts.add(part);
  }

  void remove(HealthContributor part) {
    parts.remove(part);
  }

  /** As it is at this moment. */
  OwnSituation at(Instant now, KindSettings settings, Predicate<Finding.Identity> open) {
    Bytes free = null;
    Bytes total = null;
    try {
      FileStore place = Files.getFileStore(data);
      free = new Bytes(Math.max(0, place.getUsableSpace()));
      total = new Bytes(Math.max(0, place.getTotalSpace()));
    } catch (IOException | RuntimeException unknown) {
      LOG.debug("The room in {} cannot be told", data, unknown);
    }
    return new LiveOwnSituation(now, health(), free, total, settings, open);
  }

  private List<ComponentHealth> health() {
    List<ComponentHealth> health = new ArrayList<>();
    for (HealthContributor part : parts) {
      try {
        health.add(part.health());
      } catch (RuntimeException | LinkageError failure) {
        // A part whose bundle is being replaced, or an extension's: the others are told of.
        LOG.debug("A part cannot say how it is", failure);
      }
    }
    return health;
  }
}

package org.jarvis.api.panel;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jarvis.api.problem.Situation;
import org.jarvis.api.resource.Resource;
import org.osgi.annotation.versioning.ProviderType;

/**
 * All that a panel may show something by, at one moment: the same that detectors of problems see.
 * It only reads. Immutable but for what time does.
 */
@ProviderType
public interface PanelView {
  /** The moment. */
  Instant now();

  /**
   * The clusters as they were read last, by name. Within a resource it is the one cluster that has
   * the resource.
   */
  List<Situation> clusters();

  /** The resource within which it stands; empty in the middle of the page. */
  Optional<Resource> subject();
}

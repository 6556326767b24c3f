package org.jarvis.core.panel;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jarvis.api.panel.PanelView;
import org.jarvis.api.problem.Situation;
import org.jarvis.api.resource.Resource;
import org.jspecify.annotations.Nullable;

/** What a panel sees at one moment. */
record LivePanelView(Instant now, List<Situation> clusters, @Nullable Resource resource)
    implements PanelView {
  /** Keeps the list from changing. */
  LivePanelView {
    clusters = List.copyOf(clusters);
  }

  @Override
  public Optional<Resource> subject() {
    return Optional.ofNullable(resource);
  }
}

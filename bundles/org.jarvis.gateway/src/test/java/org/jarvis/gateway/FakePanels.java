package org.jarvis.gateway;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.panel.PanelKey;
import org.jarvis.api.panel.PanelReading;
import org.jarvis.api.panel.Panels;

/** The panels that a test says are there. */
public final class FakePanels implements Panels {
  public final List<Entry> entries = new CopyOnWriteArrayList<>();
  public final Map<PanelKey, PanelReading> readings = new ConcurrentHashMap<>();
  public volatile Collection<PanelKey> shown = List.of();

  @Override
  public List<Entry> panels() {
    return entries;
  }

  @Override
  public PanelReading read(PanelKey key) {
    return latest(key)
        .orElseThrow(() -> new JarvisException(ErrorCode.NOT_FOUND, "There is no such panel."));
  }

  @Override
  public Optional<PanelReading> latest(PanelKey key) {
    return Optional.ofNullable(readings.get(key));
  }

  @Override
  public void show(Collection<PanelKey> keys) {
    shown = List.copyOf(keys);
  }
}

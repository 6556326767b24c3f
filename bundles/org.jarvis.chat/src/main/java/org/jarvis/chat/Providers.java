package org.jarvis.chat;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jarvis.api.llm.ModelProvider;
import org.osgi.framework.ServiceReference;

/**
 * Who can be asked at this moment, in the order of their {@code service.ranking}. Of two with one
 * ranking the one that came first is first. Safe from any thread.
 */
final class Providers {
  private final ConcurrentSkipListMap<ServiceReference<?>, ModelProvider> byReference =
      new ConcurrentSkipListMap<>(Comparator.reverseOrder());

  void add(ServiceReference<?> reference, ModelProvider provider) {
    byReference.put(reference, provider);
  }

  void remove(ServiceReference<?> reference) {
    byReference.remove(reference);
  }

  /** All of them, the first to ask first. */
  List<ModelProvider> inOrder() {
    return byReference.entrySet().stream().map(Map.Entry::getValue).toList();
  }
}

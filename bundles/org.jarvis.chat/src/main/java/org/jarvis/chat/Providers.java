package org.jarvis.chat;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jarvis.api.llm.ModelProvider;
import org.jarvis.api.llm.ProviderDefinition;
import org.osgi.framework.ServiceReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who can be asked at this moment, in the order of their {@code service.ranking}. Of two with one
 * ranking the one that came first is first. What each says that it is, is heard once, when it
 * comes; one that cannot say it is not asked, and harms nobody. One that leaves is waited for no
 * longer. Safe from any thread.
 */
final class Providers {
  private static final Logger LOG = LoggerFactory.getLogger(Providers.class);

  private final ConcurrentSkipListMap<ServiceReference<?>, Known> byReference =
      new ConcurrentSkipListMap<>(Comparator.reverseOrder());

  /**
   * One of them.
   *
   * @param provider whom to ask; it holds up nobody
   * @param definition what it says that it is
   */
  record Known(DetachedProvider provider, ProviderDefinition definition) {}

  void add(ServiceReference<?> reference, ModelProvider provider) {
    known(String.valueOf(reference.getBundle()), provider)
        .ifPresent(known -> byReference.put(reference, known));
  }

  /** What it says that it is; empty where it fails to. */
  static Optional<Known> known(String whose, ModelProvider provider) {
    try {
      ProviderDefinition definition = provider.definition();
      return Optional.of(new Known(new DetachedProvider(provider, definition), definition));
    } catch (RuntimeException | LinkageError broken) {
      LOG.warn(
          "A provider of models of {} cannot say what it is, and is not asked. Its maker has to"
              + " mend that.",
          whose,
          broken);
      return Optional.empty();
    }
  }

  void remove(ServiceReference<?> reference) {
    Known gone = byReference.remove(reference);
    if (gone != null) {
      gone.provider().leave();
    }
  }

  /** All of them, the first to ask first. */
  List<Known> inOrder() {
    return List.copyOf(byReference.values());
  }
}

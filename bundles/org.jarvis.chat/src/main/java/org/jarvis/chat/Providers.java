package org.jarvis.chat;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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

  /** So long one that comes may think about what it is, before others go on without it. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Duration patience;

  /** Those that have come and not left, whether they have said what they are or not. */
  private final Set<ServiceReference<?>> there = new HashSet<>();

  private final ConcurrentSkipListMap<ServiceReference<?>, Known> byReference =
      new ConcurrentSkipListMap<>(Comparator.reverseOrder());

  /**
   * One of them.
   *
   * @param provider whom to ask; it holds up nobody
   * @param definition what it says that it is
   */
  record Known(DetachedProvider provider, ProviderDefinition definition) {}

  Providers() {
    this(PATIENCE);
  }

  /** Those of whom each is heard at most so long. */
  Providers(Duration patience) {
    this.patience = patience;
  }

  /**
   * One has come. It is asked from when it has said what it is; where that takes long, it returns
   * before.
   */
  void add(ServiceReference<?> reference, ModelProvider provider) {
    String whose = String.valueOf(reference.getBundle());
    synchronized (there) {
      there.add(reference);
    }
    CountDownLatch heard = new CountDownLatch(1);
    Thread hearing =
        new Thread(
            () -> {
              try {
                known(whose, provider).ifPresent(known -> put(reference, known));
              } finally {
                heard.countDown();
              }
            },
            "jarvis-hears-of-a-provider");
    hearing.setDaemon(true);
    hearing.start();
    try {
      if (!heard.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn(
            "A provider of models of {} has not said yet what it is, as it has to at once, and is"
                + " not asked before it has. Its maker has to mend that.",
            whose);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void put(ServiceReference<?> reference, Known known) {
    synchronized (there) {
      if (there.contains(reference)) {
        byReference.put(reference, known);
      }
    }
  }

  /** What it says that it is; empty where it fails to. */
  static Optional<Known> known(String whose, ModelProvider provider) {
    try {
      ProviderDefinition definition =
          Objects.requireNonNull(provider.definition(), "It says nothing.");
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
    Known gone;
    synchronized (there) {
      there.remove(reference);
      gone = byReference.remove(reference);
    }
    if (gone != null) {
      gone.provider().leave();
    }
  }

  /** All of them, the first to ask first. */
  List<Known> inOrder() {
    return List.copyOf(byReference.values());
  }
}

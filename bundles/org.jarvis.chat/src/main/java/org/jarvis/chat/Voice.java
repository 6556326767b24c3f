package org.jarvis.chat;

import java.util.concurrent.atomic.AtomicReference;
import org.jarvis.api.auth.Principal;
import org.jspecify.annotations.Nullable;

/**
 * In whose name a turn asks, and the words that this person typed themselves. They speak for one
 * change: once something came of them they are used up. Safe from any thread.
 */
final class Voice {
  private final Principal speaker;
  private final AtomicReference<@Nullable String> typed;

  Voice(Principal speaker, @Nullable String typed) {
    this.speaker = speaker;
    this.typed = new AtomicReference<>(typed);
  }

  Principal speaker() {
    return speaker;
  }

  @Nullable String typed() {
    return typed.get();
  }

  void used() {
    typed.set(null);
  }
}

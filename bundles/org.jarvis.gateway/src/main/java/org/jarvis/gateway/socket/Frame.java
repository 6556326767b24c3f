package org.jarvis.gateway.socket;

import org.jspecify.annotations.Nullable;

/**
 * A message that is the same for every client.
 *
 * @param seq how far a client is that has it
 * @param text the message
 * @param whole the view that it shows all of, {@code null} when it tells only what changed
 */
record Frame(long seq, String text, @Nullable ClusterView whole) {
  /** A message that tells only what changed. */
  Frame(long seq, String text) {
    this(seq, text, null);
  }
}

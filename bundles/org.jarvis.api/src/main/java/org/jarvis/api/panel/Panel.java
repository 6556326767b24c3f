package org.jarvis.api.panel;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Something of an extension's own that the page shows.
 *
 * <p>Lifecycle: register an implementation as a service; within seconds it is on every open page,
 * and when the service leaves it is gone from there. Of two panels with the same id the one with
 * the higher {@code service.ranking} is shown, and else the one that came first; the other is
 * logged, and takes the place when that one leaves.
 *
 * <p>Threading: each panel is asked on a thread of its own, one call at a time. It is asked only
 * while somebody shows it, and about the same subject no more often than its interval.
 *
 * <p>Blocking: an answer may take two seconds. One that takes longer is interrupted, and the panel
 * is not asked again before it has come back. Answer from memory wherever possible; what has to be
 * fetched from elsewhere is better fetched in the background.
 *
 * <p>Errors: one that throws, or takes too long, keeps its last content, marked as stale with the
 * reason, and the health of Jarvis names it. It can harm no other panel.
 */
@ConsumerType
public interface Panel {
  /** What it is. Always the same answer. */
  PanelDefinition definition();

  /** What it shows at this moment, judged by what is known. Without effect. */
  PanelContent content(PanelView view);
}

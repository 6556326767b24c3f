package org.jarvis.api.llm.provider;

import java.util.List;
import org.jarvis.api.llm.AnswerEvent;
import org.jarvis.api.llm.ModelFailure;
import org.jarvis.api.llm.TokenUsage;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * What one protocol means by its events. One reader for one exchange; called by one thread at a
 * time, and never again once it told a last event.
 */
@ConsumerType
public interface EventReader {
  /**
   * The server began to answer.
   *
   * @param requestId by what it knows the exchange; {@code null} where it did not tell
   */
  void begin(@Nullable String requestId);

  /**
   * An event came. Unknown ones mean nothing.
   *
   * @param name its name, empty for none
   * @param data its data
   * @return what to tell, in order; nothing after a last event
   */
  List<AnswerEvent> read(String name, String data);

  /** The stream is over without a last event: what that means, as the last event. */
  AnswerEvent end();

  /**
   * What was used so far, as far as the server told. Unlike the rest, called from any thread, since
   * an exchange may be ended from anywhere.
   */
  TokenUsage usage();

  /** The reply was no stream of events. */
  ModelFailure refused(HttpRefusal refusal);
}

package org.jarvis.api.host;

import java.time.Instant;
import org.jarvis.api.auth.Secret;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The side of an open terminal that a person looks at. It keeps little: whoever takes nothing, or
 * acknowledges nothing, slows the host down. Safe from any thread; nothing here blocks.
 *
 * <p>Positions count the UTF-16 units that the terminal has printed since it was opened.
 */
@ProviderType
public interface TerminalView {
  /** What is open. */
  Terminals.OpenTerminal terminal();

  /** With what to attach the next time. */
  Secret nextSecret();

  /** How far what this view will tell begins after the start of the terminal. */
  long position();

  /**
   * What comes next; {@code null} when there is nothing new at present.
   *
   * @param most how much text at most, in UTF-16 units; at least 2
   */
  @Nullable News next(int most);

  /** Everything up to this position was received. */
  void acknowledge(long position);

  /**
   * Types.
   *
   * @throws org.jarvis.api.error.JarvisException with {@code THROTTLED} where the host does not
   *     take what was typed before; then nothing of it is typed
   */
  void type(String text);

  /**
   * Tells the new size.
   *
   * @throws org.jarvis.api.error.JarvisException with {@code INVALID_INPUT}
   */
  void resize(int columns, int rows);

  /** The person is still there, though nothing is typed. */
  void stay();

  /** Nobody looks any more; the terminal stays open for a minute. */
  void detach();

  /** What a view tells. */
  sealed interface News {
    /**
     * It printed something.
     *
     * @param position how far this comes
     * @param text what it printed; hostile
     */
    record Output(long position, String text) implements News {}

    /**
     * It ends for want of input.
     *
     * @param endsAt when
     */
    record IdleWarning(Instant endsAt) implements News {}

    /**
     * Nothing more is recorded.
     *
     * @param reason why
     */
    record RecordingStopped(String reason) implements News {}

    /**
     * It has ended. The last.
     *
     * @param exitStatus of what ran in it, {@code null} when that is not known
     * @param reason why, for people
     */
    record Ended(@Nullable Integer exitStatus, String reason) implements News {}

    /** Somebody else attached in the same session. The last. */
    record Replaced() implements News {}
  }
}

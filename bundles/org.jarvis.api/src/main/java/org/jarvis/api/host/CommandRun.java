package org.jarvis.api.host;

import java.time.Duration;

/**
 * A command that was decided on, and its bounds.
 *
 * @param canonical the line for the host's shell, as {@link
 *     org.jarvis.api.command.CommandAnalysis#canonical()} renders it
 * @param timeLimit how long it may take in all
 * @param silenceLimit how long it may print nothing
 * @param outputLimit bytes kept of each of its two outputs; of more the middle is cut out
 */
public record CommandRun(
    String canonical, Duration timeLimit, Duration silenceLimit, int outputLimit) {
  /** Bounds that suit a look at something. */
  public static CommandRun ordinary(String canonical, Duration timeLimit) {
    return new CommandRun(canonical, timeLimit, timeLimit, 256 * 1024);
  }
}

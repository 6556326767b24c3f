package org.jarvis.api.host;

import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/** Takes what a terminal prints. Called by one thread at a time. */
@ConsumerType
public interface TerminalOutput {
  /**
   * More output. While this does not return, nothing more is taken from the host, which so is
   * slowed to the pace of whoever reads.
   *
   * @param bytes the output; the caller may use the array again afterwards
   * @param length how many of them count
   */
  void output(byte[] bytes, int length);

  /**
   * It ended, by itself or by {@link TerminalLine#close}. Called once, last.
   *
   * @param exitStatus of what ran in it, {@code null} when that is not known
   * @param reason for people, where the connection was lost; {@code null} for an ordinary end
   */
  void ended(@Nullable Integer exitStatus, @Nullable String reason);
}

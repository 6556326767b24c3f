package org.jarvis.api.command;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Tells what would become of a command if somebody asked for it: what it means, and whether
 * something protected refuses it. The safety bundle provides the one service.
 *
 * <p>Answers from memory, at once, from any thread, and runs nothing.
 */
@ProviderType
public interface CommandJudge {
  /**
   * Judges a command.
   *
   * @param host the host that it would run on, as people write it: a name, or {@code cluster/name}.
   *     On one that is not known it is judged against all that is protected anywhere
   * @return the analysis; BLACK, with the reason, where protection, quorum or Jarvis's own
   *     whereabouts refuse it
   */
  CommandAnalysis judge(String host, CommandText command);
}

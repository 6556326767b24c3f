package org.jarvis.api.command;

import org.jarvis.api.host.HostId;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Tells what a command means. The safety bundle provides the one service; while it is away no
 * command runs.
 *
 * <p>Answers from memory, at once, from any thread, and runs nothing. The same question has the
 * same answer until the rules, the known hosts or the clusters' nodes change.
 */
@ProviderType
public interface CommandAnalyst {
  /**
   * Analyses a command.
   *
   * @param host the host that it would run on, which need not be known
   * @param sudo whether programs that need root are run through {@code sudo -n} there
   */
  CommandAnalysis analyse(HostId host, boolean sudo, CommandText command);
}

package org.jarvis.api.host;

import java.time.Duration;
import org.jarvis.api.command.CommandText;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Runs commands on one host while a tool runs. Only the gate's executor makes one; it is void once
 * the run has ended.
 *
 * <p>What is handed in is analysed afresh, and what runs is the canonical rendering of that.
 */
@ProviderType
public interface HostCommands {
  /**
   * Runs a command to its end. Blocks, and can be interrupted.
   *
   * @param timeLimit how long it may take; never longer than what is left to the tool
   * @throws org.jarvis.api.error.JarvisException {@code REFUSED} for a command that does more than
   *     was decided, or to more than was decided on; otherwise as {@link HostOperations#run}
   */
  CommandResult run(CommandText command, Duration timeLimit);
}

package org.jarvis.api.host;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Runs things on one host. A connector hands it over with {@link HostRegistry#attach}; it is never
 * published as a service.
 */
@ConsumerType
public interface HostOperations {
  /**
   * Runs a command to its end. Blocks; an interrupt ends the remote process, too.
   *
   * @throws org.jarvis.api.error.JarvisException {@code NOT_SENT} where it surely never began,
   *     {@code TIMED_OUT} where a limit ended it, {@code UNREACHABLE} where the connection was lost
   *     and nobody knows how far it came
   */
  CommandResult run(CommandRun run);

  /**
   * Opens a terminal. Returns as soon as it stands.
   *
   * @throws org.jarvis.api.error.JarvisException {@code NOT_SENT} or {@code UNREACHABLE}
   */
  TerminalLine open(TerminalRequest request, TerminalOutput output);
}

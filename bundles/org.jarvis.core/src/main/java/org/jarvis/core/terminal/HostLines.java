package org.jarvis.core.terminal;

import org.jarvis.api.host.HostId;
import org.jarvis.api.host.TerminalLine;
import org.jarvis.api.host.TerminalOutput;
import org.jarvis.api.host.TerminalRequest;

/** Opens a line to a host. What is behind it is handed to terminals and to nobody else. */
@FunctionalInterface
public interface HostLines {
  /**
   * Opens a line; waits for the host.
   *
   * @throws org.jarvis.api.error.JarvisException as {@link
   *     org.jarvis.api.host.HostOperations#open}, or with {@code NOT_FOUND} for a host that has
   *     left
   */
  TerminalLine open(HostId host, TerminalRequest request, TerminalOutput output);
}

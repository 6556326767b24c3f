package org.jarvis.api.host;

import org.osgi.annotation.versioning.ConsumerType;

/** An open terminal. All methods are safe from any thread. */
@ConsumerType
public interface TerminalLine {
  /**
   * Types. May block while the host does not read.
   *
   * @throws org.jarvis.api.error.JarvisException {@code UNREACHABLE} when it has ended
   */
  void type(byte[] input);

  /** Tells the host the new size. */
  void resize(int columns, int rows);

  /** Ends it, with whatever runs in it. Does nothing when it has ended. */
  void close();
}

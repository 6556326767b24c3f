package org.jarvis.core.action;

import java.time.Duration;

/** Waits between two looks at something; a test waits less. */
@FunctionalInterface
public interface Pauses {
  /** Waits this long. */
  void pause(Duration duration) throws InterruptedException;
}

package org.jarvis.console.socket;

import java.util.List;

/** What runs the commands of one visitor, one after the other. */
interface Shell extends AutoCloseable {
  /** Runs one, which says what it has to say where the shell was told to; whether it succeeded. */
  boolean run(List<String> words);

  @Override
  void close();
}

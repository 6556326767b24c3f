package org.jarvis.lab.shell;

import java.io.IOException;

/** What a word of a command line runs. */
interface Program {

  /**
   * Runs it to its end.
   *
   * @return its exit status
   * @throws IOException where nobody takes what it writes any more, or somebody ended it
   */
  int run(Call call) throws IOException;
}

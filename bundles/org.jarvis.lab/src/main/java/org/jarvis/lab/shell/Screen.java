package org.jarvis.lab.shell;

import java.io.IOException;

/** The terminal in front of which a person sits. Thread-safe. */
public interface Screen {

  /** Characters in a row. */
  int columns();

  /** Rows. */
  int rows();

  /** What kind of terminal it says it is, such as {@code xterm-256color}. */
  String type();

  /**
   * The next key that was pressed, as a byte, or -1 where none is within this time.
   *
   * @throws IOException where there is nobody any more
   */
  int key(int millis) throws IOException;

  /**
   * A shell within the one that is there, for somebody on another machine or as somebody else.
   *
   * @return its exit status, when they left it
   * @throws IOException where there is nobody any more
   */
  int shell(Login login) throws IOException;
}

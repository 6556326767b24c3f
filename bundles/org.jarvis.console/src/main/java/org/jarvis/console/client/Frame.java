package org.jarvis.console.client;

/**
 * What goes over the socket. The client sends one command in each line. The server answers each
 * with lines that begin with one of these marks, {@link #END} last. Everything is UTF-8.
 */
public final class Frame {
  /** A line of output follows. */
  public static final char OUTPUT = '>';

  /** A line follows that says what went wrong. */
  public static final char ERROR = '!';

  /** The answer is complete; the exit status follows. */
  public static final char END = '=';

  /** Bytes of a command, without the line's end. */
  public static final int LONGEST_COMMAND = 4096;

  private Frame() {}
}

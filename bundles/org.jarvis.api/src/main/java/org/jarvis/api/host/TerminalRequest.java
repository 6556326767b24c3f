package org.jarvis.api.host;

import org.jspecify.annotations.Nullable;

/**
 * A terminal to be opened.
 *
 * @param columns its width in characters
 * @param rows its height in lines
 * @param program the canonical line of the program to run in it, such as one that enters a guest;
 *     {@code null} for the account's login shell
 */
public record TerminalRequest(int columns, int rows, @Nullable String program) {
  /** Refuses sizes that no terminal has. */
  public TerminalRequest {
    if (columns < 1 || columns > 1000 || rows < 1 || rows > 1000) {
      throw new IllegalArgumentException("A terminal has 1 to 1000 columns and rows.");
    }
  }
}

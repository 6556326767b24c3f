package org.jarvis.core.terminal;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Reads a terminal's bytes as UTF-8, across the borders of its chunks; what is none becomes U+FFFD.
 * Used by one thread at a time.
 */
final class OutputText {
  private static final int MOST_BYTES = 8 * 1024;

  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);

  /** Room for what a chunk before left over, too: at most three bytes of one character. */
  private final ByteBuffer bytes = ByteBuffer.allocate(MOST_BYTES + 4);

  private final CharBuffer text = CharBuffer.allocate(MOST_BYTES + 8);

  /** Takes characters as they come. */
  @FunctionalInterface
  interface Reader {
    void read(char[] text, int length) throws InterruptedException;
  }

  /** Reads a chunk. */
  void read(byte[] chunk, int length, Reader reader) throws InterruptedException {
    int at = 0;
    while (at < length) {
      int taken = Math.min(MOST_BYTES, length - at);
      bytes.put(chunk, at, taken);
      at += taken;
      bytes.flip();
      text.clear();
      decoder.decode(bytes, text, false);
      bytes.compact();
      tell(reader);
    }
  }

  /** Nothing more comes: half a character is none. */
  void finish(Reader reader) throws InterruptedException {
    bytes.flip();
    text.clear();
    decoder.decode(bytes, text, true);
    decoder.flush(text);
    bytes.clear();
    tell(reader);
  }

  private void tell(Reader reader) throws InterruptedException {
    if (text.position() > 0) {
      reader.read(text.array(), text.position());
    }
  }
}

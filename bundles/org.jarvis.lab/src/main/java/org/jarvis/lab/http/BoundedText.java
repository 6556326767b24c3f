package org.jarvis.lab.http;

import java.io.IOException;
import java.nio.CharBuffer;
import org.apache.hc.core5.http.ContentTooLongException;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.nio.entity.AbstractCharAsyncEntityConsumer;

/** Reads a request's body as text, up to a size that no form of this API needs. */
final class BoundedText extends AbstractCharAsyncEntityConsumer<String> {

  private static final int MOST_CHARACTERS = 256 * 1024;

  private final StringBuilder text = new StringBuilder();

  @Override
  protected void streamStart(ContentType contentType) {}

  @Override
  protected int capacityIncrement() {
    return MOST_CHARACTERS;
  }

  @Override
  protected void data(CharBuffer source, boolean endOfStream) throws IOException {
    if (text.length() + source.remaining() > MOST_CHARACTERS) {
      throw new ContentTooLongException("a request's body may have %d characters", MOST_CHARACTERS);
    }
    text.append(source);
    source.position(source.limit());
  }

  @Override
  protected String generateContent() {
    return text.toString();
  }

  @Override
  public void releaseResources() {
    text.setLength(0);
  }
}

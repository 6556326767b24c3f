package org.jarvis.lab.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.DataStreamChannel;

/** A body that breaks off in the middle, with its connection. */
final class CutBody implements AsyncEntityProducer {

  private final ByteBuffer half;
  private final int promised;

  CutBody(byte[] body) {
    half = ByteBuffer.wrap(body, 0, body.length / 2);
    promised = body.length;
  }

  @Override
  public int available() {
    return Integer.MAX_VALUE;
  }

  @Override
  public void produce(DataStreamChannel channel) throws IOException {
    if (half.hasRemaining()) {
      channel.write(half);
      channel.requestOutput();
      return;
    }
    throw new IOException("cut on command");
  }

  @Override
  public long getContentLength() {
    return promised;
  }

  @Override
  public String getContentType() {
    return "application/json;charset=UTF-8";
  }

  @Override
  public String getContentEncoding() {
    return "";
  }

  @Override
  public boolean isChunked() {
    return false;
  }

  @Override
  public Set<String> getTrailerNames() {
    return Set.of();
  }

  @Override
  public boolean isRepeatable() {
    return false;
  }

  @Override
  public void failed(Exception cause) {}

  @Override
  public void releaseResources() {}
}

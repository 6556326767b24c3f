package org.jarvis.core.terminal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.host.HostId;
import org.jarvis.api.host.TerminalLine;
import org.jarvis.api.host.TerminalOutput;
import org.jarvis.api.host.TerminalRequest;
import org.jspecify.annotations.Nullable;

/** A host whose terminals do what a test says. */
final class FakeHostLine implements HostLines, TerminalLine {
  private final StringBuilder typed = new StringBuilder();
  final List<TerminalRequest> requests = new ArrayList<>();
  final List<String> sizes = new ArrayList<>();
  @Nullable JarvisException refusal;
  private @Nullable TerminalOutput output;
  private final AtomicInteger closed = new AtomicInteger();

  @Override
  public TerminalLine open(HostId host, TerminalRequest request, TerminalOutput taking) {
    if (refusal != null) {
      throw refusal;
    }
    requests.add(request);
    output = taking;
    return this;
  }

  int closed() {
    return closed.get();
  }

  TerminalOutput output() {
    return Objects.requireNonNull(output);
  }

  void prints(String text) {
    prints(text.getBytes(StandardCharsets.UTF_8));
  }

  void prints(byte[] bytes) {
    output().output(bytes, bytes.length);
  }

  synchronized String typed() {
    return typed.toString();
  }

  @Override
  public synchronized void type(byte[] input) {
    typed.append(new String(input, StandardCharsets.UTF_8));
  }

  @Override
  public void resize(int columns, int rows) {
    sizes.add(columns + "x" + rows);
  }

  @Override
  public void close() {
    closed.incrementAndGet();
  }
}

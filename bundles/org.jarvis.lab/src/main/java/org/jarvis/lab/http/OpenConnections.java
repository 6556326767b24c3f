package org.jarvis.lab.http;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.reactor.IOSessionListener;

/** The connections of a port, so that they can be cut. Thread-safe. */
final class OpenConnections implements IOSessionListener {

  private final Set<IOSession> sessions = ConcurrentHashMap.newKeySet();

  void cut() {
    sessions.forEach(session -> session.close(CloseMode.IMMEDIATE));
  }

  @Override
  public void connected(IOSession session) {
    sessions.add(session);
  }

  @Override
  public void disconnected(IOSession session) {
    sessions.remove(session);
  }

  @Override
  public void startTls(IOSession session) {}

  @Override
  public void inputReady(IOSession session) {}

  @Override
  public void outputReady(IOSession session) {}

  @Override
  public void timeout(IOSession session) {}

  @Override
  public void exception(IOSession session, Exception failure) {}
}

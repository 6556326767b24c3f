package org.jarvis.gateway.socket;

import java.util.function.Consumer;

/** The sending side of one WebSocket. */
interface Outlet {
  /** Sends a text, and tells once whether it got out. */
  void send(String text, Consumer<Boolean> done);

  /** Closes the socket, whatever is still under way. */
  void close(int code, String reason);
}

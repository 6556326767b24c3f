package org.jarvis.lab.ssh;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.apache.sshd.common.io.IoHandler;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.session.helpers.AbstractSession;
import org.apache.sshd.common.util.Readable;

/**
 * Stands between the connections and the server: where a host is silent, nothing that comes in is
 * heard, and whoever knocks gets no word. Thread-safe.
 */
final class Doorman {

  private static final String UNHEARD = Doorman.class.getName();

  private final Predicate<SocketAddress> silent;
  private final Set<IoSession> open = ConcurrentHashMap.newKeySet();

  Doorman(Predicate<SocketAddress> silent) {
    this.silent = silent;
  }

  IoHandler before(IoHandler server) {
    return new IoHandler() {
      @Override
      public void sessionCreated(IoSession session) throws Exception {
        open.add(session);
        if (silent.test(session.getLocalAddress())) {
          session.setAttribute(UNHEARD, true);
        } else {
          server.sessionCreated(session);
        }
      }

      @Override
      public void sessionClosed(IoSession session) throws Exception {
        open.remove(session);
        // Of one that was never let in, the server knows nothing.
        if (session.getAttribute(UNHEARD) == null || known(session)) {
          server.sessionClosed(session);
        }
      }

      @Override
      public void exceptionCaught(IoSession session, Throwable cause) throws Exception {
        if (session.getAttribute(UNHEARD) == null || known(session)) {
          server.exceptionCaught(session, cause);
        } else {
          session.close(true);
        }
      }

      @Override
      public void messageReceived(IoSession session, Readable message) throws Exception {
        if (silent.test(session.getLocalAddress())) {
          session.setAttribute(UNHEARD, true);
        } else if (session.getAttribute(UNHEARD) != null) {
          // A part of what was said is missing, so that nobody could understand the rest.
          session.close(true);
        } else {
          server.messageReceived(session, message);
        }
      }
    };
  }

  private static boolean known(IoSession session) {
    return AbstractSession.getSession(session, true) != null;
  }

  /** Ends the connections to a port. */
  void cut(int port) {
    for (IoSession session : open) {
      if (session.getLocalAddress() instanceof InetSocketAddress local && local.getPort() == port) {
        session.close(true);
      }
    }
  }
}

package org.jarvis.persistence.sqlite;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.Set;

/**
 * A connection whose user cannot end the transaction around it: commit, rollback, close and the
 * auto-commit mode are without effect. MyBatis Migrations would commit a script before it notes in
 * the changelog that it ran; enclosed, both become durable together.
 */
final class EnclosedConnection {
  private static final Set<String> WITHOUT_EFFECT =
      Set.of("commit", "rollback", "close", "setAutoCommit");

  private EnclosedConnection() {}

  static Connection of(Connection connection) {
    return (Connection)
        Proxy.newProxyInstance(
            EnclosedConnection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (WITHOUT_EFFECT.contains(method.getName())) {
                return null;
              }
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
              }
            });
  }
}

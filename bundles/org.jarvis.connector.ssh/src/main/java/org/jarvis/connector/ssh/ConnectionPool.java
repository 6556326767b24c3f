package org.jarvis.connector.ssh;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jarvis.api.host.HostState.Status;
import org.jspecify.annotations.Nullable;

/**
 * The connections to one host that commands run on, one at a time on each. There are no more than
 * its limits allow; who comes when all are in use waits for a turn. Those that die are forgotten at
 * once, and the next command makes another. Safe from any thread.
 */
final class ConnectionPool {
  /** Dropbear closes the sixth that has not logged in yet; a server's start is no cheap thing. */
  private static final int MOST_CONNECTING = 3;

  private final HostSettings host;
  private final Opening opening;
  private final Runnable lost;

  private final ReentrantLock lock = new ReentrantLock(true);
  private final Condition changed = lock.newCondition();
  // Guarded by the lock.
  private final Deque<Idle> idle = new ArrayDeque<>();
  private final Set<Connection> used = new HashSet<>();
  private int connecting;
  private int waiting;
  private long failures;
  private @Nullable ConnectFailure lastFailure;
  private boolean closed;

  /** Makes a connection. */
  interface Opening {
    Connection connect() throws ConnectFailure, InterruptedException;
  }

  /** A connection that nothing runs on, since when. */
  private record Idle(Connection connection, long since) {}

  /**
   * An empty pool.
   *
   * @param lost told when a connection ended that the pool did not end
   */
  ConnectionPool(HostSettings host, Opening opening, Runnable lost) {
    this.host = host;
    this.opening = opening;
    this.lost = lost;
  }

  /**
   * A connection for one command; to be given back.
   *
   * @param patience how long to wait for a turn
   * @return {@code null} when none came up in that time
   * @throws ConnectFailure when no connection comes about
   */
  @Nullable Connection take(Duration patience) throws ConnectFailure, InterruptedException {
    long left = patience.toNanos();
    lock.lockInterruptibly();
    waiting++;
    try {
      long seen = failures;
      while (true) {
        refuseWhenClosed();
        Connection free = free();
        if (free != null) {
          return free;
        }
        if (mayConnect()) {
          return connect();
        }
        ConnectFailure failure = lastFailure;
        if (failures != seen && failure != null && used.isEmpty() && connecting == 0) {
          // Whoever waited for that connection would fail alike, one after the other.
          throw failure;
        }
        if (left <= 0) {
          return null;
        }
        left = changed.awaitNanos(left);
      }
    } finally {
      waiting--;
      lock.unlock();
    }
  }

  private void refuseWhenClosed() throws ConnectFailure {
    if (closed) {
      throw new ConnectFailure(
          Status.IDLE, host.id() + ": its connector is leaving or starting anew.", null);
    }
  }

  private @Nullable Connection free() {
    // The one that was used last is the likeliest to live; the others may end of idleness.
    for (Idle next = idle.pollFirst(); next != null; next = idle.pollFirst()) {
      if (next.connection().isOpen()) {
        used.add(next.connection());
        return next.connection();
      }
    }
    return null;
  }

  private boolean mayConnect() {
    return used.size() + connecting < host.limits().connections()
        && connecting < MOST_CONNECTING
        && waiting > connecting;
  }

  /** Makes a connection with the lock released meanwhile. */
  private Connection connect() throws ConnectFailure, InterruptedException {
    connecting++;
    lock.unlock();
    @Nullable Connection made = null;
    @Nullable ConnectFailure failure = null;
    try {
      made = opening.connect();
      return keep(made);
    } catch (ConnectFailure refused) {
      failure = refused;
      throw refused;
    } finally {
      if (made == null) {
        lock.lock();
        connecting--;
        if (failure != null) {
          failures++;
          lastFailure = failure;
        }
        changed.signalAll();
      }
    }
  }

  private Connection keep(Connection made) throws ConnectFailure {
    lock.lock();
    connecting--;
    changed.signalAll();
    if (closed) {
      made.drop();
      refuseWhenClosed();
    }
    used.add(made);
    made.session().addCloseFutureListener(ended -> forget(made));
    return made;
  }

  private void forget(Connection connection) {
    boolean unexpected;
    lock.lock();
    try {
      boolean known =
          used.contains(connection) || idle.removeIf(one -> one.connection().equals(connection));
      unexpected = known && !closed;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (unexpected) {
      lost.run();
    }
  }

  /** Gives a connection back that can be used again. */
  void giveBack(Connection connection) {
    boolean over;
    lock.lock();
    try {
      used.remove(connection);
      over = closed || !connection.isOpen();
      if (!over) {
        idle.addFirst(new Idle(connection, System.nanoTime()));
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (over) {
      connection.drop();
    }
  }

  /** Gives a connection back that cannot be used again, and ends it. */
  void discard(Connection connection) {
    lock.lock();
    try {
      used.remove(connection);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    connection.drop();
  }

  /** Ends the connections that nobody has used for long. */
  void endIdle() {
    long now = System.nanoTime();
    List<Idle> over = new ArrayList<>();
    lock.lock();
    try {
      for (Idle one : idle) {
        if (now - one.since() > host.limits().idleTime().toNanos()) {
          over.add(one);
        }
      }
      idle.removeAll(over);
    } finally {
      lock.unlock();
    }
    over.forEach(one -> one.connection().drop());
  }

  /** How many connections stand. */
  int size() {
    lock.lock();
    try {
      return idle.size() + used.size();
    } finally {
      lock.unlock();
    }
  }

  /** Lets nobody in any more, and waits a moment for what runs to end. */
  void close(Duration patience) {
    List<Connection> rest = new ArrayList<>();
    long left = patience.toNanos();
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
      while (left > 0 && !used.isEmpty()) {
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      idle.forEach(one -> rest.add(one.connection()));
      rest.addAll(used);
      idle.clear();
      used.clear();
      lock.unlock();
    }
    rest.forEach(Connection::drop);
  }
}

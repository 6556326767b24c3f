package org.jarvis.testkit.connector;

import java.util.List;
import java.util.Set;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;

/**
 * A system as a test makes it up: a connector is configured to it and cannot tell it from a real
 * one, while the test knows what really goes on there.
 */
public interface WatchedSystem extends AutoCloseable {
  /** A guest that runs. */
  GuestId running();

  /** A guest that does not. */
  GuestId stopped();

  /** A number that no guest has. */
  GuestId nobody();

  /** What a guest really does, asked past the connector. */
  Guest.Status status(GuestId guest);

  /** The requests to change something that have reached it, oldest first. */
  List<String> changes();

  /** What the connector's configuration holds and nobody may read. */
  Set<String> secrets();

  /** Whether it can be reached at all; it can in the beginning. */
  void reachable(boolean now);

  /** From now on it takes requests to change something, changes nothing and says that it failed. */
  void fail();

  /** From now on it does what it is asked to change, and its answer is lost. */
  void loseAnswers();

  /** From now on it answers no question before it may. */
  Held holdReadings();

  /** From now on it takes requests to change something and does none of them before it may. */
  Held holdChanges();

  @Override
  void close();

  /** What is held back. */
  interface Held {
    /** Waits until something was asked that is held back. */
    void await();

    /** Lets it go, and what is asked later with it. Returns when what was held back is done. */
    void letGo();
  }
}

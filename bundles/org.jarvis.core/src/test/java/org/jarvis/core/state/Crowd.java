package org.jarvis.core.state;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jarvis.api.connector.ClusterObservation;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.Observation;
import org.jarvis.api.resource.Whereabouts;

/** Clusters with many guests. */
final class Crowd {
  private Crowd() {}

  /** A snapshot of so many guests. */
  static ClusterSnapshot of(int guests, Instant at) {
    return of(guests(guests, at), at);
  }

  /** A snapshot of these guests. */
  static ClusterSnapshot of(List<Guest> guests, Instant at) {
    return new SnapshotAssembly(new Incarnations())
        .of(House.connection(), House.seen(at, guests.toArray(Guest[]::new)), nothing(at));
  }

  /** A cluster of which nothing is known. */
  static ClusterSnapshot nothing(Instant at) {
    return SnapshotAssembly.empty(
        House.ID,
        new Whereabouts.Outside(),
        new Observation("pve:home", at, Duration.ofSeconds(10)));
  }

  /** A reading of so many guests, each a new object, as readings are. */
  static ClusterObservation seen(int guests, Instant at) {
    return House.seen(at, guests(guests, at).toArray(Guest[]::new));
  }

  private static List<Guest> guests(int count, Instant at) {
    List<Guest> guests = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      guests.add(
          House.guest(at, 100 + i, i % 3 == 0 ? Guest.Status.STOPPED : Guest.Status.RUNNING));
    }
    return guests;
  }
}

package org.jarvis.gateway;

import java.time.Duration;
import java.time.Instant;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Guest;

/** A cluster of ten thousand guests whose figures move with every reading. */
public final class LargeHouse {
  public static final int GUESTS = 10_000;

  private LargeHouse() {}

  /** The reading of this number, begun at this moment. */
  public static ClusterSnapshot at(Instant read, int reading) {
    Guest[] guests = new Guest[GUESTS];
    for (int i = 0; i < GUESTS; i++) {
      boolean running = i % 3 != 0;
      guests[i] =
          Home.guest(
              100 + i,
              "guest-" + i,
              running ? Guest.Status.RUNNING : Guest.Status.STOPPED,
              running ? ((i + reading * 7) % 100) / 100.0 : 0.0,
              running ? Duration.ofHours(i).plusSeconds(10L * reading) : Duration.ZERO,
              read);
    }
    return Home.with(Home.cluster(read, Cluster.Connection.LIVE, null), guests);
  }
}

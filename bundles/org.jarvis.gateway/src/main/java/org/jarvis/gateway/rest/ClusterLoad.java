package org.jarvis.gateway.rest;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jarvis.api.persistence.MetricStore;
import org.jarvis.api.persistence.MetricStore.Point;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Node;

/**
 * How busy the processors of a whole cluster were: each node by its cores. It is put together from
 * the courses of its nodes, so that it also reaches back to before Jarvis was there. A time in
 * which no node was measured gives no point.
 */
final class ClusterLoad {
  private static final String FIGURE = "cpu";

  private final Instant from;
  private final Instant to;
  private final Share[] shares;

  /** What the nodes did in one share of the time. */
  private static final class Share {
    private double average;
    private double lowest;
    private double highest;
    private double cores;

    void add(Point point, int weight) {
      average += point.average() * weight;
      lowest += point.lowest() * weight;
      highest += point.highest() * weight;
      cores += weight;
    }

    Point at(Instant moment) {
      return new Point(moment, average / cores, lowest / cores, highest / cores);
    }
  }

  /**
   * Over this time.
   *
   * @param points into how many shares it is cut
   */
  ClusterLoad(Instant from, Instant to, int points) {
    this.from = from;
    this.to = to;
    this.shares = new Share[points];
  }

  /** The course, oldest first. */
  List<Point> of(MetricStore store, ClusterSnapshot snapshot) {
    for (Node node : snapshot.nodes().values()) {
      int cores = node.cpus() == null ? 1 : node.cpus();
      for (Point point : store.course(node.ref().toString(), FIGURE, from, to, shares.length)) {
        int place = place(point.at());
        if (shares[place] == null) {
          shares[place] = new Share();
        }
        shares[place].add(point, cores);
      }
    }
    List<Point> course = new ArrayList<>();
    for (int i = 0; i < shares.length; i++) {
      if (shares[i] != null) {
        course.add(shares[i].at(from.plus(length().multipliedBy(i).dividedBy(shares.length))));
      }
    }
    return course;
  }

  private Duration length() {
    return Duration.between(from, to);
  }

  private int place(Instant at) {
    double share = (double) Duration.between(from, at).toMillis() / length().toMillis();
    return (int) Math.max(0, Math.min(shares.length - 1L, (long) (share * shares.length)));
  }
}

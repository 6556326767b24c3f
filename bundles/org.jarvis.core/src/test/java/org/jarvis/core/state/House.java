package org.jarvis.core.state;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jarvis.api.connector.ClusterConnection;
import org.jarvis.api.connector.ClusterObservation;
import org.jarvis.api.connector.ClusterOperations;
import org.jarvis.api.connector.ClusterReader;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.Bytes;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.Observation;
import org.jarvis.api.resource.Storage;
import org.jarvis.api.resource.Whereabouts;

/** A small cluster for tests: one node, one storage, and the guests that are given. */
public final class House {
  public static final ClusterId ID = new ClusterId("home");
  static final String CONFIGURATION = "proxmox~home";
  static final Duration INTERVAL = Duration.ofSeconds(10);
  private static final NodeName ATLAS = new NodeName("atlas");

  private House() {}

  /** A complete reading, begun at this moment. */
  public static ClusterObservation seen(Instant at, Guest... guests) {
    Node node =
        new Node(
            ID,
            ATLAS,
            Node.Status.ONLINE,
            0.25,
            8,
            new Bytes(6_000),
            new Bytes(16_000),
            null,
            null,
            Duration.ofDays(3),
            observed(at));
    Storage storage =
        new Storage(
            ID,
            ATLAS,
            "local-zfs",
            Storage.Status.AVAILABLE,
            "zfspool",
            false,
            List.of("images", "rootdir"),
            new Bytes(400),
            new Bytes(1_000),
            observed(at));
    return new ClusterObservation(
        at, "home", "9.2", true, 1, 1, List.of(node), List.of(guests), List.of(storage), List.of());
  }

  /** A guest called web, read at this moment. */
  public static Guest guest(Instant at, int id, Guest.Status status) {
    return new Guest(
        ID,
        new GuestId(id),
        GuestType.QEMU,
        "web",
        ATLAS,
        status,
        false,
        List.of("prod", "web"),
        null,
        null,
        null,
        status == Guest.Status.RUNNING ? 0.5 : null,
        2,
        new Bytes(1_024),
        new Bytes(2_048),
        null,
        null,
        observed(at));
  }

  /** A connection that is only attached, never used. */
  public static ClusterConnection connection() {
    return connection(unused(ClusterReader.class));
  }

  /** A connection to a cluster of this name, by this configuration. */
  public static ClusterConnection connection(ClusterId id, String configuration) {
    return connection(id, configuration, unused(ClusterReader.class));
  }

  /** A connection that tells what this reader tells. */
  public static ClusterConnection connection(ClusterReader reader) {
    return connection(ID, CONFIGURATION, reader);
  }

  private static ClusterConnection connection(
      ClusterId id, String configuration, ClusterReader reader) {
    return new ClusterConnection(
        id,
        configuration,
        new Whereabouts.Outside(),
        "jarvis@pve!operator",
        INTERVAL,
        reader,
        unused(ClusterOperations.class));
  }

  private static Observation observed(Instant at) {
    return new Observation("pve:home", at, INTERVAL);
  }

  /** A part of a connection that answers nothing. */
  static <T> T unused(Class<T> type) {
    return type.cast(
        java.lang.reflect.Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              throw new JarvisException(ErrorCode.UNREACHABLE, "No answer.");
            }));
  }
}

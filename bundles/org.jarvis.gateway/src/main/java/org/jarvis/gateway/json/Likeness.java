package org.jarvis.gateway.json;

import java.time.Duration;
import java.util.Objects;
import org.jarvis.api.resource.Bytes;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.Observation;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.Storage;
import org.jspecify.annotations.Nullable;

/** Whether two states of a resource look the same to whoever is told of them. */
public final class Likeness {
  private Likeness() {}

  /**
   * Whether two states of a guest differ in nothing but the values of its metrics, if at all. Of
   * other resources nobody asks that, and the answer is no.
   */
  public static boolean differInFiguresAlone(Resource one, Resource other) {
    return one instanceof Guest was
        && other instanceof Guest is
        && sameWords(was, is)
        && (was.cpu() == null) == (is.cpu() == null)
        && (was.memoryUsed() == null) == (is.memoryUsed() == null)
        && (was.uptime() == null) == (is.uptime() == null);
  }

  /** Whether two states differ in nothing that is told so precisely, their age left out. */
  static boolean tellsAlike(Resource one, Resource other, Precision precision) {
    if (one instanceof Guest was && other instanceof Guest is) {
      return sameWords(was, is)
          && alike(was.cpu(), is.cpu(), precision)
          && alike(was.memoryUsed(), is.memoryUsed(), is.memoryTotal(), precision)
          && alike(was.uptime(), is.uptime(), precision);
    }
    if (one instanceof Node was && other instanceof Node is) {
      return sameWords(was, is)
          && alike(was.cpu(), is.cpu(), precision)
          && alike(was.memoryUsed(), is.memoryUsed(), is.memoryTotal(), precision)
          && alike(was.diskUsed(), is.diskUsed(), is.diskTotal(), precision)
          && alike(was.uptime(), is.uptime(), precision);
    }
    return one instanceof Storage was
        && other instanceof Storage is
        && sameWords(was, is)
        && alike(was.used(), is.used(), is.total(), precision);
  }

  private static boolean sameWords(Guest one, Guest other) {
    return one.type() == other.type()
        && one.status() == other.status()
        && one.template() == other.template()
        && one.name().equals(other.name())
        && one.node().equals(other.node())
        && one.tags().equals(other.tags())
        && Objects.equals(one.lock(), other.lock())
        && Objects.equals(one.pool(), other.pool())
        && Objects.equals(one.haState(), other.haState())
        && Objects.equals(one.cpus(), other.cpus())
        && Objects.equals(one.memoryTotal(), other.memoryTotal())
        && Objects.equals(one.diskTotal(), other.diskTotal())
        && sameSource(one.observation(), other.observation());
  }

  private static boolean sameWords(Node one, Node other) {
    return one.status() == other.status()
        && Objects.equals(one.cpus(), other.cpus())
        && Objects.equals(one.memoryTotal(), other.memoryTotal())
        && Objects.equals(one.diskTotal(), other.diskTotal())
        && sameSource(one.observation(), other.observation());
  }

  private static boolean sameWords(Storage one, Storage other) {
    return one.status() == other.status()
        && one.shared() == other.shared()
        && Objects.equals(one.type(), other.type())
        && one.content().equals(other.content())
        && Objects.equals(one.total(), other.total())
        && sameSource(one.observation(), other.observation());
  }

  private static boolean sameSource(Observation one, Observation other) {
    return one.interval().equals(other.interval()) && one.source().equals(other.source());
  }

  private static boolean alike(@Nullable Double one, @Nullable Double other, Precision precision) {
    return (one == null || other == null)
        ? Objects.equals(one, other)
        : precision.alikeShares(one, other);
  }

  private static boolean alike(
      @Nullable Bytes one, @Nullable Bytes other, @Nullable Bytes total, Precision precision) {
    return (one == null || other == null)
        ? Objects.equals(one, other)
        : precision.alikeBytes(one.value(), other.value(), total == null ? 0 : total.value());
  }

  private static boolean alike(
      @Nullable Duration one, @Nullable Duration other, Precision precision) {
    return (one == null || other == null)
        ? Objects.equals(one, other)
        : precision.uptime(one.toSeconds()) == precision.uptime(other.toSeconds());
  }
}

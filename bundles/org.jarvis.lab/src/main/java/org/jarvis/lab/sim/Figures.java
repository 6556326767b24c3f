package org.jarvis.lab.sim;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.Optional;

/**
 * The figures of everything as functions of seed and time: nothing is stored, so that any moment of
 * the past can be drawn as well as the present, and two labs of the same seed agree. Immutable and
 * thread-safe.
 */
public final class Figures {

  private static final double MINUTE = 60;
  private static final double HOUR = 3600;
  private static final double DAY = 86400;
  private static final long GIB = 1L << 30;

  private static final double NEARLY_FULL = 0.985;

  private final Noise noise;
  private final ZoneId zone;
  private final Troubles troubles;

  /** Figures of a household in this zone in which nothing is wrong. */
  public Figures(long seed, ZoneId zone) {
    this(seed, zone, new Troubles());
  }

  /** Figures of a household in this zone, with its troubles. */
  Figures(long seed, ZoneId zone, Troubles troubles) {
    this.noise = new Noise(seed);
    this.zone = zone;
    this.troubles = troubles;
  }

  /** What a guest used at this moment of its life. */
  public GuestFigures guest(Guest guest, Instant moment) {
    GuestSpec spec = guest.spec();
    double seconds = seconds(moment);
    Optional<Run> run = guest.runAt(moment);
    if (run.isEmpty()) {
      return GuestFigures.STOPPED;
    }
    double up = Duration.between(run.get().from(), moment).toMillis() / 1000.0;
    Profile profile = spec.profile();
    double nearPeak = profile.nearPeak(hourOfDay(moment));
    double share = memoryShare(spec, seconds, nearPeak, up);
    long memory = Math.round(spec.memory() * share);
    long overhead =
        spec.kind() == GuestKind.QEMU ? Math.min(spec.memory() - memory, 160L << 20) : 0;
    double started = seconds - up;
    double network = profile.networkBytesPerSecond();
    double disks = profile.diskBytesPerSecond();
    return new GuestFigures(
        cpu(spec, seconds, nearPeak, up),
        memory,
        memory + overhead,
        spec.kind() == GuestKind.LXC ? rootDisk(spec, moment) : 0,
        moved(key(spec, 1), network, started, seconds),
        moved(key(spec, 2), network * 0.4, started, seconds),
        moved(key(spec, 3), disks * 0.6, started, seconds),
        moved(key(spec, 4), disks * 0.5, started, seconds),
        rate(key(spec, 1), network, seconds),
        rate(key(spec, 2), network * 0.4, seconds),
        rate(key(spec, 3), disks * 0.6, seconds),
        rate(key(spec, 4), disks * 0.5, seconds));
  }

  /** What a node used at this moment with these guests on it. */
  public NodeFigures node(NodeSpec node, Collection<Guest> guests, Instant moment) {
    double busy = 0;
    double netIn = 0;
    double netOut = 0;
    double disks = 0;
    long guestMemory = 0;
    for (Guest guest : guests) {
      GuestFigures figures = guest(guest, moment);
      busy += figures.cpu() * guest.spec().cores();
      netIn += figures.netInRate();
      netOut += figures.netOutRate();
      disks += figures.diskReadRate() + figures.diskWriteRate();
      guestMemory += figures.hostMemory();
    }
    double seconds = seconds(moment);
    long key = -1000L - node.id();
    double own = 0.012 + 0.02 * noise.at(key, seconds, 25);
    double cpu =
        troubles.at(Troubles.Kind.NODE_CPU_HIGH, node.name(), moment)
            ? 0.975 + 0.02 * noise.at(key, seconds, 25)
            : Math.min(0.99, busy / node.cores() + own);
    long arc =
        node.zfs()
            ? Math.round(node.memory() * (0.07 + 0.02 * noise.at(key - 500, seconds, HOUR)))
            : 0;
    long kernel = Math.round(1.4 * GIB + 0.3 * GIB * noise.at(key - 1000, seconds, 10 * MINUTE));
    long memory =
        troubles.at(Troubles.Kind.NODE_MEMORY_HIGH, node.name(), moment)
            ? Math.round(node.memory() * 0.975)
            : Math.min(Math.round(node.memory() * 0.97), guestMemory + arc + kernel);
    double ioWait = Math.min(0.3, disks / 400_000_000 + 0.002 * noise.at(key - 1500, seconds, 40));
    double load = cpu * node.cores() * (0.85 + 0.3 * noise.at(key - 2000, seconds, MINUTE));
    long swap = Math.round(node.swap() * 0.04 * noise.constant(key));
    double rootShare =
        troubles.at(Troubles.Kind.NODE_ROOT_FULL, node.name(), moment)
            ? NEARLY_FULL
            : 0.18 + 0.12 * noise.constant(key - 1) + 0.004 * noise.at(key - 2500, seconds, DAY);
    return new NodeFigures(
        cpu,
        ioWait,
        load,
        memory,
        arc,
        swap,
        Math.round(node.rootDisk() * rootShare),
        netIn,
        netOut);
  }

  /** Bytes used on a storage as one node sees it. */
  public long storageUsed(StorageSpec storage, String node, Instant moment) {
    if (troubles.at(Troubles.Kind.STORAGE_FULL, storage.id(), moment)
        || (storage.plugin().equals("lvmthin")
            && troubles.at(Troubles.Kind.THIN_POOL_FULL, node, moment))) {
      return Math.round(storage.total() * NEARLY_FULL);
    }
    Optional<Instant> filling = troubles.since(Troubles.Kind.STORAGE_FILLING, storage.id());
    if (filling.isPresent()) {
      double days = (seconds(moment) - seconds(filling.get())) / DAY;
      return Math.round(storage.total() * Math.max(0.2, Math.min(NEARLY_FULL, 0.85 + 0.05 * days)));
    }
    long key = storage.id().hashCode() * 131L + (storage.shared() ? 0 : node.hashCode());
    double drift =
        0.05 * (noise.constant(key) - 0.5) + 0.004 * (noise.at(key, seconds(moment), DAY) - 0.5);
    double share = Math.max(0.01, Math.min(0.99, storage.usedShare() + drift));
    return Math.round(storage.total() * share);
  }

  /** Whether a disk, named by its node and its device, is worn out. */
  boolean isWorn(String disk) {
    return troubles.on(Troubles.Kind.DISK_WORN, disk);
  }

  /** A repeatable number between 0 and 1 for a name. */
  public double constant(String name) {
    return noise.constant(name.hashCode() * 2_654_435_761L);
  }

  /** A number between 0 and 1 that wanders with a name's own course over this time. */
  public double wandering(String name, Instant moment, Duration period) {
    return noise.at(name.hashCode() * 2_654_435_761L, seconds(moment), (double) period.toSeconds());
  }

  /** A repeatable length between two bounds, another one for every {@code key}. */
  Duration between(Duration least, Duration most, long key) {
    double share = noise.constant(key);
    return least.plusMillis(Math.round(most.minus(least).toMillis() * share));
  }

  private double cpu(GuestSpec spec, double seconds, double nearPeak, double up) {
    Profile profile = spec.profile();
    double day =
        profile.peakLoad() * nearPeak * (0.35 + 0.9 * noise.at(key(spec, 5), seconds, 10 * MINUTE));
    double jitter = 0.6 + 0.8 * noise.at(key(spec, 6), seconds, 15);
    double boot = 0.5 * Math.exp(-up / 20);
    return Math.max(0.001, Math.min(0.98, (profile.restLoad() + day) * jitter + boot));
  }

  private double memoryShare(GuestSpec spec, double seconds, double nearPeak, double up) {
    double warm = 1 - 0.7 * Math.exp(-up / 90);
    double wander = 0.06 * (noise.at(key(spec, 7), seconds, 20 * MINUTE) - 0.5);
    return Math.max(
        0.02, Math.min(0.97, (spec.profile().memoryShare() + 0.08 * nearPeak + wander) * warm));
  }

  /** Bytes used on the root disk of a guest, as it is seen from the inside. */
  public long rootDisk(GuestSpec spec, Instant moment) {
    if (troubles.at(Troubles.Kind.GUEST_DISK_FULL, String.valueOf(spec.vmid()), moment)) {
      return Math.round(spec.disk() * NEARLY_FULL);
    }
    double seconds = seconds(moment);
    double share =
        0.2 + 0.4 * noise.constant(key(spec, 8)) + 0.01 * noise.at(key(spec, 8), seconds, DAY);
    return Math.round(spec.disk() * share);
  }

  /** A rate that swings over the day and over some minutes, never below a tenth of its mean. */
  private double rate(long key, double mean, double seconds) {
    return mean * (1 + 0.6 * Math.sin(daily(key, seconds)) + 0.3 * Math.sin(swing(key, seconds)));
  }

  /**
   * The integral of {@link #rate}, in closed form, so that a counter needs no memory and only ever
   * grows.
   */
  private long moved(long key, double mean, double from, double to) {
    double day =
        -0.6 * DAY / (2 * Math.PI) * (Math.cos(daily(key, to)) - Math.cos(daily(key, from)));
    double wave =
        -0.3 * wave(key) / (2 * Math.PI) * (Math.cos(swing(key, to)) - Math.cos(swing(key, from)));
    return Math.max(0, Math.round(mean * (to - from + day + wave)));
  }

  private double daily(long key, double seconds) {
    return 2 * Math.PI * (seconds / DAY + noise.constant(key));
  }

  private double swing(long key, double seconds) {
    return 2 * Math.PI * seconds / wave(key);
  }

  private double wave(long key) {
    return 5 * MINUTE + 10 * MINUTE * noise.constant(key + 1);
  }

  private double hourOfDay(Instant moment) {
    ZonedDateTime local = moment.atZone(zone);
    return local.getHour() + local.getMinute() / 60.0 + local.getSecond() / 3600.0;
  }

  private static double seconds(Instant moment) {
    return moment.getEpochSecond() + moment.getNano() / 1e9;
  }

  private static long key(GuestSpec spec, int figure) {
    return spec.vmid() * 16L + figure;
  }
}

package org.jarvis.detectors;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.problem.Finding;
import org.jarvis.api.problem.ProblemKind;
import org.jarvis.api.problem.Remedy;
import org.jarvis.api.problem.Severity;
import org.jarvis.api.problem.Situation;
import org.jarvis.api.resource.Bytes;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.Storage;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.AspectState;
import org.jarvis.api.resource.detail.Details;
import org.jarvis.api.resource.detail.GuestAgent;
import org.jarvis.api.resource.detail.GuestConfiguration;
import org.jarvis.api.resource.detail.GuestRuntime;
import org.jspecify.annotations.Nullable;

/** How running guests are on the inside: their machine, their agent, their disks. */
final class GuestInsideDetector implements BuiltIn {
  /** Its machine stands still. */
  static final ProblemKind ERROR =
      KindDraft.of(
              "guest-error",
              "Guest stands still",
              Severity.CRITICAL,
              "The guest counts as running, but its machine stands still: it could not write to its"
                  + " disk, or its system has crashed.")
          .needs(Aspect.RUNTIME)
          .mended();

  /** Its agent says nothing. */
  static final ProblemKind AGENT_SILENT =
      KindDraft.of(
              "guest-agent-silent",
              "Guest agent does not answer",
              Severity.WARNING,
              "The agent is configured but does not answer, so addresses and disks inside are not"
                  + " known, and backups are less consistent.")
          .needs(Aspect.CONFIGURATION)
          .lasting(Duration.ofMinutes(10), Duration.ofMinutes(1))
          .mended();

  /** A file system inside is nearly full. */
  static final ProblemKind DISK_FULL =
      KindDraft.of(
              "guest-disk-full",
              "Disk full inside a guest",
              Severity.CRITICAL,
              "A file system inside the guest is nearly full; once it is, what runs there fails.")
          .lasting(Duration.ofMinutes(5), Duration.ofMinutes(5))
          .percentages("Space in use inside", 90, 97)
          .mended();

  private static final Set<String> ERROR_STATES =
      Set.of("io-error", "internal-error", "guest-panicked");

  /** What an agent's silence looks like; all else is about the cluster or the account. */
  private static final Set<ErrorCode> SILENCE =
      Set.of(
          ErrorCode.REMOTE_ERROR,
          ErrorCode.TARGET_BUSY,
          ErrorCode.NOT_RUNNING,
          ErrorCode.TIMED_OUT);

  private static final Duration BOOT = Duration.ofMinutes(5);

  /** File systems that are always full, or lie in memory. */
  private static final Set<String> FIXED_TYPES =
      Set.of("squashfs", "iso9660", "udf", "erofs", "cramfs", "overlay", "tmpfs", "devtmpfs");

  private static final Pattern MOUNT = Pattern.compile("/.*|[A-Za-z]:.*");
  private static final String SNAPS = "/snap/";
  private static final Pattern GROWABLE =
      Pattern.compile("(ide|sata|scsi|virtio|mp)[0-9]{1,3}|rootfs");
  private static final String ROOT = "rootfs";
  private static final double SLACK = 3;
  private static final long GIB = 1L << 30;
  private static final long LEAST_SIZE = 128L << 20;
  private static final double GROWTH = 0.2;

  @Override
  public List<ProblemKind> kinds() {
    return List.of(ERROR, AGENT_SILENT, DISK_FULL);
  }

  @Override
  public List<Finding> detect(Situation situation) {
    List<Finding> findings = new ArrayList<>();
    Gauge gauge = new Gauge(situation, DISK_FULL, SLACK);
    Map<ResourceRef, Details> all = situation.cluster().details();
    for (Guest guest : situation.cluster().guests().values()) {
      if (guest.template()) {
        continue;
      }
      ResourceRef ref = guest.ref();
      Details details = all.get(ref);
      if (details == null) {
        continue;
      }
      if (guest.status() != Guest.Status.STOPPED) {
        error(situation, guest, ref, details, findings);
        agentSilent(situation, guest, ref, details, findings);
      }
      if (guest.type() == GuestType.LXC) {
        rootFull(situation, guest, ref, details, gauge, findings);
      } else {
        disksFull(situation, guest, ref, details, gauge, findings);
      }
    }
    return findings;
  }

  private static <T> @Nullable T last(Details details, Aspect aspect, Class<T> type) {
    AspectState state = details.state(aspect).orElse(null);
    return state == null || state.detail() == null ? null : type.cast(state.detail());
  }

  private static void error(
      Situation situation, Guest guest, ResourceRef ref, Details details, List<Finding> findings) {
    GuestRuntime last = last(details, Aspect.RUNTIME, GuestRuntime.class);
    if (last == null
        || last.state() == null
        || !ERROR_STATES.contains(last.state())
        || Known.orKept(
                situation, ref, GuestRuntime.class, new Finding.Identity(ERROR.id(), ref, ""))
            .isEmpty()) {
      return;
    }
    String means =
        switch (last.state()) {
          case "io-error" -> "it could not write to a disk";
          case "guest-panicked" -> "its system has crashed";
          default -> "its machine failed";
        };
    findings.add(
        Sight.of(
                ERROR,
                ref,
                Severity.CRITICAL,
                Words.guest(guest) + " stands still: " + means + " (" + last.state() + ").")
            .evidence("State of its machine", last.state(), guest.observation().at())
            .remedy(
                Fix.plan(
                    "restart",
                    "Stop " + Words.name(guest.name()) + " hard and start it",
                    "It cannot shut down any more, so it is cut off and started anew; what it had"
                        + " only in memory is lost. Where a disk was full, make room first.",
                    List.of(
                        Fix.guest("stop", guest, Map.of("hard", true)),
                        Fix.guest("start", guest, Map.of())),
                    true))
            .finding());
  }

  private static void agentSilent(
      Situation situation, Guest guest, ResourceRef ref, Details details, List<Finding> findings) {
    AspectState agent = details.state(Aspect.AGENT).orElse(null);
    if (agent == null
        || agent.failure() == null
        || guest.status() != Guest.Status.RUNNING
        || guest.type() != GuestType.QEMU
        || guest.lock() != null
        || guest.uptime() == null
        || guest.uptime().compareTo(BOOT) < 0
        || !SILENCE.contains(agent.failure().code())
        || agent.failure().at().isBefore(situation.now().minus(guest.uptime()).plus(BOOT))) {
      return;
    }
    GuestConfiguration configuration =
        Known.orKept(
                situation,
                ref,
                GuestConfiguration.class,
                new Finding.Identity(AGENT_SILENT.id(), ref, ""))
            .orElse(null);
    if (configuration == null || !configuration.agentEnabled()) {
      return;
    }
    boolean answered = agent.detail() != null;
    Sight sight =
        Sight.of(
            AGENT_SILENT,
            ref,
            answered ? Severity.WARNING : Severity.INFO,
            "The agent of "
                + Words.guest(guest)
                + (answered
                    ? " does not answer any more."
                    : " is configured but has never answered; it may not be installed."));
    sight.evidence("Last attempt", Words.said(agent.failure().reason()), agent.failure().at());
    sight.evidence("Running since", Words.time(guest.uptime()), guest.observation().at());
    if (answered) {
      sight.remedy(
          Remedy.of(
              "restart",
              "Restart " + Words.name(guest.name()),
              "Its agent starts with it; whoever uses it is interrupted. Restarting"
                  + " qemu-guest-agent inside interrupts nobody, but has to be done there.",
              Fix.guest("restart", guest, Map.of())));
    }
    findings.add(
        sight.finding(
            "Install and start qemu-guest-agent inside, or turn the option QEMU Guest Agent off."));
  }

  private static void rootFull(
      Situation situation,
      Guest guest,
      ResourceRef ref,
      Details details,
      Gauge gauge,
      List<Finding> findings) {
    GuestRuntime last = last(details, Aspect.RUNTIME, GuestRuntime.class);
    Bytes total = guest.diskTotal();
    if (last == null || last.diskUsed() == null || total == null || total.value() == 0) {
      return;
    }
    double used = 100.0 * last.diskUsed().value() / total.value();
    if (gauge.isFine(used)) {
      return;
    }
    Finding.Identity identity = new Finding.Identity(DISK_FULL.id(), ref, ROOT);
    Severity severity = gauge.of(used, identity);
    if (severity == null
        || isOffAnyway(situation, guest, identity)
        || Known.orKept(situation, ref, GuestRuntime.class, identity).isEmpty()) {
      return;
    }
    findings.add(
        full(guest, "The root disk", identity, severity, last.diskUsed(), total)
            .evidence("Limit", gauge.limit(severity, "%"))
            .remedy(grow(situation, guest, details, ROOT, total))
            .finding(otherwise()));
  }

  private static void disksFull(
      Situation situation,
      Guest guest,
      ResourceRef ref,
      Details details,
      Gauge gauge,
      List<Finding> findings) {
    GuestAgent last = last(details, Aspect.AGENT, GuestAgent.class);
    if (last == null) {
      return;
    }
    Set<String> told = null;
    for (GuestAgent.FileSystem system : last.fileSystems()) {
      Bytes taken = system.used();
      Bytes total = system.total();
      if (taken == null || total == null || total.value() < LEAST_SIZE) {
        continue;
      }
      double used = 100.0 * taken.value() / total.value();
      if (gauge.isFine(used) || isAlwaysFull(system)) {
        continue;
      }
      Finding.Identity identity =
          new Finding.Identity(DISK_FULL.id(), ref, Words.name(system.mount()));
      Severity severity = gauge.of(used, identity);
      if (severity == null
          || isOffAnyway(situation, guest, identity)
          || Known.orKept(situation, ref, GuestAgent.class, identity).isEmpty()) {
        continue;
      }
      told = told == null ? new HashSet<>() : told;
      if (told.add(identity.part())) {
        findings.add(
            full(guest, identity.part(), identity, severity, taken, total)
                .evidence("Limit", gauge.limit(severity, "%"))
                .remedy(grow(situation, guest, details, diskOf(details, total), total))
                .finding(otherwise()));
      }
    }
  }

  /** Nothing fails for want of room in a guest that is off; one that was full does not empty so. */
  private static boolean isOffAnyway(Situation situation, Guest guest, Finding.Identity identity) {
    return guest.status() == Guest.Status.STOPPED && !situation.isOpen(identity);
  }

  private static boolean isAlwaysFull(GuestAgent.FileSystem system) {
    return (system.type() != null && FIXED_TYPES.contains(system.type().toLowerCase(Locale.ROOT)))
        || !MOUNT.matcher(system.mount()).matches()
        || system.mount().startsWith(SNAPS);
  }

  private static String otherwise() {
    return "Which disk it lies on, or room to make it larger, is not known. Delete inside what is"
        + " not needed.";
  }

  private static Sight full(
      Guest guest,
      String what,
      Finding.Identity identity,
      Severity severity,
      Bytes taken,
      Bytes total) {
    double used = 100.0 * taken.value() / total.value();
    return Sight.of(
            DISK_FULL,
            guest.ref(),
            identity.part(),
            severity,
            what
                + " of "
                + Words.guest(guest)
                + " is "
                + Words.percent(used)
                + " full: "
                + Words.amount((double) Math.max(0, total.value() - taken.value()))
                + " are left.")
        .evidence(
            "Space in use inside",
            Words.amount(taken) + " of " + Words.amount(total),
            guest.observation().at());
  }

  /** The only disk of a VM that a file system of this size fits on, {@code null} if in doubt. */
  private static @Nullable String diskOf(Details details, Bytes total) {
    GuestConfiguration configuration =
        last(details, Aspect.CONFIGURATION, GuestConfiguration.class);
    String only = null;
    if (configuration != null) {
      for (GuestConfiguration.Disk disk : configuration.disks()) {
        boolean fits =
            !disk.medium()
                && GROWABLE.matcher(disk.key()).matches()
                && disk.size() != null
                && disk.size().value() >= total.value();
        if (fits && only != null) {
          return null;
        }
        only = fits ? disk.key() : only;
      }
    }
    return only;
  }

  private static @Nullable Remedy grow(
      Situation situation, Guest guest, Details details, @Nullable String key, Bytes total) {
    GuestConfiguration configuration =
        last(details, Aspect.CONFIGURATION, GuestConfiguration.class);
    if (configuration == null || key == null) {
      return null;
    }
    long more = Math.max(1, Math.round(GROWTH * total.value() / GIB));
    for (GuestConfiguration.Disk disk : configuration.disks()) {
      if (disk.key().equals(key) && hasRoom(situation, guest, disk, more)) {
        return Remedy.of(
            "grow",
            "Make " + key + " of " + Words.name(guest.name()) + " " + more + " GiB larger",
            guest.type() == GuestType.LXC
                ? "Its file system grows with it; a disk never becomes smaller again."
                : "Partition and file system have to be enlarged inside afterwards; a disk never"
                    + " becomes smaller again.",
            Fix.onGuest("resize_disk", guest, Map.of("disk", key, "growGiB", (int) more)));
      }
    }
    return null;
  }

  /** Whether the storage has twice the room, so that one problem does not make another. */
  private static boolean hasRoom(
      Situation situation, Guest guest, GuestConfiguration.Disk disk, long more) {
    if (disk.storage() == null) {
      return false;
    }
    Storage storage =
        situation
            .cluster()
            .storages()
            .get(ResourceRef.storage(guest.cluster(), guest.node(), disk.storage()));
    return storage != null
        && storage.used() != null
        && storage.total() != null
        && storage.total().value() - storage.used().value() >= 2 * more * GIB;
  }
}

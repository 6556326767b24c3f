package org.jarvis.lab.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jarvis.lab.sim.Misfortunes;
import org.jarvis.lab.sim.SimulatedCluster;

/**
 * Which faults are on. Thread-safe: one lock guards the set and the order in which the cluster
 * suffers and recovers.
 */
public final class FaultSwitches {

  /** As long as the watchdog and the locks of a real cluster take. */
  private static final Duration UNTIL_FENCED = Duration.ofMinutes(2);

  private static final Duration FENCED_AT_ONCE = Duration.ofSeconds(2);

  private final SimulatedCluster cluster;
  private final Map<Switch, Fault> on = new LinkedHashMap<>();
  private volatile List<Fault> active = List.of();
  private volatile Runnable certificateChanged = () -> {};

  private record Switch(FaultKind kind, Object subject) {
    static Switch of(Fault fault) {
      return new Switch(FaultKind.of(fault), fault.subject());
    }
  }

  /** Switches for this cluster, all off. */
  public FaultSwitches(SimulatedCluster cluster) {
    this.cluster = cluster;
  }

  /**
   * What to do when another certificate takes effect: open connections would go on with the old
   * one.
   */
  public void onCertificateChange(Runnable action) {
    certificateChanged = action;
  }

  /** The faults that are on, in the order in which they were switched. */
  public List<Fault> active() {
    for (Fault fault : active) {
      if (mended(fault)) {
        return active.stream().filter(one -> !mended(one)).toList();
      }
    }
    return active;
  }

  /** Whether what mends it in a real house ended it before its switch did. */
  private boolean mended(Fault fault) {
    if (fault instanceof Fault.NodeOffline died) {
      return !cluster.isDead(died.node());
    }
    if (fault instanceof Fault.NodeFenced died) {
      return !cluster.isDead(died.node());
    }
    return fault instanceof Fault.Trouble trouble
        && !cluster.troubles().on(trouble.kind(), trouble.subject());
  }

  /**
   * Switches a fault on.
   *
   * @throws IllegalArgumentException where the cluster has no such guest or node
   */
  public synchronized void on(Fault fault) {
    if (fault instanceof Fault.ClusterFault misfortune) {
      befall(misfortune);
    } else if (fault instanceof Fault.SlowReplies slow) {
      expectMember(slow.member());
    } else if (fault instanceof Fault.Silence silence) {
      expectMember(silence.member());
    }
    if (fault.lasting()) {
      on.put(Switch.of(fault), fault);
      changed(fault);
    }
  }

  /**
   * Switches a fault off, whatever its further parameters. Nothing happens where it is not on,
   * except that a guest is unlocked whoever locked it.
   */
  public synchronized void off(Fault fault) {
    Fault removed = on.remove(Switch.of(fault));
    Fault ended = removed == null && fault instanceof Fault.GuestLocked ? fault : removed;
    if (ended instanceof Fault.ClusterFault misfortune) {
      mend(misfortune);
    }
    if (removed != null) {
      changed(removed);
    }
  }

  /** Switches everything off. */
  public synchronized void allOff() {
    new ArrayList<>(on.values()).forEach(this::off);
  }

  /** The fault of this type that is on, if any; of several, the latest. */
  public <T extends Fault> Optional<T> find(Class<T> type) {
    T found = null;
    for (Fault fault : active) {
      if (type.isInstance(fault)) {
        found = type.cast(fault);
      }
    }
    return Optional.ofNullable(found);
  }

  /** Whether a fault of this type is on. */
  public boolean suffers(Class<? extends Fault> type) {
    return find(type).isPresent();
  }

  /** Whether a member answers nothing; empty for whoever answers on 127.0.0.1. */
  public boolean silent(Optional<String> member) {
    for (Fault fault : active) {
      if (fault instanceof Fault.Silence silence && concerns(silence.member(), member)) {
        return true;
      }
    }
    return false;
  }

  /** How much longer the replies of a member take. */
  public Duration delay(Optional<String> member) {
    Duration delay = Duration.ZERO;
    for (Fault fault : active) {
      if (fault instanceof Fault.SlowReplies slow && concerns(slow.member(), member)) {
        delay = slow.delay();
      }
    }
    return delay;
  }

  private static boolean concerns(String named, Optional<String> member) {
    return named.isEmpty() || member.filter(named::equals).isPresent();
  }

  private void changed(Fault fault) {
    active = List.copyOf(on.values());
    if (fault instanceof Fault.WrongCertificate) {
      certificateChanged.run();
    }
  }

  private void befall(Fault.ClusterFault fault) {
    Misfortunes misfortunes = cluster.misfortunes();
    if (fault instanceof Fault.GuestCrash crash) {
      boolean outOfMemory = crash.cause().equals("oom");
      expect(misfortunes.crash(crash.vmid(), outOfMemory), notRunning(crash.vmid()));
    } else if (fault instanceof Fault.GuestEvent event) {
      befall(event, misfortunes);
    } else if (fault instanceof Fault.TaskHangs hangs) {
      expect(
          on.containsKey(Switch.of(fault))
              || misfortunes.backupHangs(hangs.vmid(), Duration.ofHours(hangs.hours())),
          noGuest(hangs.vmid()));
    } else if (fault instanceof Fault.GuestLocked locked) {
      expect(cluster.lockGuest(locked.vmid(), locked.lock()), noGuest(locked.vmid()));
    } else if (fault instanceof Fault.GuestVanished vanished) {
      expect(
          on.containsKey(Switch.of(fault)) || cluster.vanish(vanished.vmid()),
          noGuest(vanished.vmid()));
    } else if (fault instanceof Fault.GuestDeaf deaf) {
      expect(cluster.deafen(deaf.vmid(), true), noGuest(deaf.vmid()));
    } else if (fault instanceof Fault.NodeOffline offline) {
      expect(cluster.nodeDies(offline.node(), UNTIL_FENCED), noNode(offline.node()));
    } else if (fault instanceof Fault.NodeFenced fenced) {
      expect(cluster.nodeDies(fenced.node(), FENCED_AT_ONCE), noNode(fenced.node()));
    } else if (fault instanceof Fault.NodeIsolated isolated) {
      expect(cluster.isolate(isolated.node(), true), noNode(isolated.node()));
    } else if (fault instanceof Fault.ServiceFailed failed) {
      expect(
          misfortunes.service(failed.node(), failed.service(), true),
          "there is no service " + failed.service() + " on a node " + failed.node());
    } else if (fault instanceof Fault.TaskFails fails) {
      expect(
          misfortunes.refreshesPackages(fails.node(), fails.log(), fails.error()),
          noNode(fails.node()));
    } else if (fault instanceof Fault.AgentSays says) {
      expect(
          misfortunes.agentSays(says.vmid(), says.text()),
          "there is no virtual machine " + says.vmid());
    } else if (fault instanceof Fault.StorageAdded added) {
      expect(
          on.containsKey(Switch.of(fault)) || misfortunes.storageAdded(added.id()),
          "there is a storage " + added.id() + " already");
    } else if (fault instanceof Fault.Trouble trouble) {
      expect(
          misfortunes.begin(trouble.kind(), trouble.subject()),
          "there is nothing that " + trouble.parameters() + " could mean here");
    } else if (fault instanceof Fault.ClockOff clock) {
      cluster.stepClocks(
          on.get(Switch.of(fault)) instanceof Fault.ClockOff before
              ? clock.ahead().minus(before.ahead())
              : clock.ahead());
    } else if (fault instanceof Fault.QuorumLost) {
      cluster.quorum(true);
    }
  }

  private static void befall(Fault.GuestEvent event, Misfortunes misfortunes) {
    int vmid = event.vmid();
    switch (event.what()) {
      case POWERS_OFF -> expect(misfortunes.powersOff(vmid), notRunning(vmid));
      case STOPPED_BY_PERSON -> expect(misfortunes.stoppedByPerson(vmid), notRunning(vmid));
      case STOPPED_BY_BACKUP -> expect(misfortunes.backupStops(vmid), notRunning(vmid));
      case BACKUP_FAILS -> expect(misfortunes.backupFails(vmid), noGuest(vmid));
    }
  }

  private void mend(Fault.ClusterFault fault) {
    Misfortunes misfortunes = cluster.misfortunes();
    if (fault instanceof Fault.GuestLocked locked) {
      cluster.lockGuest(locked.vmid(), null);
    } else if (fault instanceof Fault.TaskHangs hangs) {
      misfortunes.backupGoesOn(hangs.vmid());
    } else if (fault instanceof Fault.GuestVanished vanished) {
      cluster.reappear(vanished.vmid());
    } else if (fault instanceof Fault.GuestDeaf deaf) {
      cluster.deafen(deaf.vmid(), false);
    } else if (fault instanceof Fault.NodeOffline offline) {
      cluster.nodeBoots(offline.node());
    } else if (fault instanceof Fault.NodeFenced fenced) {
      cluster.nodeBoots(fenced.node());
    } else if (fault instanceof Fault.NodeIsolated isolated) {
      cluster.isolate(isolated.node(), false);
    } else if (fault instanceof Fault.ServiceFailed failed) {
      misfortunes.service(failed.node(), failed.service(), false);
    } else if (fault instanceof Fault.TaskFails fails) {
      misfortunes.refreshesPackages(fails.node(), "starting apt-get update", "OK");
    } else if (fault instanceof Fault.AgentSays says) {
      misfortunes.agentTellsTheTruth(says.vmid());
    } else if (fault instanceof Fault.StorageAdded added) {
      misfortunes.storageRemoved(added.id());
    } else if (fault instanceof Fault.Trouble trouble) {
      misfortunes.end(trouble.kind(), trouble.subject());
    } else if (fault instanceof Fault.ClockOff clock) {
      cluster.stepClocks(clock.ahead().negated());
    } else if (fault instanceof Fault.QuorumLost) {
      cluster.quorum(false);
    }
  }

  /** Of one that is not there nothing would ever be seen. */
  private void expectMember(String name) {
    expect(
        name.isEmpty()
            || cluster.inventory().nodes().stream().anyMatch(node -> node.name().equals(name)),
        noNode(name));
  }

  private static void expect(boolean happened, String otherwise) {
    if (!happened) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  private static String notRunning(int vmid) {
    return "no guest " + vmid + " is running";
  }

  private static String noNode(String node) {
    return "there is no node " + node;
  }

  private static String noGuest(int vmid) {
    return "there is no guest " + vmid;
  }
}

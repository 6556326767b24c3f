package org.example.libvirt;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jarvis.api.connector.Attachment;
import org.jarvis.api.connector.Attachment.DetachReason;
import org.jarvis.api.connector.ClusterConnection;
import org.jarvis.api.connector.ClusterObservation;
import org.jarvis.api.connector.ClusterRegistry;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;

/** Looks at the machine again and again and reports it, from attaching to detaching. */
final class Watch {
  private final Settings settings;
  private final ClusterRegistry registry;
  private final Machine machine;
  private final Tasks tasks;
  private final ClusterConnection connection;
  private final ScheduledExecutorService schedule =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "libvirt-by-virsh");
            thread.setDaemon(true);
            return thread;
          });

  // Guarded by this: nothing is told once it has left.
  private Attachment line;
  private boolean left;
  private boolean refusalTold;

  Watch(Settings settings, ClusterRegistry registry) {
    this.settings = settings;
    this.registry = registry;
    this.tasks = new Tasks(settings);
    Virsh virsh = new Virsh(settings);
    this.machine = new Machine(settings, virsh);
    this.connection =
        new ClusterConnection(
            settings.cluster(),
            settings.configuration(),
            settings.whereabouts(),
            Tasks.ACCOUNT,
            settings.interval(),
            new MachineReader(settings, machine, tasks),
            new Power(machine, virsh, tasks, this::read));
  }

  /** Begins at once, on a thread of its own: who opens it does not wait for virsh. */
  void open() {
    schedule.scheduleWithFixedDelay(
        this::read, 0, settings.interval().toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Reads the machine and reports what came of it. Never throws, which would end the schedule. */
  private void read() {
    if (!isAttached()) {
      return;
    }
    try {
      ClusterObservation seen = machine.read();
      tell(attachment -> attachment.observed(seen));
    } catch (JarvisException failure) {
      tell(attachment -> attachment.failed(failure.code(), failure.getMessage()));
    } catch (RuntimeException broken) {
      String reason = "What virsh says of " + settings.cluster() + " is not understood.";
      tell(attachment -> attachment.failed(ErrorCode.BAD_REPLY, reason));
    }
  }

  /** Attaches it; while another configuration has its name, the next look tries again. */
  private synchronized boolean isAttached() {
    if (left || line != null) {
      return !left;
    }
    try {
      line = registry.attach(connection);
      return true;
    } catch (JarvisException taken) {
      if (!refusalTold) {
        refusalTold = true;
        registry.unusable(settings.configuration(), taken.getMessage());
      }
      return false;
    }
  }

  private synchronized void tell(Consumer<Attachment> news) {
    if (!left && line != null) {
      news.accept(line);
    }
  }

  void leave(DetachReason reason) {
    synchronized (this) {
      left = true;
      if (line != null) {
        line.detach(reason);
      }
    }
    schedule.shutdownNow();
    tasks.leave();
  }
}

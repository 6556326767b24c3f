package org.jarvis.extensions;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jarvis.api.persistence.ConsentStore.StoredConsent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What runs, what should not any more but has not ended, and why something cannot; and how the one
 * becomes the other. Not safe for several threads.
 */
final class RunningExtensions {
  private static final Logger LOG = LoggerFactory.getLogger(RunningExtensions.class);

  private final BundleHost host;
  private final PrivateCopies copies;
  private final ConsentBook consents;
  private final Decisions decisions;
  private final boolean safeMode;

  /** What runs, by symbolic name. */
  private final Map<String, Running> running = new HashMap<>();

  /** What should not run any more but has not ended, by symbolic name. */
  private final Map<String, Hanging> hanging = new HashMap<>();

  /** Why it cannot run, by id. */
  private final Map<String, BundleHost.HostingException> failures = new HashMap<>();

  /**
   * What runs.
   *
   * @param file from which file
   */
  record Running(Jar jar, String file) {}

  /**
   * What has not ended.
   *
   * @param file from which file it ran
   * @param reason what the host says
   */
  record Hanging(Jar jar, String file, String reason) {}

  RunningExtensions(
      BundleHost host,
      PrivateCopies copies,
      ConsentBook consents,
      Decisions decisions,
      boolean safeMode) {
    this.host = host;
    this.copies = copies;
    this.consents = consents;
    this.decisions = decisions;
    this.safeMode = safeMode;
  }

  /** Whether Jarvis runs without extensions. */
  boolean safeMode() {
    return safeMode;
  }

  /** What runs under a symbolic name. */
  @Nullable Running running(String symbolicName) {
    return running.get(symbolicName);
  }

  /** All that runs. */
  Collection<Running> running() {
    return List.copyOf(running.values());
  }

  /** What has not ended under a symbolic name. */
  @Nullable Hanging hanging(String symbolicName) {
    return hanging.get(symbolicName);
  }

  /** All that has not ended. */
  Collection<Hanging> hanging() {
    return List.copyOf(hanging.values());
  }

  /** Why a jar could not run. */
  BundleHost.@Nullable HostingException failure(String id) {
    return failures.get(id);
  }

  /** A jar may be tried again. */
  void forgive(String id) {
    failures.remove(id);
  }

  /** Whether this very jar runs or may run. */
  boolean decidedFor(Jar jar) {
    Running present = running.get(jar.symbolicName());
    return (present != null && present.jar().id().equals(jar.id()))
        || consents.about(jar.id()).filter(StoredConsent::granted).isPresent();
  }

  /** Lets go of what has ended meanwhile. */
  void letGo() {
    hanging.values().removeIf(this::ended);
  }

  /** Also when nobody can tell what was consented to: taking a file away always ends it. */
  void stopWhatHasNoFile(DroppedJars dropped, Map<String, Jar> jars) {
    for (Running present : List.copyOf(running.values())) {
      boolean wanted =
          dropped.occupied(present.file(), present.jar().symbolicName())
              || jars.values().stream()
                  .anyMatch(jar -> jar.symbolicName().equals(present.jar().symbolicName()));
      if (!wanted) {
        stop(present);
      }
    }
  }

  private void stop(Running present) {
    running.remove(present.jar().symbolicName());
    try {
      host.remove(present.jar());
    } catch (BundleHost.HostingException failure) {
      LOG.error("{} {}", present.jar().symbolicName(), failure.reason());
      if (host.presence(present.jar()) != BundleHost.Presence.NONE) {
        hangs(present, failure);
      }
    }
  }

  private void hangs(Running present, BundleHost.HostingException failure) {
    hanging.put(
        present.jar().symbolicName(), new Hanging(present.jar(), present.file(), failure.reason()));
  }

  /** Whether nothing is left of it; what does not hang is removed on the way. */
  private boolean ended(Hanging before) {
    try {
      host.remove(before.jar());
    } catch (BundleHost.HostingException failure) {
      LOG.debug("{} {}", before.jar().symbolicName(), failure.reason());
    }
    return host.presence(before.jar()) == BundleHost.Presence.NONE;
  }

  /** Starts what may run, and stops what may not any more. */
  void run(Map<String, Jar> jars) {
    Set<String> names = new HashSet<>(running.keySet());
    jars.values().stream()
        .filter(jar -> !jar.symbolicName().isEmpty())
        .forEach(jar -> names.add(jar.symbolicName()));
    boolean changed = false;
    for (String name : names) {
      changed |= run(name, jars);
    }
    if (changed) {
      // What lacked something may have it now.
      failures.values().removeIf(BundleHost.HostingException::lacking);
    }
  }

  /** Runs the version that was consented to last; true when another one runs now. */
  private boolean run(String name, Map<String, Jar> jars) {
    if (hanging.containsKey(name)) {
      return false;
    }
    Running present = running.get(name);
    for (StoredConsent consent : consents.grantedFor(name)) {
      if (present != null && present.jar().id().equals(consent.sha256())) {
        return false;
      }
      if (safeMode || failures.containsKey(consent.sha256())) {
        continue;
      }
      Optional<Map.Entry<String, Jar>> file =
          jars.entrySet().stream()
              .filter(entry -> entry.getValue().id().equals(consent.sha256()))
              .findFirst();
      Optional<Jar> jar =
          file.isPresent() ? file.map(Map.Entry::getValue) : copies.find(consent.sha256());
      if (jar.isEmpty() || jar.get().objection() != null) {
        continue;
      }
      Running next = new Running(jar.get(), file.map(Map.Entry::getKey).orElse(""));
      if (start(present, next)) {
        running.put(name, next);
        decisions.takeBackOthers(consent);
        return true;
      }
      if (hanging.containsKey(name)) {
        return false;
      }
      present = running.get(name);
    }
    boolean stillAllowed =
        present != null
            && consents.about(present.jar().id()).filter(StoredConsent::granted).isPresent();
    if (present != null && !stillAllowed) {
      stop(present);
    }
    return false;
  }

  private boolean start(@Nullable Running present, Running next) {
    Jar jar = next.jar();
    try {
      BundleHost.Content content = () -> copies.open(jar.id());
      if (present == null) {
        host.start(jar, content);
      } else {
        Jar old = present.jar();
        host.replace(old, () -> copies.open(old.id()), jar, content);
      }
      LOG.info("Extension {} {} runs.", jar.symbolicName(), jar.version());
      return true;
    } catch (BundleHost.HostingException failure) {
      failures.put(jar.id(), failure);
      LOG.error(
          "Extension {} {} cannot run. {}", jar.symbolicName(), jar.version(), failure.reason());
      takeStock(present, next, failure);
    }
    return false;
  }

  /** After a failure: the version before runs again, or nothing does, or something hangs. */
  private void takeStock(
      @Nullable Running present, Running next, BundleHost.HostingException failure) {
    BundleHost.Presence presence = host.presence(next.jar());
    if (presence == BundleHost.Presence.RUNS && present != null) {
      return;
    }
    running.remove(next.jar().symbolicName());
    if (presence != BundleHost.Presence.NONE) {
      hangs(present == null ? next : present, failure);
    }
  }
}

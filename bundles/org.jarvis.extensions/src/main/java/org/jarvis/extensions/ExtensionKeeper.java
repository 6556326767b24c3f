package org.jarvis.extensions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.FieldError;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.extension.Extension;
import org.jarvis.api.extension.Extensions;
import org.jarvis.api.health.ComponentHealth;
import org.jarvis.api.health.HealthContributor;
import org.jarvis.api.text.InertText;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets dropped-in jars run once a person has consented to them.
 *
 * <p>A consent is for exactly the bytes of a jar. Of several versions of one extension, known by
 * their symbolic name, one runs: the one that was consented to last. As soon as it runs, the
 * consents to the others are taken back, so that going back to an earlier version asks again. A
 * running version goes on while a newer one waits, and ends when no file of it is left.
 *
 * <p>Safe from any thread: one round at a time, and readers see the outcome of the last one.
 */
final class ExtensionKeeper implements Extensions, HealthContributor {
  private static final Logger LOG = LoggerFactory.getLogger(ExtensionKeeper.class);
  private static final int SHORT_FINGERPRINT = 16;
  private static final String COMPONENT = "extensions";
  private static final String LEFTOVERS =
      "Something that ran before Jarvis looked after extensions anew does not end; restart Jarvis.";

  private final DropFolder folder;
  private final PrivateCopies copies;
  private final ConsentBook consents;
  private final BundleHost host;
  private final Announcer announcer;
  private final Decisions decisions;
  private final DroppedJars dropped;
  private final RunningExtensions running;
  private final ExtensionViews views;

  private boolean cleared;
  private Set<String> retained = Set.of();
  private volatile List<Extension> published = List.of();
  private volatile @Nullable String trouble;

  ExtensionKeeper(
      Clock clock,
      DropFolder folder,
      PrivateCopies copies,
      ConsentBook consents,
      BundleHost host,
      Announcer announcer,
      boolean safeMode) {
    this.folder = folder;
    this.copies = copies;
    this.consents = consents;
    this.host = host;
    this.announcer = announcer;
    this.decisions = new Decisions(clock, consents);
    this.dropped = new DroppedJars(copies, host);
    this.running = new RunningExtensions(host, copies, consents, decisions, safeMode);
    this.views = new ExtensionViews(running, consents);
  }

  @Override
  public List<Extension> all() {
    return published;
  }

  @Override
  public Optional<Extension> find(String id) {
    return published.stream().filter(extension -> extension.id().equals(id)).findFirst();
  }

  @Override
  public ComponentHealth health() {
    String wrong = trouble;
    long failed = count(Extension.State.FAILED);
    String detail =
        count(Extension.State.RUNNING)
            + " run, "
            + count(Extension.State.AWAITING_CONSENT)
            + " wait for a person's consent, "
            + failed
            + " cannot run.";
    boolean well = wrong == null && failed == 0;
    return new ComponentHealth(
        COMPONENT,
        well ? ComponentHealth.Status.UP : ComponentHealth.Status.DEGRADED,
        wrong == null ? detail : detail + " " + wrong);
  }

  private long count(Extension.State state) {
    return published.stream().filter(extension -> extension.state() == state).count();
  }

  /** Looks into the folder, and does what follows from it. */
  synchronized void look() {
    if (!host.ready()) {
      return;
    }
    if (!cleared) {
      cleared = host.clear();
    }
    try {
      dropped.takeUp(folder.look(), running::forgive);
      settle();
    } catch (IOException | UncheckedIOException unreadable) {
      trouble = "The folder for extensions, or Jarvis's copies of them, cannot be used.";
      LOG.warn("{} or the copies of what lies there: {}", folder.path(), unreadable.toString());
    }
  }

  @Override
  public synchronized Extension decide(
      String id, boolean granted, boolean pinSigner, Principal person, String address) {
    if (!person.isPerson()) {
      throw new JarvisException(
          ErrorCode.PERSON_REQUIRED,
          "Only a person in a browser session can decide about an extension.");
    }
    Extension extension = find(id).orElseThrow(() -> unknown(id));
    if (extension.state() == Extension.State.UNACCEPTABLE) {
      throw new JarvisException(
          ErrorCode.CONFLICT, extension.file() + " can never run: " + extension.reason());
    }
    if (granted && pinSigner && extension.signer() == null) {
      throw new JarvisException(
          ErrorCode.INVALID_INPUT,
          extension.file() + " is not signed, so there is no signer to pin.",
          List.of(new FieldError("pinSigner", "needs a signed jar")));
    }
    decisions.decide(extension, granted, pinSigner, person, address);
    running.forgive(id);
    settle();
    return find(id).orElseThrow(() -> unknown(id));
  }

  private static JarvisException unknown(String id) {
    return new JarvisException(
        ErrorCode.NOT_FOUND,
        "There is no extension "
            + InertText.line(id, 2 * SHORT_FINGERPRINT)
            + ". Its file may have been replaced or taken away.");
  }

  /** Brings what runs in line with the files and the consents. */
  private void settle() {
    running.letGo();
    String unknown = readConsents();
    Map<String, Jar> jars = dropped.judged(running::decidedFor);
    running.stopWhatHasNoFile(dropped, jars);
    if (unknown == null) {
      decisions.trustPinnedSigners(jars);
      running.run(jars);
      tidy(needed(jars));
    }
    trouble = unknown == null && !cleared ? LEFTOVERS : unknown;
    published = views.describe(jars, unknown);
    if (unknown == null) {
      announcer.tell(published);
    }
  }

  private @Nullable String readConsents() {
    try {
      consents.read();
      return null;
    } catch (JarvisException unavailable) {
      return unavailable.getMessage();
    }
  }

  /** Only once all files are known: a copy may belong to a version that one of them replaces. */
  private void tidy(Set<String> needed) {
    if (!dropped.unsettled() && !needed.equals(retained)) {
      copies.retain(needed);
      retained = needed;
    }
  }

  /** The copies that are still of use. */
  private Set<String> needed(Map<String, Jar> jars) {
    Set<String> needed = new HashSet<>();
    running.running().forEach(present -> needed.add(present.jar().id()));
    for (Jar jar : jars.values()) {
      needed.add(jar.id());
      consents.grantedFor(jar.symbolicName()).forEach(consent -> needed.add(consent.sha256()));
    }
    return needed;
  }
}

package org.jarvis.extensions;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jarvis.api.text.InertText;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Runs extensions in the OSGi framework. Whatever may run an extension's code, its stop included,
 * happens on a thread of its own that is given a limited time, so that an extension that hangs
 * holds up nobody but itself.
 *
 * <p>Bundles are started transiently: the framework never starts one by itself at its next start,
 * before anybody has looked at the consents.
 */
final class FrameworkHost implements BundleHost {
  private static final Logger LOG = LoggerFactory.getLogger(FrameworkHost.class);
  private static final String PREFIX = "jarvis-extension:";
  private static final int LONGEST_REASON = 300;
  private static final Pattern PACKAGE = Pattern.compile("osgi\\.wiring\\.package=([\\w.]+)");
  private static final Pattern CAPABILITY = Pattern.compile("\\] ([\\w.]+); (\\(\\S+\\))");

  private final BundleContext context;
  private final Duration patience;
  private final Duration grace;

  /** Those whose code does not come back, by symbolic name. */
  private final Map<String, Thread> stuck = new HashMap<>();

  /** What an earlier life left, known once it was looked for. */
  private @Nullable List<Bundle> leftovers;

  /**
   * A host.
   *
   * @param patience how long a start or a stop may take
   * @param grace how long one that took too long may take to heed its interruption
   */
  FrameworkHost(BundleContext context, Duration patience, Duration grace) {
    this.context = context;
    this.patience = patience;
    this.grace = grace;
  }

  @Override
  public boolean ready() {
    Bundle system = context.getBundle(0);
    int needed = context.getBundle().adapt(BundleStartLevel.class).getStartLevel();
    return system.getState() == Bundle.ACTIVE
        && system.adapt(FrameworkStartLevel.class).getStartLevel() >= needed;
  }

  @Override
  public boolean heldUpWhileLeaving() {
    return context.getBundle(0).getState() == Bundle.STOPPING
        && Arrays.stream(context.getBundles()).anyMatch(FrameworkHost::isExtension);
  }

  @Override
  public Set<String> ownNames() {
    Set<String> names = new HashSet<>();
    own().forEach(bundle -> names.add(String.valueOf(bundle.getSymbolicName())));
    return names;
  }

  @Override
  public Set<String> ownPackages() {
    Set<String> packages = new HashSet<>();
    own()
        .map(bundle -> bundle.adapt(BundleRevision.class))
        .filter(revision -> revision != null)
        .flatMap(
            revision ->
                revision.getDeclaredCapabilities(PackageNamespace.PACKAGE_NAMESPACE).stream())
        .forEach(capability -> packages.add(packageOf(capability)));
    return packages;
  }

  private static String packageOf(BundleCapability capability) {
    return String.valueOf(capability.getAttributes().get(PackageNamespace.PACKAGE_NAMESPACE));
  }

  private Stream<Bundle> own() {
    return Arrays.stream(context.getBundles()).filter(bundle -> !isExtension(bundle));
  }

  static boolean isExtension(Bundle bundle) {
    return bundle.getLocation().startsWith(PREFIX);
  }

  @Override
  public Presence presence(Jar jar) {
    if (hangs(jar.symbolicName())) {
      return Presence.STAYS;
    }
    Bundle bundle = find(jar);
    if (bundle == null) {
      return Presence.NONE;
    }
    return bundle.getState() == Bundle.ACTIVE ? Presence.RUNS : Presence.STAYS;
  }

  @Override
  public boolean clear() {
    List<Bundle> found = leftovers;
    boolean again = found != null;
    if (found == null) {
      found =
          new ArrayList<>(
              Arrays.stream(context.getBundles()).filter(FrameworkHost::isExtension).toList());
      leftovers = found;
    }
    for (Bundle bundle : found) {
      String name = String.valueOf(bundle.getSymbolicName());
      if (!hangs(name) && bundle.getState() != Bundle.UNINSTALLED) {
        try {
          within(name, "its stop", bundle::uninstall, bundle);
        } catch (HostingException | BundleException failure) {
          LOG.atLevel(again ? Level.DEBUG : Level.WARN)
              .log("{} of an earlier life stays: {}", bundle, failure.getMessage());
        }
      }
    }
    found.removeIf(
        bundle ->
            bundle.getState() == Bundle.UNINSTALLED
                && !hangs(String.valueOf(bundle.getSymbolicName())));
    refresh();
    return found.isEmpty();
  }

  @Override
  public void start(Jar jar, Content content) throws HostingException {
    refuseStuck(jar);
    makeRoom(jar);
    Bundle bundle = null;
    try {
      try (ReadToEnd bytes = new ReadToEnd(content.open())) {
        bundle = context.installBundle(PREFIX + jar.symbolicName(), bytes);
        bytes.require();
      }
      requireAsShown(bundle, jar);
      run(bundle, jar);
    } catch (IOException unreadable) {
      discard(bundle, jar);
      throw unusable(unreadable);
    } catch (BundleException failure) {
      discard(bundle, jar);
      throw translated(failure);
    } catch (HostingException failure) {
      discard(bundle, jar);
      throw failure;
    }
  }

  /** What is installed where something is already is what was there before. */
  private void makeRoom(Jar jar) throws HostingException {
    remove(jar);
    if (find(jar) != null) {
      throw new HostingException(
          "What was there of it before cannot be removed. Restart Jarvis to be rid of it.", false);
    }
  }

  @Override
  public void replace(Jar old, Content oldContent, Jar jar, Content content)
      throws HostingException {
    refuseStuck(jar);
    Bundle bundle = find(jar);
    if (bundle == null) {
      start(jar, content);
      return;
    }
    try {
      exchange(bundle, jar, content);
    } catch (HostingException failure) {
      restore(bundle, old, oldContent, failure);
      throw failure;
    } catch (BundleException failure) {
      HostingException reason = translated(failure);
      restore(bundle, old, oldContent, reason);
      throw reason;
    }
  }

  private void exchange(Bundle bundle, Jar jar, Content content)
      throws HostingException, BundleException {
    within(jar.symbolicName(), "its stop", () -> bundle.stop(Bundle.STOP_TRANSIENT), bundle);
    try (ReadToEnd bytes = new ReadToEnd(content.open())) {
      bundle.update(bytes);
      bytes.require();
    } catch (IOException unreadable) {
      throw unusable(unreadable);
    }
    // Before anything can be wired to it.
    requireAsShown(bundle, jar);
    refresh();
    run(bundle, jar);
  }

  private void restore(Bundle bundle, Jar old, Content content, HostingException failure)
      throws HostingException {
    if (stuck.containsKey(old.symbolicName())) {
      return;
    }
    try {
      exchange(bundle, old, content);
    } catch (HostingException | BundleException again) {
      LOG.warn("{} cannot go back to {}: {}", bundle, old.version(), again.getMessage());
      discard(bundle, old);
      throw new HostingException(
          failure.reason() + " The version before it could not be started again either.", false);
    }
  }

  private void run(Bundle bundle, Jar jar) throws HostingException, BundleException {
    within(jar.symbolicName(), "its start", () -> bundle.start(Bundle.START_TRANSIENT), bundle);
  }

  /** Refuses a bundle of which the framework understood something else than a person was shown. */
  private void requireAsShown(Bundle bundle, Jar jar) throws HostingException {
    BundleRevision revision = bundle.adapt(BundleRevision.class);
    if (revision == null
        || (revision.getTypes() & BundleRevision.TYPE_FRAGMENT) != 0
        || !jar.symbolicName().equals(bundle.getSymbolicName())
        || !jar.version().equals(bundle.getVersion())) {
      throw new HostingException(
          "The framework reads its manifest in another way than it was shown for consent.", false);
    }
    Ties ties = Ties.of(revision);
    if (!ties.equals(jar.ties())) {
      LOG.error("{} was shown otherwise: {}", bundle, ties.difference(jar.ties()));
      throw new HostingException(
          "The framework reads its manifest in another way than it was shown for consent: "
              + InertText.line(String.join(", ", ties.difference(jar.ties())), LONGEST_REASON)
              + ".",
          false);
    }
    Set<String> taken = ownPackages();
    for (String name : ties.exports()) {
      if (JarInspector.reserved(name) || taken.contains(name)) {
        throw new HostingException(
            "It exports the package "
                + InertText.line(name, LONGEST_REASON)
                + ", which belongs to Jarvis or to what it is built on.",
            false);
      }
    }
  }

  @Override
  public void remove(Jar jar) throws HostingException {
    refuseStuck(jar);
    Bundle bundle = find(jar);
    if (bundle == null) {
      return;
    }
    try {
      within(jar.symbolicName(), "its stop", bundle::uninstall, bundle);
      refresh();
    } catch (BundleException failure) {
      throw translated(failure);
    }
  }

  private @Nullable Bundle find(Jar jar) {
    return context.getBundle(PREFIX + jar.symbolicName());
  }

  /** Leaves nothing of a bundle that could not be started. */
  private void discard(@Nullable Bundle bundle, Jar jar) {
    if (bundle == null || stuck.containsKey(jar.symbolicName())) {
      return;
    }
    try {
      within(jar.symbolicName(), "its stop", bundle::uninstall, bundle);
      refresh();
    } catch (HostingException | BundleException failure) {
      LOG.warn("{} cannot be removed: {}", bundle, failure.getMessage());
    }
  }

  private void refuseStuck(Jar jar) throws HostingException {
    if (hangs(jar.symbolicName())) {
      throw new HostingException(
          "Its code still hangs from before. Restart Jarvis to be rid of it.", false);
    }
    stuck.remove(jar.symbolicName());
  }

  private boolean hangs(String name) {
    Thread thread = stuck.get(name);
    return thread != null && thread.isAlive();
  }

  /** Something that runs code of an extension. */
  private interface Step {
    void run() throws BundleException;
  }

  private void within(String name, String what, Step step, Bundle bundle)
      throws HostingException, BundleException {
    AtomicBoolean abandoned = new AtomicBoolean();
    AtomicReference<@Nullable Throwable> outcome = new AtomicReference<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                step.run();
              } catch (Throwable failure) { // NOPMD: foreign code may throw whatever it likes.
                outcome.set(failure);
              } finally {
                if (abandoned.get()) {
                  uninstallAtLast(bundle);
                }
              }
            },
            "jarvis-extension-" + name);
    thread.setDaemon(true);
    thread.start();
    if (!ended(thread, patience)) {
      thread.interrupt();
      if (!ended(thread, grace)) {
        abandoned.set(true);
        stuck.put(name, thread);
        throw new HostingException(
            capitalised(what)
                + " did not end within "
                + patience.toSeconds()
                + " s, and it does not let itself be interrupted. It may go on in the background"
                + " until Jarvis is restarted; take its file away first.",
            false);
      }
      throw new HostingException(
          capitalised(what) + " did not end within " + patience.toSeconds() + " s.", false);
    }
    rethrow(outcome.get());
  }

  private static void rethrow(@Nullable Throwable failure) throws BundleException {
    if (failure instanceof BundleException known) {
      throw known;
    }
    if (failure != null) {
      throw new BundleException("It threw " + failure, failure);
    }
  }

  /** The code came back after all: nothing is left of it now. */
  private static void uninstallAtLast(Bundle bundle) {
    try {
      bundle.uninstall();
      LOG.info("{} has come back at last, and was removed.", bundle);
    } catch (BundleException | IllegalStateException gone) {
      LOG.debug("{} is gone already.", bundle, gone);
    }
  }

  /** Waits also when interrupted: half of a step is what must not be left behind. */
  private static boolean ended(Thread thread, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    boolean interrupted = false;
    for (long left = limit.toNanos(); left > 0 && thread.isAlive(); ) {
      try {
        thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)));
      } catch (InterruptedException later) {
        interrupted = true;
      }
      left = deadline - System.nanoTime();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return !thread.isAlive();
  }

  /**
   * Lets go of what old versions of extensions left. Never touches a bundle that is no extension:
   * if one has come to depend on an extension, the leftovers stay until Jarvis restarts.
   */
  private void refresh() {
    FrameworkWiring wiring = context.getBundle(0).adapt(FrameworkWiring.class);
    List<Bundle> leftovers = new ArrayList<>();
    for (Bundle bundle : wiring.getRemovalPendingBundles()) {
      if (isExtension(bundle)) {
        leftovers.add(bundle);
      }
    }
    if (leftovers.isEmpty()) {
      return;
    }
    Collection<Bundle> affected = wiring.getDependencyClosure(leftovers);
    if (affected.stream().allMatch(FrameworkHost::isExtension)) {
      CountDownLatch done = new CountDownLatch(1);
      wiring.refreshBundles(leftovers, event -> done.countDown());
      awaitQuietly(done);
    } else {
      LOG.info("What extensions left stays until the next start: {} depend on it.", affected);
    }
  }

  private void awaitQuietly(CountDownLatch done) {
    try {
      if (!done.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("The framework takes long to let go of what extensions left.");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static HostingException unusable(IOException failure) {
    LOG.error("The copy of an extension cannot be used.", failure);
    return new HostingException(
        "Jarvis's own copy of it cannot be used. Drop the file in again.", false);
  }

  private static HostingException translated(BundleException failure) {
    String message = String.valueOf(failure.getMessage());
    if (failure.getType() == BundleException.RESOLVE_ERROR) {
      Matcher name = PACKAGE.matcher(message);
      if (name.find()) {
        return new HostingException(
            "It needs the package "
                + InertText.line(name.group(1), LONGEST_REASON)
                + ", which nobody offers here in a version that fits.",
            true);
      }
      Matcher capability = CAPABILITY.matcher(message);
      return new HostingException(
          "It needs something that nobody offers here: "
              + InertText.line(
                  capability.find() ? capability.group(1) + " " + capability.group(2) : message,
                  LONGEST_REASON)
              + ".",
          true);
    }
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    String text = cause.getMessage() == null ? "" : ": " + cause.getMessage();
    return new HostingException(
        InertText.line(
            "Its start failed with " + cause.getClass().getSimpleName() + text, LONGEST_REASON),
        false);
  }

  private static String capitalised(String what) {
    return Character.toUpperCase(what.charAt(0)) + what.substring(1);
  }
}

package org.jarvis.extensions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jarvis.api.auth.Origin;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.FieldError;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.extension.Extension;
import org.jarvis.api.extension.Extension.Signer;
import org.jarvis.api.extension.Extensions;
import org.jarvis.api.health.ComponentHealth;
import org.jarvis.api.health.HealthContributor;
import org.jarvis.api.persistence.AuditEntry;
import org.jarvis.api.persistence.ConsentStore.StoredConsent;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;
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
  private static final Duration STILL_COPYING = Duration.ofSeconds(5);
  private static final int LONGEST_FILE = 120;
  private static final int SHORT_FINGERPRINT = 16;
  private static final String ACTOR = "extensions";
  private static final String LEFTOVERS =
      "Something that ran before Jarvis looked after extensions anew does not end; restart Jarvis.";

  private final Clock clock;
  private final DropFolder folder;
  private final PrivateCopies copies;
  private final ConsentBook consents;
  private final BundleHost host;
  private final Announcer announcer;
  private final boolean safeMode;

  /** What lies in the folder, by file name. */
  private final Map<String, Dropped> dropped = new TreeMap<>();

  /** What runs, by symbolic name. */
  private final Map<String, Running> running = new HashMap<>();

  /** What should not run any more but has not ended, by symbolic name. */
  private final Map<String, Hanging> hanging = new HashMap<>();

  /** Why it cannot run, by id. */
  private final Map<String, BundleHost.HostingException> failures = new HashMap<>();

  private boolean cleared;

  /** Whether a file is still being written, so that not everything that lies there is known. */
  private boolean unsettled;

  private Set<String> retained = Set.of();
  private volatile List<Extension> published = List.of();
  private volatile @Nullable String trouble;

  private record Dropped(String stamp, Jar jar) {}

  private record Running(Jar jar, String file) {}

  private record Hanging(Jar jar, String file, String reason) {}

  ExtensionKeeper(
      Clock clock,
      DropFolder folder,
      PrivateCopies copies,
      ConsentBook consents,
      BundleHost host,
      Announcer announcer,
      boolean safeMode) {
    this.clock = clock;
    this.folder = folder;
    this.copies = copies;
    this.consents = consents;
    this.host = host;
    this.announcer = announcer;
    this.safeMode = safeMode;
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
        ACTOR,
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
      takeUp(folder.look());
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
    Signer signer = extension.signer();
    if (granted && pinSigner && signer == null) {
      throw new JarvisException(
          ErrorCode.INVALID_INPUT,
          extension.file() + " is not signed, so there is no signer to pin.",
          List.of(new FieldError("pinSigner", "needs a signed jar")));
    }
    Instant now = clock.instant();
    consents.put(
        new StoredConsent(
            id,
            extension.symbolicName(),
            extension.version(),
            granted,
            granted && pinSigner && signer != null ? signer.fingerprint() : null,
            person.name(),
            now),
        new AuditEntry(
            now,
            person.name(),
            Origin.BROWSER.word() + " " + address,
            granted ? "extension.approved" : "extension.rejected",
            id,
            detail(extension.symbolicName(), extension.version(), pinSigner ? signer : null)));
    failures.remove(id);
    settle();
    return find(id).orElseThrow(() -> unknown(id));
  }

  private static JarvisException unknown(String id) {
    return new JarvisException(
        ErrorCode.NOT_FOUND,
        "There is no extension "
            + PlainText.of(id, 2 * SHORT_FINGERPRINT)
            + ". Its file may have been replaced or taken away.");
  }

  /**
   * JSON without a library: the texts are symbolic names, versions and hex, which need no escape.
   */
  private static String detail(String symbolicName, String version, @Nullable Signer pinned) {
    return "{\"symbolicName\":\""
        + symbolicName
        + "\",\"version\":\""
        + version
        + "\""
        + (pinned == null ? "" : ",\"pinnedSigner\":\"" + pinned.fingerprint() + "\"")
        + "}";
  }

  private void takeUp(List<DropFolder.Drop> drops) throws IOException {
    Set<String> names = new HashSet<>();
    unsettled = false;
    for (DropFolder.Drop drop : drops) {
      names.add(drop.name());
      Dropped before = dropped.get(drop.name());
      if (before != null && before.stamp().equals(drop.stamp())) {
        continue;
      }
      if (!drop.settled()) {
        unsettled = true;
        continue;
      }
      Jar jar = take(drop);
      boolean complete =
          !JarInspector.UNREADABLE.equals(jar.objection())
              || drop.steadyFor().compareTo(STILL_COPYING) >= 0;
      if (complete) {
        dropped.put(drop.name(), new Dropped(drop.stamp(), jar));
        failures.remove(jar.id());
      }
      unsettled |= !complete;
    }
    dropped.keySet().retainAll(names);
  }

  private Jar take(DropFolder.Drop drop) throws IOException {
    try {
      return copies.take(drop);
    } catch (FileSystemException unreadable) {
      if (String.valueOf(unreadable.getFile()).equals(drop.path().toString())) {
        return PrivateCopies.unread(drop, "It cannot be read: check whose file it is.");
      }
      throw unreadable;
    }
  }

  /** Brings what runs in line with the files and the consents. */
  private void settle() {
    hanging.values().removeIf(this::ended);
    String unknown = readConsents();
    Map<String, Jar> jars = judged();
    stopWhatHasNoFile(jars);
    if (unknown == null) {
      trustPinnedSigners(jars);
      run(jars);
      tidy(needed(jars));
    }
    trouble = unknown == null && !cleared ? LEFTOVERS : unknown;
    published = describe(jars, unknown);
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

  /** The jars in the folder by file name, each content once, with what is said against them. */
  private Map<String, Jar> judged() {
    if (dropped.isEmpty()) {
      return Map.of();
    }
    Set<String> names = host.ownNames();
    Set<String> packages = host.ownPackages();
    Map<String, Jar> jars = new TreeMap<>();
    Set<String> seen = new HashSet<>();
    dropped.forEach(
        (file, drop) -> {
          if (seen.add(drop.jar().id())) {
            jars.put(file, judged(drop.jar(), names, packages));
          }
        });
    jars.replaceAll((file, jar) -> ambiguous(file, jar, jars));
    return jars;
  }

  private static Jar judged(Jar jar, Set<String> names, Set<String> packages) {
    if (jar.objection() != null) {
      return jar;
    }
    if (names.contains(jar.symbolicName())) {
      return jar.refused(
          "A part that Jarvis is made of has the symbolic name " + jar.symbolicName() + ".");
    }
    return jar.exports().stream()
        .filter(packages::contains)
        .findFirst()
        .map(
            name ->
                jar.refused(
                    "It exports the package "
                        + name
                        + ", which a part that Jarvis is made of offers already."))
        .orElse(jar);
  }

  private Jar ambiguous(String file, Jar jar, Map<String, Jar> jars) {
    if (jar.objection() != null || decidedFor(jar)) {
      return jar;
    }
    return jars.entrySet().stream()
        .filter(
            other ->
                !other.getKey().equals(file)
                    && other.getValue().symbolicName().equals(jar.symbolicName())
                    && other.getValue().version().equals(jar.version()))
        .findFirst()
        .map(
            other ->
                jar.refused(
                    PlainText.of(other.getKey(), LONGEST_FILE)
                        + " has the same symbolic name and version, but another content. Take one"
                        + " of them away."))
        .orElse(jar);
  }

  private boolean decidedFor(Jar jar) {
    Running present = running.get(jar.symbolicName());
    return (present != null && present.jar().id().equals(jar.id()))
        || consents.about(jar.id()).filter(StoredConsent::granted).isPresent();
  }

  /** Also when nobody can tell what was consented to: taking a file away always ends it. */
  private void stopWhatHasNoFile(Map<String, Jar> jars) {
    for (Running present : List.copyOf(running.values())) {
      boolean wanted =
          occupied(present)
              || jars.values().stream()
                  .anyMatch(jar -> jar.symbolicName().equals(present.jar().symbolicName()));
      if (!wanted) {
        stop(present);
      }
    }
  }

  /** Whether its file is there still, or something in its place that is no other extension. */
  private boolean occupied(Running present) {
    Dropped there = dropped.get(present.file());
    return there != null
        && (there.jar().symbolicName().isEmpty()
            || there.jar().symbolicName().equals(present.jar().symbolicName()));
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

  /** A higher version by a signer that a person has pinned for it needs nobody's consent. */
  private void trustPinnedSigners(Map<String, Jar> jars) {
    List<Jar> upwards =
        jars.values().stream()
            .filter(jar -> jar.objection() == null && consents.about(jar.id()).isEmpty())
            .sorted(Comparator.comparing(Jar::version))
            .toList();
    for (Jar jar : upwards) {
      Signer signer = jar.signer();
      Optional<StoredConsent> pin = consents.grantedFor(jar.symbolicName()).stream().findFirst();
      if (signer == null
          || pin.isEmpty()
          || !signer.fingerprint().equals(pin.get().signer())
          || jar.version().compareTo(version(pin.get())) <= 0) {
        continue;
      }
      Instant now = clock.instant();
      try {
        consents.put(
            new StoredConsent(
                jar.id(),
                jar.symbolicName(),
                jar.version().toString(),
                true,
                signer.fingerprint(),
                pin.get().decidedBy(),
                now),
            new AuditEntry(
                now,
                ACTOR,
                "signer " + signer.fingerprint(),
                "extension.approved-by-signer",
                jar.id(),
                detail(jar.symbolicName(), jar.version().toString(), signer)));
      } catch (JarvisException unavailable) {
        LOG.warn("{} waits: {}", jar.symbolicName(), unavailable.getMessage());
        return;
      }
    }
  }

  private static Version version(StoredConsent consent) {
    return Version.parseVersion(consent.version());
  }

  private void run(Map<String, Jar> jars) {
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
        takeBackOthers(consent);
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

  private void takeBackOthers(StoredConsent kept) {
    for (StoredConsent other : consents.grantedFor(kept.symbolicName())) {
      if (other.sha256().equals(kept.sha256())) {
        continue;
      }
      try {
        consents.remove(
            other.sha256(),
            new AuditEntry(
                clock.instant(),
                ACTOR,
                "extension " + kept.sha256(),
                "extension.superseded",
                other.sha256(),
                detail(other.symbolicName(), other.version(), null)));
      } catch (JarvisException unavailable) {
        LOG.warn("The consent to {} stays: {}", other.sha256(), unavailable.getMessage());
        return;
      }
    }
  }

  /** Only once all files are known: a copy may belong to a version that one of them replaces. */
  private void tidy(Set<String> needed) {
    if (!unsettled && !needed.equals(retained)) {
      copies.retain(needed);
      retained = needed;
    }
  }

  /** The copies that are still of use. */
  private Set<String> needed(Map<String, Jar> jars) {
    Set<String> needed = new HashSet<>();
    running.values().forEach(present -> needed.add(present.jar().id()));
    for (Jar jar : jars.values()) {
      needed.add(jar.id());
      consents.grantedFor(jar.symbolicName()).forEach(consent -> needed.add(consent.sha256()));
    }
    return needed;
  }

  private List<Extension> describe(Map<String, Jar> jars, @Nullable String unknown) {
    Set<String> inFolder = new HashSet<>();
    jars.values().forEach(jar -> inFolder.add(jar.id()));
    Stream<Extension> files =
        jars.entrySet().stream().map(entry -> describe(entry.getKey(), entry.getValue(), unknown));
    Stream<Extension> replaced =
        running.values().stream()
            .filter(present -> !inFolder.contains(present.jar().id()))
            .map(
                present ->
                    view(
                        present.file(),
                        present.jar(),
                        Extension.State.RUNNING,
                        "Its file was replaced. It runs until the version that is there now has"
                            + " taken its place, or no file of it is left."));
    Stream<Extension> ending =
        hanging.values().stream()
            .filter(before -> !inFolder.contains(before.jar().id()))
            .map(
                before ->
                    view(before.file(), before.jar(), Extension.State.FAILED, before.reason()));
    return Stream.of(files, replaced, ending)
        .flatMap(extensions -> extensions)
        .sorted(Comparator.comparing(Extension::file).thenComparing(Extension::id))
        .toList();
  }

  private Extension describe(String file, Jar jar, @Nullable String unknown) {
    Running present = running.get(jar.symbolicName());
    if (present != null && present.jar().id().equals(jar.id())) {
      return view(file, jar, Extension.State.RUNNING, null);
    }
    Hanging before = hanging.get(jar.symbolicName());
    if (before != null && before.jar().id().equals(jar.id())) {
      return view(file, jar, Extension.State.FAILED, before.reason());
    }
    if (jar.objection() != null) {
      return view(file, jar, Extension.State.UNACCEPTABLE, jar.objection());
    }
    if (unknown != null) {
      return view(file, jar, Extension.State.AWAITING_CONSENT, unknown);
    }
    Optional<StoredConsent> consent = consents.about(jar.id());
    if (consent.isEmpty()) {
      return view(file, jar, Extension.State.AWAITING_CONSENT, null);
    }
    if (!consent.get().granted()) {
      return view(file, jar, Extension.State.REJECTED, "A person rejected it.");
    }
    if (safeMode) {
      return view(
          file, jar, Extension.State.FAILED, "Jarvis runs in safe mode, without extensions.");
    }
    BundleHost.HostingException failure = failures.get(jar.id());
    String waiting =
        before == null
            ? "It is about to be started."
            : "It waits for the end of another version. " + before.reason();
    return view(file, jar, Extension.State.FAILED, failure == null ? waiting : failure.reason());
  }

  private Extension view(String file, Jar jar, Extension.State state, @Nullable String reason) {
    Running present = running.get(jar.symbolicName());
    Optional<StoredConsent> consent = consents.about(jar.id());
    return new Extension(
        jar.id(),
        PlainText.of(file, LONGEST_FILE),
        jar.symbolicName(),
        jar.symbolicName().isEmpty() ? "" : jar.version().toString(),
        jar.title(),
        jar.description(),
        jar.size(),
        jar.signer(),
        jar.asks(),
        present == null || present.jar().id().equals(jar.id()) ? null : present.jar().id(),
        state,
        reason,
        consent.map(StoredConsent::decidedBy).orElse(null),
        consent.map(StoredConsent::decidedAt).orElse(null));
  }
}

package org.jarvis.extensions;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jarvis.api.extension.Extension;
import org.jarvis.api.persistence.ConsentStore.StoredConsent;
import org.jspecify.annotations.Nullable;

/** How extensions are shown. */
final class ExtensionViews {
  private final RunningExtensions extensions;
  private final ConsentBook consents;

  ExtensionViews(RunningExtensions extensions, ConsentBook consents) {
    this.extensions = extensions;
    this.consents = consents;
  }

  /**
   * Everything that lies in the folder, runs or has not ended, by file name.
   *
   * @param unknown why nobody can tell what was consented to, {@code null} when known
   */
  List<Extension> describe(Map<String, Jar> jars, @Nullable String unknown) {
    Set<String> inFolder = new HashSet<>();
    jars.values().forEach(jar -> inFolder.add(jar.id()));
    Stream<Extension> files =
        jars.entrySet().stream().map(entry -> describe(entry.getKey(), entry.getValue(), unknown));
    Stream<Extension> replaced =
        extensions.running().stream()
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
        extensions.hanging().stream()
            .filter(before -> !inFolder.contains(before.jar().id()))
            .map(
                before ->
                    view(before.file(), before.jar(), Extension.State.FAILED, before.reason()));
    return Stream.of(files, replaced, ending)
        .flatMap(some -> some)
        .sorted(Comparator.comparing(Extension::file).thenComparing(Extension::id))
        .toList();
  }

  private Extension describe(String file, Jar jar, @Nullable String unknown) {
    RunningExtensions.Running present = extensions.running(jar.symbolicName());
    if (present != null && present.jar().id().equals(jar.id())) {
      return view(file, jar, Extension.State.RUNNING, null);
    }
    RunningExtensions.Hanging before = extensions.hanging(jar.symbolicName());
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
    if (extensions.safeMode()) {
      return view(
          file, jar, Extension.State.FAILED, "Jarvis runs in safe mode, without extensions.");
    }
    BundleHost.HostingException failure = extensions.failure(jar.id());
    String waiting =
        before == null
            ? "It is about to be started."
            : "It waits for the end of another version. " + before.reason();
    return view(file, jar, Extension.State.FAILED, failure == null ? waiting : failure.reason());
  }

  private Extension view(String file, Jar jar, Extension.State state, @Nullable String reason) {
    RunningExtensions.Running present = extensions.running(jar.symbolicName());
    Optional<StoredConsent> consent = consents.about(jar.id());
    return new Extension(
        jar.id(),
        DroppedJars.plain(file),
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

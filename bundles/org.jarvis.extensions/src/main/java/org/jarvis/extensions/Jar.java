package org.jarvis.extensions;

import java.util.List;
import java.util.Set;
import org.jarvis.api.extension.Extension.Signer;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;

/**
 * What was found in a jar, before any of it is loaded. Its texts are plain and bounded.
 *
 * @param id the SHA-256 of its bytes, in lower-case hex
 * @param size in bytes
 * @param symbolicName the bundle's symbolic name, empty where it has none
 * @param version the bundle's version
 * @param name what it calls itself
 * @param description what it says about itself
 * @param signer who signed all of it
 * @param ties what it offers to others and needs of them
 * @param asks what it wants, in sentences
 * @param objection why it can never run, {@code null} when it may
 */
record Jar(
    String id,
    long size,
    String symbolicName,
    Version version,
    String name,
    @Nullable String description,
    @Nullable Signer signer,
    Ties ties,
    List<String> asks,
    @Nullable String objection) {
  Jar {
    asks = List.copyOf(asks);
  }

  /** A file of which no more is known than that it can never run. */
  static Jar unacceptable(String id, long size, String objection) {
    return new Jar(
        id, size, "", Version.emptyVersion, "", null, null, Ties.none(), List.of(), objection);
  }

  /** This jar, with a reason why it can never run. */
  Jar refused(String why) {
    return new Jar(id, size, symbolicName, version, name, description, signer, ties, asks, why);
  }

  /** The packages that it would offer to others. */
  Set<String> exports() {
    return ties.exports();
  }

  /** What to call it. */
  String title() {
    return name.isEmpty() ? symbolicName : name;
  }
}

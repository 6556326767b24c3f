package org.jarvis.lab.pve;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The versions of Proxmox VE that the lab can claim to be. */
@SuppressWarnings("ImmutableEnumChecker") // Every set is one of Set.of, which the type cannot say.
public enum Release {
  /** Version 9. */
  NINE(
      "9",
      "9.2.11",
      "9.2",
      "5e6f1a2b3c4d",
      "6.17.4-1-pve",
      "#1 SMP PREEMPT_DYNAMIC PMX 6.17.4-1 (2025-12-03T15:42Z)",
      Set.of("VM.Monitor")),
  /** Version 8. */
  EIGHT(
      "8",
      "8.4.5",
      "8.4",
      "57892e8e686cb35b",
      "6.8.12-11-pve",
      "#1 SMP PREEMPT_DYNAMIC PMX 6.8.12-11 (2025-05-22T09:39Z)",
      Set.of("VM.GuestAgent.Audit")),
  /** Version 7. */
  SEVEN(
      "7",
      "7.4-20",
      "7.4",
      "f98bf8d4",
      "5.15.158-2-pve",
      "#1 SMP PVE 5.15.158-2 (2024-07-24T13:38Z)",
      Set.of("VM.GuestAgent.Audit", "Mapping.Audit"));

  private final String word;
  private final String version;
  private final String series;
  private final String repository;
  private final String kernel;
  private final String kernelBuild;
  private final Set<String> unknownPrivileges;

  Release(
      String word,
      String version,
      String series,
      String repository,
      String kernel,
      String kernelBuild,
      Set<String> unknownPrivileges) {
    this.word = word;
    this.version = version;
    this.series = series;
    this.repository = repository;
    this.kernel = kernel;
    this.kernelBuild = kernelBuild;
    this.unknownPrivileges = unknownPrivileges;
  }

  /** The release of a major version's number, such as {@code 8}. */
  public static Optional<Release> named(String word) {
    for (Release release : values()) {
      if (release.word.equals(word)) {
        return Optional.of(release);
      }
    }
    return Optional.empty();
  }

  /** The major version's number. */
  public String word() {
    return word;
  }

  /** Its kernel. */
  public String kernel() {
    return kernel;
  }

  /** How its kernel was built. */
  public String kernelBuild() {
    return kernelBuild;
  }

  /** The version as a node's status tells it. */
  public String manager() {
    return "pve-manager/" + version + "/" + repository;
  }

  /** Whether its errors have their reason in the body of plain JSON, too. */
  boolean saysWhy() {
    return this == NINE;
  }

  /** Whether it has a privilege of this name. */
  boolean knows(String privilege) {
    return !unknownPrivileges.contains(privilege);
  }

  /** The reply of {@code /version}. */
  Map<String, Object> fields() {
    return new Row()
        .put("version", version)
        .put("release", series)
        .put("repoid", repository)
        .fields();
  }
}

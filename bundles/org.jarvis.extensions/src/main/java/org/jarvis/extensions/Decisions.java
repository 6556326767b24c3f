package org.jarvis.extensions;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jarvis.api.auth.Origin;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.extension.Extension;
import org.jarvis.api.extension.Extension.Signer;
import org.jarvis.api.persistence.AuditEntry;
import org.jarvis.api.persistence.ConsentStore.StoredConsent;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How consents come about and end, each with its audit entry. */
final class Decisions {
  private static final Logger LOG = LoggerFactory.getLogger(Decisions.class);
  private static final String ACTOR = "extensions";

  private final Clock clock;
  private final ConsentBook consents;

  Decisions(Clock clock, ConsentBook consents) {
    this.clock = clock;
    this.consents = consents;
  }

  /** Stores what a person decided. */
  void decide(
      Extension extension, boolean granted, boolean pinSigner, Principal person, String address) {
    Signer signer = extension.signer();
    String id = extension.id();
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

  /** A higher version by a signer that a person has pinned for it needs nobody's consent. */
  void trustPinnedSigners(Map<String, Jar> jars) {
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

  /** The consents to other versions end as soon as this one runs. */
  void takeBackOthers(StoredConsent kept) {
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
}

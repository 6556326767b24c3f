package org.jarvis.api.safety;

import java.util.Locale;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.Whereabouts;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Tells where Jarvis itself runs relative to each cluster. What the cluster's configuration says
 * counts first, then what a person stated, then what Jarvis found out. The safety bundle provides
 * the one service. Answers from memory; safe from any thread.
 */
@ProviderType
public interface OwnPlace {
  /** What counts for a cluster now; unknown where there is no such cluster. */
  Standing standing(ClusterId cluster);

  /**
   * Takes a person's statement. Once this returns it is durable and in the audit log.
   *
   * @param cluster the cluster
   * @param place where Jarvis runs; {@link Whereabouts.Unknown} takes the statement back
   * @param principal who states it: anybody but a person is refused with {@code PERSON_REQUIRED}
   * @param address the person's network address, for the record
   * @return what counts from now on
   * @throws org.jarvis.api.error.JarvisException with {@code PERSON_REQUIRED}, {@code NOT_FOUND}
   *     for an unknown cluster, {@code INVALID_INPUT} for a guest that it does not have, {@code
   *     CONFLICT} where its configuration states it already, or {@code STORAGE_UNAVAILABLE}
   */
  Standing state(ClusterId cluster, Whereabouts place, Principal principal, String address);

  /**
   * What counts for a cluster.
   *
   * @param whereabouts where Jarvis runs
   * @param source who says so
   * @param reason why, in one sentence for people
   */
  record Standing(Whereabouts whereabouts, Source source, String reason) {}

  /** Who says where Jarvis runs. */
  enum Source {
    /** The cluster's configuration. */
    CONFIGURATION,
    /** A person, in Jarvis. */
    PERSON,
    /** Jarvis, by comparing its machine with the cluster's guests. */
    DISCOVERY,
    /** Nobody. */
    NOBODY;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The word at the edges. */
    public String word() {
      return word;
    }
  }
}

package org.jarvis.api.connector;

import java.time.Instant;
import java.util.List;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.resource.ClusterId;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The certificates of clusters' members, and people's consent to them. The core provides the one
 * service, and keeps the consents. Methods block as {@link ClusterTrust#certificates} does, and
 * fail with a {@link org.jarvis.api.error.JarvisException}: {@code NOT_FOUND} for a cluster or
 * member that Jarvis does not know, {@code CONNECTOR_MISSING} where its connector is away.
 */
@ProviderType
public interface ClusterCertificates {
  /**
   * A person's consent.
   *
   * @param fingerprint what the member may show
   * @param by the person
   * @param at when
   */
  record Consent(String fingerprint, String by, Instant at) {}

  /**
   * A certificate, and whether somebody consented to one of its member.
   *
   * @param certificate what the member shows now
   * @param consent to what somebody consented; {@code null} for nobody
   */
  record Seen(MemberCertificate certificate, @Nullable Consent consent) {}

  /** What the members of a cluster show at this moment. */
  List<Seen> show(ClusterId cluster);

  /**
   * Consents to the certificate that a member shows, in place of one that was consented to before,
   * too; the audit log has both. The member is asked once more what it shows.
   *
   * @param address which member, as in {@link MemberCertificate#address}
   * @param fingerprint the one that the person saw
   * @param typed the member's {@link MemberCertificate#name}, as the person typed it
   * @param person who consents; only a person in a browser session may
   * @throws org.jarvis.api.error.JarvisException {@code PERSON_REQUIRED} for anybody else, {@code
   *     TYPED_NAME_WRONG}, {@code CONFLICT} where the member shows another or none now, is trusted
   *     anyway, or the configuration says what it may show; {@code STORAGE_UNAVAILABLE} where it
   *     cannot be recorded. Then nothing is trusted that was not
   */
  void accept(
      ClusterId cluster, String address, String fingerprint, String typed, Principal person);

  /**
   * Takes a consent back: the system's authorities decide about the member again.
   *
   * @throws org.jarvis.api.error.JarvisException {@code PERSON_REQUIRED}, {@code NOT_FOUND} where
   *     there is no consent, {@code STORAGE_UNAVAILABLE}
   */
  void forget(ClusterId cluster, String address, Principal person);
}

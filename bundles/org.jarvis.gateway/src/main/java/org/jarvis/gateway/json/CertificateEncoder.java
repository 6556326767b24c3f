package org.jarvis.gateway.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.jarvis.api.connector.ClusterCertificates.Consent;
import org.jarvis.api.connector.ClusterCertificates.Seen;
import org.jarvis.api.connector.MemberCertificate;
import org.jarvis.api.connector.MemberCertificate.Shown;

/** Tells of the certificates of clusters' members. */
public final class CertificateEncoder {
  private CertificateEncoder() {}

  /** One member's; what is not known is {@code null}. */
  public static ObjectNode encode(Seen seen) {
    MemberCertificate certificate = seen.certificate();
    ObjectNode json =
        Json.object()
            .put("address", certificate.address())
            .put("name", certificate.name())
            .put("node", certificate.node() == null ? null : certificate.node().value())
            .put("configured", certificate.configured())
            .put("standing", word(certificate.standing()))
            .put("trusted", certificate.standing().isTrusted())
            .put("inConfiguration", certificate.inConfiguration())
            .put("line", certificate.line())
            .put("reason", certificate.reason());
    ArrayNode expected = json.putArray("expected");
    certificate.expected().forEach(expected::add);
    Shown shown = certificate.shown();
    if (shown == null) {
      json.putNull("shown");
    } else {
      json.putObject("shown")
          .put("fingerprint", shown.fingerprint())
          .put("subject", shown.subject())
          .put("issuer", shown.issuer())
          .put("from", Json.time(shown.from()))
          .put("until", Json.time(shown.until()));
    }
    Consent consent = seen.consent();
    if (consent == null) {
      json.putNull("consent");
    } else {
      json.putObject("consent")
          .put("fingerprint", consent.fingerprint())
          .put("by", consent.by())
          .put("at", Json.time(consent.at()));
    }
    return json;
  }

  private static String word(MemberCertificate.Standing standing) {
    return standing.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

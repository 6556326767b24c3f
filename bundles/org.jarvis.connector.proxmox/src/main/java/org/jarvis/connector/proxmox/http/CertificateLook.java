package org.jarvis.connector.proxmox.http;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jarvis.api.connector.MemberCertificate;
import org.jarvis.api.connector.MemberCertificate.Shown;
import org.jarvis.api.connector.MemberCertificate.Standing;
import org.jarvis.api.text.InertText;
import org.jspecify.annotations.Nullable;

/**
 * Looks which certificates members show. It shakes hands as every request does, with a client of
 * its own, so that no connection stands already, and asks without the token, so that nobody learns
 * anything by it.
 */
final class CertificateLook {
  private static final int LONGEST_NAME = 200;

  private final Access access;
  private final ConsentedCertificates consents;
  private final Timeouts timeouts;
  private final HttpClient http;
  private final ConnectionFailures failures;

  /**
   * @param http a client that nothing else uses
   */
  CertificateLook(
      Access access, ConsentedCertificates consents, Timeouts timeouts, HttpClient http) {
    this.access = access;
    this.consents = consents;
    this.timeouts = timeouts;
    this.http = http;
    this.failures = new ConnectionFailures(access);
  }

  /** What a member shows. Never fails. */
  CompletableFuture<MemberCertificate> at(Member member) {
    URI address = member.address();
    HttpRequest request =
        HttpRequest.newBuilder(address.resolve("/")).timeout(timeouts.answer()).GET().build();
    return http.sendAsync(request, BodyHandlers.discarding())
        .handle(
            (response, failure) ->
                failure == null ? trusted(member, response) : refused(member, failure));
  }

  private MemberCertificate trusted(Member member, HttpResponse<Void> response) {
    Optional<X509Certificate> shown = response.sslSession().flatMap(CertificateLook::leaf);
    if (shown.isEmpty()) {
      return seen(member, Standing.SILENT, null, null, "It shows no certificate.");
    }
    return seen(member, standing(member, Fingerprint.of(shown.get())), shown.get(), null, null);
  }

  private static Optional<X509Certificate> leaf(SSLSession session) {
    try {
      Certificate first = session.getPeerCertificates()[0];
      return first instanceof X509Certificate known ? Optional.of(known) : Optional.empty();
    } catch (SSLPeerUnverifiedException none) {
      return Optional.empty();
    }
  }

  /** By whose word it is trusted. */
  private Standing standing(Member member, Fingerprint shown) {
    String host = member.address().getHost();
    if (!access.pinned(host) && consents.of(host, member.address().getPort()) != null) {
      return Standing.CONSENTED;
    }
    return access.pinsFor(host).contains(shown) ? Standing.PINNED : Standing.VOUCHED;
  }

  private MemberCertificate refused(Member member, Throwable failure) {
    String host = member.address().getHost();
    String reason = failures.of(host, failure, false).getMessage();
    Optional<UntrustedCertificateException> untrusted =
        ConnectionFailures.cause(failure, UntrustedCertificateException.class);
    if (untrusted.isEmpty()) {
      return seen(member, Standing.SILENT, null, null, reason);
    }
    String sha256 = untrusted.get().fingerprint();
    return switch (untrusted.get().reason()) {
      case UNKNOWN ->
          seen(
              member,
              Standing.UNKNOWN,
              untrusted.get().certificate(),
              access.lineWith(host, sha256, !member.configured()),
              reason);
      case OTHER_NAME ->
          seen(
              member,
              Standing.OTHER_NAME,
              untrusted.get().certificate(),
              access.lineWith(host, sha256, !member.configured()),
              reason);
      case CHANGED ->
          seen(
              member,
              Standing.CHANGED,
              untrusted.get().certificate(),
              access.lineInsteadOf(host, sha256),
              reason);
    };
  }

  private MemberCertificate seen(
      Member member,
      Standing standing,
      @Nullable X509Certificate shown,
      @Nullable String line,
      @Nullable String reason) {
    URI address = member.address();
    return new MemberCertificate(
        address.toString(),
        address.getHost(),
        member.node(),
        member.configured(),
        standing,
        shown == null ? null : shown(shown),
        expected(address),
        access.pinned(address.getHost()),
        line,
        reason);
  }

  private List<String> expected(URI address) {
    Fingerprint consented = consents.of(address.getHost(), address.getPort());
    if (access.pinned(address.getHost())) {
      return access.pinsFor(address.getHost()).stream().map(Fingerprint::value).sorted().toList();
    }
    return consented == null ? List.of() : List.of(consented.value());
  }

  private static Shown shown(X509Certificate certificate) {
    return new Shown(
        Fingerprint.of(certificate).value(),
        InertText.marked(certificate.getSubjectX500Principal().getName(), LONGEST_NAME),
        InertText.marked(certificate.getIssuerX500Principal().getName(), LONGEST_NAME),
        certificate.getNotBefore().toInstant(),
        certificate.getNotAfter().toInstant());
  }
}

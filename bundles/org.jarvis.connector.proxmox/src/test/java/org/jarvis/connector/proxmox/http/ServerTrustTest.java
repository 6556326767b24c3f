package org.jarvis.connector.proxmox.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.security.KeyStore;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jarvis.api.auth.Secret;
import org.jarvis.connector.proxmox.FakeMember;
import org.jarvis.connector.proxmox.TestCertificate;
import org.junit.jupiter.api.Test;

class ServerTrustTest {
  /**
   * Shakes hands as an HTTPS client does, trusting the server's own certificate as an authority.
   */
  private static void shakeHands(TestCertificate certificate, Set<Fingerprint> pins)
      throws Exception {
    shakeHands(certificate, pins, Map.of());
  }

  private static void shakeHands(
      TestCertificate certificate, Set<Fingerprint> pins, Map<String, Set<Fingerprint>> pinsOf)
      throws Exception {
    Access access =
        new Access(new ApiToken("jarvis@pve!ro", Secret.of("s")), pins, pinsOf, "etc/x.cfg");
    KeyStore authorities = KeyStore.getInstance("PKCS12");
    authorities.load(null, null);
    authorities.setCertificateEntry("authority", certificate.certificate());
    SSLContext context = ServerTrust.context(access, new ConsentedCertificates(), authorities);
    try (FakeMember member = new FakeMember(certificate);
        SSLSocket socket =
            (SSLSocket)
                context.getSocketFactory().createSocket("127.0.0.1", member.address().getPort())) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
      socket.startHandshake();
    }
  }

  @Test
  void anAuthoritysCertificateForTheRightNameIsTrusted() throws Exception {
    shakeHands(TestCertificate.make("127.0.0.1"), Set.of());
  }

  @Test
  void anAuthoritysCertificateForAnotherNameIsNot() {
    Throwable refused = catchThrowable(() -> shakeHands(TestCertificate.make(), Set.of()));

    assertThat(refused).isInstanceOf(SSLHandshakeException.class);
    assertThat(refused.getCause())
        .isInstanceOfSatisfying(
            UntrustedCertificateException.class,
            cause ->
                assertThat(cause.reason())
                    .isEqualTo(UntrustedCertificateException.Reason.OTHER_NAME));
  }

  @Test
  void whereACertificateIsPinnedNoAuthorityCounts() {
    Throwable refused =
        catchThrowable(
            () ->
                shakeHands(
                    TestCertificate.make("127.0.0.1"),
                    Set.of(TestCertificate.make().fingerprint())));

    assertThat(refused).isInstanceOf(IOException.class);
    assertThat(refused.getCause())
        .isInstanceOfSatisfying(
            UntrustedCertificateException.class,
            cause ->
                assertThat(cause.reason()).isEqualTo(UntrustedCertificateException.Reason.CHANGED));
  }

  @Test
  void aPinForAnotherAddressLeavesThisOneToTheAuthorities() throws Exception {
    Map<String, Set<Fingerprint>> elsewhere =
        Map.of("192.168.1.11", Set.of(TestCertificate.make().fingerprint()));

    shakeHands(TestCertificate.make("127.0.0.1"), Set.of(), elsewhere);

    Throwable refused =
        catchThrowable(() -> shakeHands(TestCertificate.make(), Set.of(), elsewhere));
    assertThat(refused.getCause())
        .isInstanceOfSatisfying(
            UntrustedCertificateException.class,
            cause ->
                assertThat(cause.reason())
                    .isEqualTo(UntrustedCertificateException.Reason.OTHER_NAME));
  }

  @Test
  void whereACertificateIsPinnedForTheAddressNoAuthorityCounts() {
    Throwable refused =
        catchThrowable(
            () ->
                shakeHands(
                    TestCertificate.make("127.0.0.1"),
                    Set.of(),
                    Map.of("127.0.0.1", Set.of(TestCertificate.make().fingerprint()))));

    assertThat(refused.getCause())
        .isInstanceOfSatisfying(
            UntrustedCertificateException.class,
            cause ->
                assertThat(cause.reason()).isEqualTo(UntrustedCertificateException.Reason.CHANGED));
  }
}

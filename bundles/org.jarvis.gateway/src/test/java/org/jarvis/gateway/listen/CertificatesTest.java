package org.jarvis.gateway.listen;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificatesTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant LATER = NOW.plus(Duration.ofDays(60));

  @TempDir Path folder;
  private Certificates certificates;

  @BeforeEach
  void make() {
    certificates =
        new Certificates(
            new HouseCertificate(folder.resolve("tls")), Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private static ListenSettings with(PemFiles own) {
    return new ListenSettings(
        List.of(new Listener("0.0.0.0", 8480, true)), Set.of(), own, true, List.of());
  }

  private static void touch(Path file) throws Exception {
    Files.setLastModifiedTime(
        file,
        java.nio.file.attribute.FileTime.from(
            Files.getLastModifiedTime(file).toInstant().plusSeconds(5)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a..b", ".a", "a.", "a-.b", "-a.b", "a_b", "a b", "*.a"})
  void leavesOutHostNamesThatAreNone(String wrong) {
    ListenSettings settings =
        new ListenSettings(
            List.of(new Listener("0.0.0.0", 8480, true)),
            Set.of("jarvis.test", "x".repeat(64) + ".test", wrong),
            null,
            true,
            List.of());
    Identity shown = certificates.choose(settings);

    assertThat(HouseCertificate.namesOf(shown.certificate()))
        .contains("jarvis.test", "localhost")
        .doesNotContain(wrong)
        .noneMatch(name -> name.contains("xxx") || name.contains("%"));
    make();
    assertThat(certificates.choose(settings).fingerprint()).isEqualTo(shown.fingerprint());
  }

  @Test
  void showsTheUsersOwnCertificate() throws Exception {
    for (Pem pem : List.of(Pem.rsa(LATER), Pem.ec(LATER))) {
      make();
      Identity shown = certificates.choose(with(pem.in(folder)));
      assertThat(shown.own()).isTrue();
      assertThat(shown.endsAt()).isEqualTo(LATER);
      assertThat(certificates.complaint()).isNull();
    }
  }

  @Test
  void takesUpARenewedCertificate() throws Exception {
    PemFiles files = Pem.ec(LATER).in(folder);
    Identity first = certificates.choose(with(files));
    Pem.ec(LATER.plus(Duration.ofDays(60))).in(folder);
    touch(files.certificate());
    assertThat(certificates.choose(with(files)).fingerprint()).isNotEqualTo(first.fingerprint());
  }

  @Test
  void staysWithTheLastGoodCertificateWhileItsFilesAreWrong() throws Exception {
    PemFiles files = Pem.ec(LATER).in(folder);
    Identity good = certificates.choose(with(files));
    Files.writeString(files.certificate(), "half a fi");
    assertThat(certificates.choose(with(files)).fingerprint()).isEqualTo(good.fingerprint());
    assertThat(certificates.complaint())
        .contains("tls.certificate", files.certificate().toString(), "BEGIN CERTIFICATE");
    Pem.ec(LATER).in(folder);
    touch(files.certificate());
    assertThat(certificates.choose(with(files)).own()).isTrue();
    assertThat(certificates.complaint()).isNull();
  }

  @Test
  void showsASelfGeneratedCertificateRatherThanNoneWhenTheKeyIsAnotherOnes() throws Exception {
    PemFiles files = Pem.ec(LATER).in(folder);
    String certificate = Files.readString(files.certificate());
    Pem.ec(LATER).in(folder);
    Files.writeString(files.certificate(), certificate);
    assertThat(certificates.choose(with(files)).own()).isFalse();
    assertThat(certificates.complaint())
        .contains(
            "etc/org.jarvis.gateway.cfg", "tls.key", files.key().toString(), "belong together");
  }

  @Test
  void saysThatAKeyHasAPasswordIsMissingOrIsNone() throws Exception {
    PemFiles files = Pem.ec(LATER).in(folder);
    Files.writeString(files.key(), Pem.keyWithAPassword());
    certificates.choose(with(files));
    assertThat(certificates.complaint()).contains("tls.key", "password");
    Files.writeString(files.key(), "nothing");
    touch(files.key());
    certificates.choose(with(files));
    assertThat(certificates.complaint()).contains("tls.key", "BEGIN PRIVATE KEY");
    Files.delete(files.key());
    certificates.choose(with(files));
    assertThat(certificates.complaint()).contains("tls.key", "cannot be read");
  }

  @Test
  void refusesACertificateThatHasEnded() throws Exception {
    certificates.choose(with(Pem.ec(NOW.minusSeconds(60)).in(folder)));
    assertThat(certificates.complaint()).contains("tls.certificate", "ended on");
  }

  @Test
  void warnsBeforeTheUsersCertificateEnds() throws Exception {
    Identity shown = certificates.choose(with(Pem.ec(NOW.plus(Duration.ofDays(9))).in(folder)));
    assertThat(shown.own()).isTrue();
    assertThat(certificates.complaint()).contains("tls.certificate", "ends on");
  }

  @Test
  void returnsToTheSelfGeneratedOneWhenTheUsersIsNoLongerConfigured() throws Exception {
    certificates.choose(with(Pem.ec(LATER).in(folder)));
    assertThat(certificates.choose(with(null)).own()).isFalse();
    assertThat(certificates.complaint()).isNull();
  }
}

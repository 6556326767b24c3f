package org.jarvis.gateway.listen;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HouseCertificateTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Set<String> NAMES = Set.of("localhost", "127.0.0.1", "::1");

  @TempDir Path data;
  private Path folder;

  @BeforeEach
  void choose() {
    folder = data.resolve("tls");
  }

  private Identity get(Set<String> names, Instant now) {
    return new HouseCertificate(folder).get(names, now);
  }

  @Test
  void showsTheSameCertificateAfterARestart() {
    Identity first = get(NAMES, NOW);
    assertThat(get(NAMES, NOW.plus(Duration.ofDays(700))).fingerprint())
        .isEqualTo(first.fingerprint())
        .matches("(?:[0-9A-F]{2}:){31}[0-9A-F]{2}");
    assertThat(first.own()).isFalse();
  }

  @Test
  void holdsTheNamesOfThisMachineAndThoseThatAreAskedFor() {
    Identity identity = get(Set.of("localhost", "127.0.0.1", "192.0.2.7", "jarvis.test"), NOW);
    assertThat(HouseCertificate.namesOf(identity.certificate()))
        .contains("localhost", "127.0.0.1", "192.0.2.7", "jarvis.test")
        .containsAll(
            Certificates.machine().stream()
                .map(name -> Listener.isAddress(name) ? Listener.canonical(name) : name)
                .toList());
  }

  @Test
  void isForItsOwnUserAlone() throws Exception {
    get(NAMES, NOW);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
    for (String file : Set.of("server.p12", "server.password")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file))))
          .as(file)
          .isEqualTo("rw-------");
    }
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("server.p12", "server.password");
  }

  @Test
  void isRenewedBeforeItEnds() {
    Identity first = get(NAMES, NOW);
    Instant late = first.endsAt().minus(Duration.ofDays(29));
    Identity second = get(NAMES, late);
    assertThat(second.fingerprint()).isNotEqualTo(first.fingerprint());
    assertThat(second.endsAt()).isAfter(late.plus(Duration.ofDays(800)));
  }

  @Test
  void isMadeAnewForANameThatItDoesNotHold() {
    Identity first = get(NAMES, NOW);
    Identity second = get(Set.of("localhost", "192.0.2.7"), NOW);
    assertThat(second.fingerprint()).isNotEqualTo(first.fingerprint());
  }

  @Test
  void isMadeAnewWhenItCannotBeRead() throws Exception {
    Identity first = get(NAMES, NOW);
    Files.writeString(folder.resolve("server.password"), "another");
    Identity second = get(NAMES, NOW);
    assertThat(second.fingerprint()).isNotEqualTo(first.fingerprint());
    assertThat(get(NAMES, NOW).fingerprint()).isEqualTo(second.fingerprint());
  }

  @Test
  void isThereEvenWhenItCannotBeKept() throws Exception {
    Files.writeString(folder, "a file where the folder should be");
    assertThat(get(NAMES, NOW).fingerprint()).isNotEmpty();
  }

  @Test
  void staysTheSameWhileItCannotBeKeptAndIsKeptAsSoonAsItCan() throws Exception {
    Files.writeString(folder, "a file where the folder should be");
    HouseCertificate house = new HouseCertificate(folder);
    Identity first = house.get(NAMES, NOW);

    assertThat(house.get(NAMES, NOW.plusSeconds(10)).fingerprint()).isEqualTo(first.fingerprint());
    assertThat(house.get(Set.of("localhost"), NOW).fingerprint()).isEqualTo(first.fingerprint());
    assertThat(house.get(Set.of("another.test"), NOW).fingerprint())
        .isNotEqualTo(first.fingerprint());

    Files.delete(folder);
    Identity kept = house.get(Set.of("another.test"), NOW);
    assertThat(get(Set.of("another.test"), NOW).fingerprint()).isEqualTo(kept.fingerprint());
  }

  @Test
  void isRenewedBeforeItEndsAlsoWhileItCannotBeKept() throws Exception {
    Files.writeString(folder, "a file where the folder should be");
    HouseCertificate house = new HouseCertificate(folder);
    Identity first = house.get(NAMES, NOW);

    assertThat(house.get(NAMES, first.endsAt().minus(Duration.ofDays(29))).fingerprint())
        .isNotEqualTo(first.fingerprint());
  }

  @Test
  void isNotMadeAgainAndAgainForANameThatCannotBeReadBack() {
    HouseCertificate house = new HouseCertificate(folder);
    Identity first = house.get(Set.of("localhost", "a..b"), NOW);

    assertThat(house.get(Set.of("localhost", "a..b"), NOW).fingerprint())
        .isEqualTo(first.fingerprint());
  }

  @Test
  void leavesThePresentOneAsItIsWhereThereIsNoRoomForAnother() throws Exception {
    Identity first = get(NAMES, NOW);
    // What cannot be replaced stands in the place of what is written second.
    Files.createDirectories(folder.resolve("server.p12.new").resolve("full"));

    get(Set.of("another.test"), NOW);

    assertThat(get(NAMES, NOW).fingerprint()).isEqualTo(first.fingerprint());
  }

  @Test
  void saysNothingOfItsKey() {
    Identity identity = get(NAMES, NOW);
    assertThat(identity.toString()).isEqualTo("Identity[" + identity.fingerprint() + "]");
  }
}

package org.jarvis.gateway.ready;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jarvis.api.auth.Secret;
import org.jarvis.api.resource.Cluster;
import org.jarvis.gateway.FakeAuthenticator;
import org.jarvis.gateway.FakeCore;
import org.jarvis.gateway.FakeParts;
import org.jarvis.gateway.Home;
import org.jarvis.gateway.Opening;
import org.jarvis.gateway.Parts;
import org.junit.jupiter.api.Test;

class ReadinessTest {
  private static final String URL = "http://127.0.0.1:8480";

  private Instant now = Instant.parse("2026-03-01T12:00:00Z");
  private final Clock clock =
      new Clock() {
        @Override
        public Instant instant() {
          return now;
        }

        @Override
        public ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          return this;
        }
      };
  private final List<String> lines = new ArrayList<>();
  private final FakeParts fakes = new FakeParts();
  private final Parts parts = fakes.parts;
  private final FakeCore core = fakes.core;
  private final FakeAuthenticator auth = fakes.auth;
  private final Opening opening = new Opening();
  private Optional<String> unserved = Optional.empty();
  private List<String> remarks = List.of();
  private boolean answers = true;
  private boolean installed = true;
  private Set<String> configured = Set.of("home");
  private final Readiness readiness =
      new Readiness(
          parts,
          () -> Optional.of(URL),
          url -> answers,
          () -> installed,
          () -> unserved,
          () -> configured,
          () -> remarks,
          opening::done,
          clock,
          this::print);

  private void print(String line) {
    if (line.startsWith("Jarvis is ready")) {
      assertThat(opening.unserved().status())
          .as("to who asks for what nobody serves")
          .isEqualTo(404);
    }
    lines.add(line);
  }

  private void see(Cluster.Connection connection, String reason) {
    core.show(Home.with(Home.cluster(now, connection, reason)));
  }

  @Test
  void waitsUntilTheServerAnswers() {
    see(Cluster.Connection.LIVE, null);
    answers = false;
    now = now.plusSeconds(60);
    assertThat(readiness.step()).isFalse();
    assertThat(lines).isEmpty();
    answers = true;
    assertThat(readiness.step()).isTrue();
    assertThat(lines).containsExactly("Jarvis is ready at " + URL);
  }

  @Test
  void waitsForTheFirstReadingOfEveryConfiguredCluster() {
    readiness.step();
    see(Cluster.Connection.CONNECTING, null);
    readiness.step();
    assertThat(lines).isEmpty();
    see(Cluster.Connection.LIVE, null);
    readiness.step();
    assertThat(lines).containsExactly("Jarvis is ready at " + URL);
  }

  @Test
  void waitsForWhatIsStillBeingInstalled() {
    see(Cluster.Connection.LIVE, null);
    installed = false;
    readiness.step();
    assertThat(lines).isEmpty();
    installed = true;
    readiness.step();
    assertThat(lines).containsExactly("Jarvis is ready at " + URL);
  }

  @Test
  void waitsForEveryPart() {
    see(Cluster.Connection.LIVE, null);
    parts.conversations().remove(fakes.conversations);
    readiness.step();
    assertThat(lines).isEmpty();
    parts.conversations().add(fakes.conversations);
    readiness.step();
    assertThat(lines).containsExactly("Jarvis is ready at " + URL);
  }

  @Test
  void waitsForEveryRoute() {
    see(Cluster.Connection.LIVE, null);
    unserved = Optional.of("Not served: /mcp.");
    readiness.step();
    now = now.plus(Duration.ofMillis(9999));
    readiness.step();
    assertThat(lines).isEmpty();
    unserved = Optional.empty();
    readiness.step();
    assertThat(lines).containsExactly("Jarvis is ready at " + URL);
  }

  @Test
  void namesTheRouteThatDoesNotComeAndIsReadyWithoutIt() {
    see(Cluster.Connection.LIVE, null);
    unserved = Optional.of("Not served: /mcp.");
    readiness.step();
    now = now.plusSeconds(10);
    readiness.step();
    assertThat(lines).containsExactly("Not served: /mcp.", "Jarvis is ready at " + URL);
  }

  @Test
  void waitsTenSecondsAtMostAndSaysWhatIsMissing() {
    configured = Set.of("home", "office");
    see(Cluster.Connection.FAILING, "pve1: the certificate is not trusted.");
    readiness.step();
    now = now.plus(Duration.ofMillis(9999));
    readiness.step();
    assertThat(lines).isEmpty();
    now = now.plusMillis(1);
    readiness.step();
    assertThat(lines)
        .containsExactly(
            "Cluster home is not read yet: pve1: the certificate is not trusted.",
            "Cluster office is configured, but its connector has not taken it up.",
            "Jarvis is ready at " + URL);
  }

  @Test
  void saysWhatToConfigureWhenNothingIs() {
    configured = Set.of();
    readiness.step();
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0))
        .contains("etc/org.jarvis.connector.proxmox-<name>.cfg", "addresses", "tls.fingerprint");
    assertThat(lines.get(1)).isEqualTo("Jarvis is ready at " + URL);
  }

  @Test
  void printsTheSetupTokenOnALineOfItsOwnUntilThereIsAnAccount() {
    see(Cluster.Connection.LIVE, null);
    auth.setupToken = Secret.of("one-time");
    assertThat(readiness.step()).isFalse();
    assertThat(readiness.step()).isFalse();
    assertThat(lines).containsExactly("Jarvis is ready at " + URL, "Setup token: one-time");
    auth.setupToken = null;
    assertThat(readiness.step()).isTrue();
  }

  @Test
  void printsANewTokenWhenTheLoginStartsAfresh() {
    see(Cluster.Connection.LIVE, null);
    auth.setupToken = Secret.of("first");
    readiness.step();
    auth.setupToken = Secret.of("second");
    readiness.step();
    assertThat(lines).endsWith("Setup token: first", "Setup token: second");
  }

  @Test
  void printsTheTokenLaterWhenTheLoginComesLate() {
    see(Cluster.Connection.LIVE, null);
    auth.setupToken = Secret.of("one-time");
    parts.authenticator().remove(auth);
    readiness.step();
    now = now.plusSeconds(10);
    readiness.step();
    assertThat(lines).last().isEqualTo("Jarvis is ready at " + URL);
    parts.authenticator().add(auth);
    readiness.step();
    assertThat(lines).last().isEqualTo("Setup token: one-time");
  }

  @Test
  void saysWhatPeopleShouldKnowBeforeTheyOpenThePage() {
    see(Cluster.Connection.LIVE, null);
    remarks = List.of("SHA-256 4F:00");
    readiness.step();
    assertThat(lines).containsExactly("SHA-256 4F:00", "Jarvis is ready at " + URL);
  }
}

package org.jarvis.connector.proxmox.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jarvis.api.auth.Secret;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.detail.ConnectionDetail;
import org.jarvis.api.resource.detail.ConnectionDetail.Member.State;
import org.jarvis.connector.proxmox.FakeMember;
import org.jarvis.connector.proxmox.Recorded;
import org.jarvis.connector.proxmox.TestCertificate;
import org.jarvis.connector.proxmox.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What counts against a member, and what is one detail's oddness; and who is looked at. */
class MemberJudgementTest {
  private static final TestCertificate CERTIFICATE = TestCertificate.make();
  private static final Duration AGES = Duration.ofMinutes(10);
  private static final Timeouts NEVER = new Timeouts(AGES, AGES, AGES, AGES);
  private static final int OFTEN = 5;
  private static final NodeName PVE1 = new NodeName("pve1");
  private static final NodeName PVE2 = new NodeName("pve2");

  private final TestClock clock = new TestClock();
  private final FakeMember first = well(new FakeMember(CERTIFICATE));
  private final FakeMember second =
      well(new FakeMember(CERTIFICATE, "127.0.0.2", first.address().getPort()));
  private ApiClient client;

  @AfterEach
  void close() {
    client.close();
    first.close();
    second.close();
  }

  private static FakeMember well(FakeMember member) {
    return member
        .on("GET /version", "get-version")
        .on("GET /cluster/status", "get-cluster_status")
        .on("GET /cluster/resources", "get-cluster_resources");
  }

  private void open(FakeMember... members) {
    client =
        new ApiClient(
            "test",
            Arrays.stream(members).map(FakeMember::address).toList(),
            new Access(
                new ApiToken("jarvis@pve!ro", Secret.of("s")),
                Set.of(CERTIFICATE.fingerprint()),
                "etc/home.cfg"),
            NEVER,
            AGES,
            clock);
    client.namesLookedUp().join();
  }

  private ConnectionDetail.Member standing(FakeMember member) {
    return client.members().stream()
        .filter(one -> one.address().equals(member.address().toString()))
        .findFirst()
        .orElseThrow();
  }

  /** One reply, and how a member stands that gave it often, by what it was asked for. */
  private record Case(String name, Supplier<byte[]> reply, State ofCore, State ofDetail) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    byte[] resources = Recorded.reply("get-cluster_resources");
    return Stream.of(
        odd("404", () -> FakeMember.reply(404, "")),
        odd("501", () -> Recorded.reply("501-nosuch")),
        odd("a page", () -> FakeMember.reply(200, "<html>Sign in</html>")),
        odd("broken JSON", () -> FakeMember.reply(200, "{\"data\":[{\"type\":")),
        odd("no data", () -> FakeMember.reply(200, "{}")),
        odd("a cut reply", () -> Arrays.copyOf(resources, resources.length / 2)),
        odd(
            "a redirect",
            () ->
                "HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII)),
        alike("not ready", () -> FakeMember.reply(503, ""), State.RESTING),
        alike(
            "a broken connection",
            () -> "\r\n\r\n".getBytes(StandardCharsets.US_ASCII),
            State.RESTING),
        alike("another node's silence", () -> Recorded.reply("595-offline-node"), State.ANSWERING),
        alike("a refused token", () -> Recorded.reply("401-bad-token"), State.ANSWERING),
        alike("a missing privilege", () -> Recorded.reply("403-ro-start"), State.ANSWERING),
        alike("a refusal", () -> Recorded.reply("500-no-vm"), State.ANSWERING));
  }

  private static Case odd(String name, Supplier<byte[]> reply) {
    return new Case(name, reply, State.RESTING, State.ANSWERING);
  }

  private static Case alike(String name, Supplier<byte[]> reply, State state) {
    return new Case(name, reply, state, state);
  }

  private State after(Case given, ApiPath path) {
    open(first);
    client.get(ApiPath.of("version"));
    first.on("GET " + path, request -> given.reply().get());
    for (int i = 0; i < OFTEN; i++) {
      assertThat(catchThrowable(() -> ApiClient.await(client.readFrom(first.address(), path))))
          .isNotNull();
    }
    return standing(first).state();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void anOddDetailTakesNoMemberOut(Case given) {
    assertThat(after(given, ApiPath.of("nodes", "pve1", "services"))).isEqualTo(given.ofDetail());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void anOddCoreDoes(Case given) {
    for (ApiPath core :
        List.of(
            ApiPath.of("cluster", "status"),
            ApiPath.of("cluster", "resources"),
            ApiPath.of("version"))) {
      assertThat(after(given, core)).as(core + " " + given).isEqualTo(given.ofCore());
      client.close();
      well(first);
    }
  }

  @Test
  void anOddDetailIsAskedOfTheNextMember() {
    first.on("GET /nodes/pve1/services", request -> FakeMember.reply(200, "<html>"));
    second.json("GET /nodes/pve1/services", "[{}]");
    open(first, second);

    for (int i = 0; i < OFTEN; i++) {
      client.get(ApiPath.of("version"));
      assertThat(client.get(ApiPath.of("nodes", "pve1", "services"))).hasSize(1);
    }
    assertThat(standing(first).reason()).isNull();
  }

  private void discover() {
    client.discover(
        new Discovery(
            first.address(),
            PVE1,
            Map.of(PVE1, "127.0.0.1", PVE2, "127.0.0.2"),
            Set.of(PVE1, PVE2)));
  }

  @Test
  void aMemberThatNobodyNeededYetIsLookedAtOnce() {
    open(first);
    discover();

    // Nobody answers yet, so there is somebody better to ask first.
    client.tend().join();
    assertThat(second.requests()).isEmpty();

    client.get(ApiPath.of("cluster", "status"));
    client.tend().join();
    client.tend().join();

    assertThat(second.requests())
        .singleElement()
        .satisfies(request -> assertThat(request.call()).isEqualTo("GET /version"));
    assertThat(standing(second).state()).isEqualTo(State.ANSWERING);
    assertThat(first.requests()).hasSize(1);
  }

  @Test
  void aDeadMemberIsKnownBeforeItIsNeededAndSoIsItsRecovery() {
    second.on("GET /version", request -> FakeMember.reply(503, ""));
    open(first);
    discover();
    client.get(ApiPath.of("cluster", "status"));

    client.tend().join();
    assertThat(standing(second).state()).isEqualTo(State.FAILING);
    assertThat(standing(second).reason()).contains("not ready");
    client.tend().join();
    client.tend().join();
    assertThat(standing(second).state()).isEqualTo(State.RESTING);
    client.tend().join();
    assertThat(second.requests()).hasSize(3);

    second.on("GET /version", "get-version");
    clock.pass(Duration.ofSeconds(5));
    client.tend().join();
    assertThat(standing(second).state()).isEqualTo(State.ANSWERING);
  }

  @Test
  void aMemberThatNobodyNeedsForLongIsLookedAtAgain() {
    open(first, second);
    client.get(ApiPath.of("cluster", "status"));
    client.tend().join();
    assertThat(second.requests()).hasSize(1);

    clock.pass(Duration.ofSeconds(59));
    client.get(ApiPath.of("cluster", "status"));
    client.tend().join();
    assertThat(second.requests()).hasSize(1);
    clock.pass(Duration.ofSeconds(1));
    client.tend().join();
    assertThat(second.requests()).hasSize(2);
  }
}

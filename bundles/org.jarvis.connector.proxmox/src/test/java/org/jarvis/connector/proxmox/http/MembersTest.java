package org.jarvis.connector.proxmox.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPOutputStream;
import org.jarvis.api.auth.Secret;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.detail.ConnectionDetail;
import org.jarvis.api.resource.detail.ConnectionDetail.Member.State;
import org.jarvis.connector.proxmox.FakeMember;
import org.jarvis.connector.proxmox.TestCertificate;
import org.jarvis.connector.proxmox.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which member is asked, and which is left alone. */
class MembersTest {
  private static final TestCertificate CERTIFICATE = TestCertificate.make();
  private static final Duration AGES = Duration.ofMinutes(10);
  private static final Timeouts NEVER = new Timeouts(AGES, AGES, AGES, AGES);
  private static final Duration MOMENT = Duration.ofMillis(800);
  private static final ApiPath STATUS = ApiPath.of("cluster", "status");
  private static final NodeName PVE1 = new NodeName("pve1");
  private static final NodeName PVE2 = new NodeName("pve2");

  private final TestClock clock = new TestClock();
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable closeable : open) {
      closeable.close();
    }
  }

  private FakeMember well(FakeMember member) {
    open.add(member);
    return member.on("GET /version", "get-version").on("GET /cluster/status", "get-cluster_status");
  }

  private FakeMember member() {
    return well(new FakeMember(CERTIFICATE));
  }

  private ApiClient client(Access access, Timeouts timeouts, URI... addresses) {
    return client(access, timeouts, AGES, addresses);
  }

  private ApiClient client(Access access, Timeouts timeouts, Duration moment, URI... addresses) {
    ApiClient client =
        new ApiClient("test", Arrays.asList(addresses), access, timeouts, moment, clock);
    open.add(client);
    return client;
  }

  private ApiClient client(Access access, URI... addresses) {
    return client(access, NEVER, addresses);
  }

  private ApiClient client(URI... addresses) {
    return client(access(Set.of(CERTIFICATE.fingerprint()), Map.of()), addresses);
  }

  private static Access access(Set<Fingerprint> pins, Map<String, Set<Fingerprint>> pinsOf) {
    return new Access(new ApiToken("jarvis@pve!ro", Secret.of("s")), pins, pinsOf, "etc/home.cfg");
  }

  private static JarvisException failure(Runnable call) {
    JarvisException failure = catchThrowableOfType(JarvisException.class, call::run);
    assertThat(failure).isNotNull();
    return failure;
  }

  private static ConnectionDetail.Member standing(ApiClient client, FakeMember member) {
    return client.members().stream()
        .filter(one -> one.address().equals(member.address().toString()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void asksTheNextMemberWhenOneStaysSilentAndStaysWithIt() {
    FakeMember silent = member().on("GET /cluster/status", request -> FakeMember.SILENCE);
    FakeMember second = member();
    ApiClient client =
        client(
            access(Set.of(CERTIFICATE.fingerprint()), Map.of()),
            NEVER,
            MOMENT,
            silent.address(),
            second.address());

    // The time-outs are minutes: only the second member can have answered.
    assertThat(client.get(STATUS).isArray()).isTrue();
    assertThat(client.get(STATUS).isArray()).isTrue();

    assertThat(silent.requests()).hasSize(1);
    assertThat(second.requests()).hasSize(2);
  }

  @Test
  void learnsHowFarTheClocksOfMembersAreOff() {
    FakeMember right = member().tells(clock);
    FakeMember wrong = member().tells(Clock.offset(clock, Duration.ofHours(-1)));
    ApiClient client = client(right.address(), wrong.address());
    client.get(STATUS);
    client.tend().join();
    client.discover(new Discovery(wrong.address(), PVE2, Map.of(), Set.of(PVE2)));

    assertThat(standing(client, right).clockOffset()).isBetween(second(-1), second(1));
    assertThat(standing(client, wrong).clockOffset()).isBetween(second(-3601), second(-3599));
    assertThat(client.clockOffset(PVE2)).isEqualTo(standing(client, wrong).clockOffset());
    assertThat(client.clockOffset(PVE1)).as("nobody tells of it").isEqualTo(Duration.ZERO);
    assertThat(client.times()).extracting(ToldTime::wrong).containsExactly(false, true);
  }

  @Test
  void whileAClockIsWrongAllAreAskedSoThatItIsSeenToBeSetRight() {
    FakeMember first = member().tells(clock);
    FakeMember second = member().tells(clock);
    ApiClient client = client(first.address(), second.address());
    client.get(STATUS);
    client.tend().join();
    client.tend().join();
    assertThat(second.requests()).as("nobody needs it").hasSize(1);

    Clock off = Clock.offset(clock, Duration.ofMinutes(5));
    first.tells(off);
    second.tells(off);
    client.get(STATUS);
    assertThat(client.times()).extracting(ToldTime::wrong).containsExactly(true, false);
    client.tend().join();
    assertThat(client.times()).extracting(ToldTime::wrong).containsExactly(true, true);

    first.tells(clock);
    second.tells(clock);
    client.get(STATUS);
    client.tend().join();
    assertThat(client.times()).extracting(ToldTime::wrong).containsExactly(false, false);
    client.tend().join();
    assertThat(second.requests()).as("nobody needs it any more").hasSize(3);
  }

  @Test
  void whatIsOfAnotherNodeOrNoAnswerTellsNoTime() {
    FakeMember member = member().tells(Clock.offset(clock, Duration.ofHours(1)));
    member.on("GET /nodes/pve2/status", request -> FakeMember.reply(200, "{\"data\":{}}"));
    member.on("GET /cluster/status", request -> FakeMember.reply(503, ""));
    ApiClient client = client(member.address());
    client.get(ApiPath.of("nodes", "pve2", "status"));
    failure(() -> client.get(STATUS));

    assertThat(standing(client, member).clockOffset()).isNull();
  }

  private static Duration second(long seconds) {
    return Duration.ofSeconds(seconds);
  }

  @Test
  void aMemberThatFailsRestsLongerEachTimeAndIsTriedByOneRequest() {
    FakeMember broken = member().otherwise(request -> FakeMember.reply(503, ""));
    broken.on("GET /version", request -> FakeMember.reply(503, ""));
    broken.on("GET /cluster/status", request -> FakeMember.reply(503, ""));
    ApiClient client = client(broken.address());
    for (int i = 0; i < 3; i++) {
      failure(() -> client.get(STATUS, Lane.HOT));
    }
    assertThat(standing(client, broken).state()).isEqualTo(State.RESTING);
    assertThat(standing(client, broken).nextAttempt()).isEqualTo(clock.instant().plusSeconds(5));
    int before = broken.requests().size();

    // A detail costs nothing meanwhile, and says why it cannot be read.
    assertThat(failure(() -> client.get(STATUS, Lane.SLOW)).getMessage()).contains("not ready");
    assertThat(broken.requests()).hasSize(before);

    FakeMember well = member();
    ApiClient both = client(broken.address(), well.address());
    for (int i = 0; i < 3; i++) {
      failure(() -> ApiClient.await(both.readFrom(broken.address(), STATUS)));
    }
    long rest = 5;
    for (int i = 0; i < 9; i++) {
      ConnectionDetail.Member resting = standing(both, broken);
      assertThat(Duration.between(clock.instant(), resting.nextAttempt()).toSeconds())
          .isEqualTo(Math.min(rest, 300));
      int asked = broken.requests().size();
      both.get(STATUS);
      both.tend().join();
      assertThat(broken.requests()).hasSize(asked);
      clock.pass(Duration.between(clock.instant(), resting.nextAttempt()));
      CompletableFuture<Void> attempt = both.tend();
      both.tend().join();
      attempt.join();
      assertThat(standing(both, broken).nextAttempt()).isAfter(clock.instant());
      assertThat(broken.requests("GET").stream().skip(asked))
          .extracting(FakeMember.Request::call)
          .contains("GET /version");
      rest *= 2;
    }

    broken.on("GET /version", "get-version");
    clock.pass(Duration.ofMinutes(5));
    both.tend().join();
    assertThat(standing(both, broken).state()).isEqualTo(State.ANSWERING);
  }

  @Test
  void theOnlyMemberIsTriedByEveryReadingOfTheClusterSoItIsBackAtOnce() {
    FakeMember only = member().on("GET /cluster/status", request -> FakeMember.reply(503, ""));
    ApiClient client = client(only.address());
    for (int i = 0; i < 3; i++) {
      failure(() -> client.get(STATUS, Lane.HOT));
    }
    assertThat(standing(client, only).state()).isEqualTo(State.RESTING);

    only.on("GET /cluster/status", "get-cluster_status");

    assertThat(client.get(STATUS, Lane.HOT).isArray()).isTrue();
    assertThat(standing(client, only).state()).isEqualTo(State.ANSWERING);
  }

  @Test
  void aNodeThatCannotBeReachedIsNoFaultOfTheMemberThatWasAsked() {
    FakeMember first = member().on("GET /nodes/pve9/status", "595-offline-node");
    FakeMember second = member();
    ApiClient client = client(first.address(), second.address());
    ApiPath path = ApiPath.of("nodes", "pve9", "status");

    for (int i = 0; i < 5; i++) {
      assertThat(failure(() -> client.get(path)).code()).isEqualTo(ErrorCode.UNREACHABLE);
    }

    assertThat(standing(client, first).state()).isEqualTo(State.ANSWERING);
    assertThat(second.requests()).isEmpty();
  }

  /** Asks often enough for a rest at once, and something else meanwhile where told so. */
  private State afterSilenceOf(String node, boolean answersOtherwise) {
    FakeMember first = member().on("GET /nodes/" + node + "/status", request -> FakeMember.SILENCE);
    Duration brief = Duration.ofMillis(900);
    ApiClient client =
        client(
            access(Set.of(CERTIFICATE.fingerprint()), Map.of()),
            new Timeouts(AGES, brief, AGES, AGES),
            first.address());
    client.discover(new Discovery(first.address(), PVE1, Map.of(), Set.of(PVE1)));
    client.get(STATUS);
    ApiPath path = ApiPath.of("nodes", node, "status");
    List<CompletableFuture<JsonNode>> hanging =
        List.of(client.read(path), client.read(path), client.read(path), client.read(path));
    if (answersOtherwise) {
      client.get(STATUS);
    }
    for (CompletableFuture<JsonNode> one : hanging) {
      assertThat(failure(() -> ApiClient.await(one)).code()).isEqualTo(ErrorCode.TIMED_OUT);
    }
    return standing(client, first).state();
  }

  @Test
  void aNodeThatStaysSilentIsNoFaultOfTheMemberThatPassesTheQuestionOn() {
    assertThat(afterSilenceOf("pve9", true)).isEqualTo(State.ANSWERING);
  }

  @Test
  void aMemberThatAnswersNothingIsAtFaultWhicheverNodeItWasAskedAbout() {
    assertThat(afterSilenceOf("pve9", false)).isEqualTo(State.RESTING);
    assertThat(afterSilenceOf("pve1", true)).isEqualTo(State.RESTING);
  }

  @Test
  void aNodeThatIsCutOffFromOneMemberIsAskedItself() {
    FakeMember first = member().on("GET /nodes/pve2/status", "595-offline-node");
    FakeMember second = member().json("GET /nodes/pve2/status", "{\"uptime\":7}");
    ApiClient client = client(first.address(), second.address());
    client.discover(new Discovery(second.address(), PVE2, Map.of(), Set.of(PVE1, PVE2)));

    assertThat(client.get(ApiPath.of("nodes", "pve2", "status")).path("uptime").asInt())
        .isEqualTo(7);
  }

  @Test
  void aMemberThatTheClusterNamesTakesOverWhenItsCertificateIsPinned() {
    FakeMember first = member();
    FakeMember second = well(new FakeMember(CERTIFICATE, "127.0.0.2", first.address().getPort()));
    ApiClient client = client(first.address());
    client.namesLookedUp().join();
    client.discover(
        new Discovery(
            first.address(),
            PVE1,
            Map.of(PVE1, "127.0.0.1", PVE2, "127.0.0.2"),
            Set.of(PVE1, PVE2)));
    assertThat(standing(client, first).node()).isEqualTo(PVE1);
    assertThat(standing(client, second).configured()).isFalse();
    assertThat(standing(client, second).state()).isEqualTo(State.UNTRIED);

    first.close();

    assertThat(client.get(STATUS).isArray()).isTrue();
    assertThat(standing(client, second).state()).isEqualTo(State.ANSWERING);
  }

  @Test
  void aNamedMemberWithAnotherCertificateIsNotUsedAndTheLineToAddIsSaid() {
    FakeMember first = member();
    TestCertificate other = TestCertificate.make();
    FakeMember second = well(new FakeMember(other, "127.0.0.3", first.address().getPort()));
    ApiClient client = client(first.address());
    client.namesLookedUp().join();
    client.discover(
        new Discovery(first.address(), PVE1, Map.of(PVE2, "127.0.0.3"), Set.of(PVE1, PVE2)));
    first.close();

    JarvisException failure = failure(() -> client.get(STATUS));

    // What the operator wrote down is what matters.
    assertThat(failure.code()).isEqualTo(ErrorCode.UNREACHABLE);
    assertThat(second.requests()).isEmpty();
    assertThat(standing(client, second).reason())
        .contains(
            "set tls.fingerprint="
                + CERTIFICATE.fingerprint()
                + ","
                + other.fingerprint()
                + " in etc/home.cfg");
  }

  @Test
  void addressesOfOtherMachinesNamedByAStrangerAreNotUsed() {
    FakeMember first = member();
    ApiClient client = client(first.address());
    client.namesLookedUp().join();
    client.discover(new Discovery(first.address(), PVE1, Map.of(PVE1, "127.0.0.1"), Set.of(PVE1)));
    assertThat(standing(client, first).node()).isEqualTo(PVE1);

    for (String address : List.of("0.0.0.0", "face", "localhost", "10.0.0.1/x", "224.0.0.1", "")) {
      client.discover(new Discovery(first.address(), PVE1, Map.of(PVE2, address), Set.of()));
    }

    assertThat(client.members()).hasSize(1);
  }

  @Test
  void aPinForOneAddressHoldsThereAlone() {
    TestCertificate other = TestCertificate.make();
    FakeMember member = member();
    Access right =
        access(Set.of(other.fingerprint()), Map.of("127.0.0.1", Set.of(CERTIFICATE.fingerprint())));
    Access wrong =
        access(Set.of(CERTIFICATE.fingerprint()), Map.of("127.0.0.1", Set.of(other.fingerprint())));

    assertThat(client(right, member.address()).get(STATUS).isArray()).isTrue();
    assertThat(failure(() -> client(wrong, member.address()).get(STATUS)).code())
        .isEqualTo(ErrorCode.CERTIFICATE_UNTRUSTED);
  }

  @Test
  void countsWhatIsAskedByLane() {
    FakeMember member = member();
    ApiClient client = client(member.address());
    client.get(STATUS, Lane.HOT);
    client.get(STATUS, Lane.SLOW);
    client.get(STATUS, Lane.SLOW);
    client.get(STATUS);
    failure(() -> client.get(ApiPath.of("nosuch")));

    ConnectionDetail.Traffic traffic = client.traffic().lately();
    assertThat(traffic.hot()).isEqualTo(1);
    assertThat(traffic.slow()).isEqualTo(2);
    assertThat(traffic.demanded()).isEqualTo(2);
    assertThat(traffic.failed()).isEqualTo(1);
    assertThat(traffic.bytes()).isPositive();
    assertThat(traffic.usualTime()).isNotNull();

    clock.pass(Duration.ofSeconds(61));
    assertThat(client.traffic().lately().hot()).isZero();
    assertThat(client.traffic().lately().total()).isEqualTo(5);
  }

  private static byte[] packed(byte[] body) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(body);
    }
    ByteArrayOutputStream reply = new ByteArrayOutputStream();
    reply.writeBytes(
        ("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: "
                + packed.size()
                + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII));
    reply.writeBytes(packed.toByteArray());
    return reply.toByteArray();
  }

  private static String data(int size) {
    return "{\"data\":[\"" + "x".repeat(size) + "\"]}";
  }

  @Test
  void readsNoMoreThanMakesSenseAndTrustsTheMemberAllTheSame() throws IOException {
    byte[] bomb = packed(data(5 << 20).getBytes(StandardCharsets.UTF_8));
    byte[] small = packed(data(10).getBytes(StandardCharsets.UTF_8));
    String agent = "GET /nodes/pve1/qemu/101/agent/get-osinfo";
    FakeMember member =
        member()
            .on(agent, request -> FakeMember.reply(200, data(300 << 10)))
            .on("GET /nodes/pve1/qemu/101/config", request -> FakeMember.reply(200, data(3 << 20)))
            .on("GET /nodes/pve1/disks/list", request -> FakeMember.reply(200, data(3 << 20)))
            .on("GET /nodes/pve1/storage/a/content", r -> FakeMember.reply(200, data(5 << 20)))
            .on("GET /nodes/pve1/journal", request -> bomb)
            .on("GET /nodes/pve1/services", request -> bomb)
            .on("GET /nodes/pve1/status", request -> small);
    ApiClient client = client(member.address());

    for (ApiPath path :
        List.of(
            ApiPath.of("nodes", "pve1", "qemu", 101, "agent", "get-osinfo"),
            ApiPath.of("nodes", "pve1", "qemu", 101, "config"),
            ApiPath.of("nodes", "pve1", "disks", "list"),
            ApiPath.of("nodes", "pve1", "services"),
            ApiPath.of("nodes", "pve1", "journal"))) {
      JarvisException refused = failure(() -> client.get(path));
      assertThat(refused.code()).isEqualTo(ErrorCode.BAD_REPLY);
      assertThat(refused.getMessage()).contains("larger than makes sense").contains("" + path);
    }
    // What a guest or a full journal does must not count against the member.
    assertThat(client.members()).allSatisfy(one -> assertThat(one.reason()).isNull());
    assertThat(client.get(ApiPath.of("nodes", "pve1", "storage", "a", "content"))).hasSize(1);
    assertThat(client.get(ApiPath.of("nodes", "pve1", "status"))).hasSize(1);
  }

  @Test
  void unpacksAReplyThatComesPacked() throws IOException {
    byte[] reply = packed("{\"data\":[\"a line\"]}".getBytes(StandardCharsets.UTF_8));
    FakeMember member =
        member()
            .on("GET /nodes/pve1/journal", request -> reply)
            .on("GET /nodes/pve2/journal", "get-nodes_pve1_journal_lastentries_5");
    ApiClient client = client(member.address());

    JsonNode data = client.get(ApiPath.of("nodes", "pve1", "journal"));
    assertThat(data.get(0).asText()).isEqualTo("a line");
    assertThat(failure(() -> client.get(ApiPath.of("nodes", "pve2", "journal"))).code())
        .isEqualTo(ErrorCode.BAD_REPLY);
  }
}

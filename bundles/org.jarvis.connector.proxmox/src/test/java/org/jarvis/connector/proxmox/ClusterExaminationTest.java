package org.jarvis.connector.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jarvis.api.auth.Secret;
import org.jarvis.api.connector.Examination;
import org.jarvis.api.connector.Examination.Check;
import org.jarvis.api.connector.Examination.Outcome;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.Observation;
import org.jarvis.api.resource.Whereabouts;
import org.jarvis.connector.proxmox.http.Access;
import org.jarvis.connector.proxmox.http.ApiClient;
import org.jarvis.connector.proxmox.http.ApiToken;
import org.jarvis.connector.proxmox.http.Discovery;
import org.jarvis.connector.proxmox.http.Timeouts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What {@code jarvis:test-cluster} and the API's own test of a cluster say. */
class ClusterExaminationTest {
  private static final TestCertificate CERTIFICATE = TestCertificate.make();
  private static final ClusterId HOME = new ClusterId("home");
  private static final NodeName PVE1 = new NodeName("pve1");
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final List<FakeMember> members = new ArrayList<>();
  private ClusterSettings settings;
  private ApiClient api;

  @AfterEach
  void close() {
    api.close();
    members.forEach(FakeMember::close);
  }

  private FakeMember well(FakeMember member) {
    members.add(member);
    return member
        .tells(Clock.systemUTC())
        .on("GET /version", "get-version")
        .on("GET /cluster/status", "get-cluster_status")
        .on("GET /cluster/resources", "get-cluster_resources")
        .on("GET /access/permissions", "get-access_permissions");
  }

  private FakeMember member() {
    return well(new FakeMember(CERTIFICATE));
  }

  private FakeMember member(TestCertificate certificate, String host) {
    return well(new FakeMember(certificate, host, members.get(0).address().getPort()));
  }

  /** A client that trusts these and has learned of what the first member says. */
  private Examination examine(
      Set<TestCertificate> pinned, FakeMember configured, Map<String, String> named) {
    settings =
        new ClusterSettings(
            HOME,
            "org.jarvis.connector.proxmox~home",
            List.of(configured.address()),
            new Access(
                new ApiToken("jarvis@pve!ro", Secret.of("s")),
                pinned.stream()
                    .map(TestCertificate::fingerprint)
                    .collect(Collectors.toUnmodifiableSet()),
                "etc/home.cfg"),
            new Whereabouts.Outside(),
            Duration.ofSeconds(10));
    api =
        new ApiClient(
            "test",
            settings.addresses(),
            settings.access(),
            new Timeouts(PATIENCE, PATIENCE, PATIENCE, PATIENCE));
    api.namesLookedUp().join();
    Map<NodeName, String> addresses =
        named.entrySet().stream()
            .collect(Collectors.toMap(one -> new NodeName(one.getKey()), Map.Entry::getValue));
    api.discover(new Discovery(configured.address(), PVE1, addresses, Set.of(PVE1)));
    return new ClusterExamination(
            settings, api, new Observation("pve:home", Instant.EPOCH, Duration.ofSeconds(10)))
        .examine();
  }

  private Examination examine(FakeMember configured) {
    return examine(Set.of(CERTIFICATE), configured, Map.of());
  }

  @Test
  void walksTheDiscoveredMembersToo() {
    FakeMember first = member();
    FakeMember second = member(CERTIFICATE, "127.0.0.2");

    Examination examination =
        examine(Set.of(CERTIFICATE), first, Map.of("pve1", "127.0.0.1", "pve2", "127.0.0.2"));

    int port = first.address().getPort();
    assertThat(examination.checks())
        .extracting(Check::name)
        .contains(
            "connection to 127.0.0.1:" + port,
            "connection to 127.0.0.2:" + port + " (discovered, pve2)",
            "certificate of 127.0.0.2:" + port + " (discovered, pve2)",
            "API token at 127.0.0.2:" + port + " (discovered, pve2)")
        .doesNotHaveDuplicates();
    assertThat(examination.checks()).allMatch(check -> check.outcome() == Outcome.PASSED);
    assertThat(second.requests()).hasSize(1);
  }

  @Test
  void saysWhichClockIsWrongAndHowToSetItRight() {
    FakeMember first = member();
    member(CERTIFICATE, "127.0.0.2").tells(Clock.offset(Clock.systemUTC(), Duration.ofHours(-1)));

    Examination examination =
        examine(Set.of(CERTIFICATE), first, Map.of("pve1", "127.0.0.1", "pve2", "127.0.0.2"));

    Check clocks = named(examination, "clocks");
    assertThat(clocks.outcome()).isEqualTo(Outcome.LIMITED);
    assertThat(clocks.detail()).startsWith("pve2's clock is 1 h 0 min behind Jarvis's");
    assertThat(clocks.cure()).contains("chronyc makestep");
    assertThat(examination.passed()).isTrue();
  }

  @Test
  void saysThatClocksAreRightOrThatNobodyTellsTheTime() {
    assertThat(named(examine(member()), "clocks").outcome()).isEqualTo(Outcome.PASSED);
    api.close();

    assertThat(named(examine(member().tells(null)), "clocks").outcome()).isEqualTo(Outcome.LIMITED);
  }

  private static Check named(Examination examination, String name) {
    return examination.checks().stream()
        .filter(check -> check.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void asksAllMembersAtOnceSoThatThoseThatAreDownCostOneTimeOut() {
    CountDownLatch secondIsAsked = new CountDownLatch(1);
    FakeMember first =
        member()
            .on(
                "GET /version",
                request -> {
                  boolean asked = isCountedDown(secondIsAsked);
                  return asked ? Recorded.reply("get-version") : FakeMember.reply(503, "");
                });
    member(CERTIFICATE, "127.0.0.2")
        .on(
            "GET /version",
            request -> {
              secondIsAsked.countDown();
              return Recorded.reply("get-version");
            });

    Examination examination = examine(Set.of(CERTIFICATE), first, Map.of("pve2", "127.0.0.2"));

    assertThat(check(examination, "connection to 127.0.0.1").outcome()).isEqualTo(Outcome.PASSED);
  }

  private static boolean isCountedDown(CountDownLatch latch) {
    try {
      return latch.await(PATIENCE.toMillis() / 2, TimeUnit.MILLISECONDS);
    } catch (InterruptedException over) {
      throw new IllegalStateException(over);
    }
  }

  @Test
  void namesTheLineThatPinsADiscoveredMemberAndKeepsTheOthers() {
    FakeMember first = member();
    TestCertificate other = TestCertificate.make();
    FakeMember second = member(other, "127.0.0.2");

    Examination examination = examine(Set.of(CERTIFICATE), first, Map.of("pve2", "127.0.0.2"));

    Check refused = check(examination, "certificate of 127.0.0.2");
    assertThat(refused.outcome()).isEqualTo(Outcome.LIMITED);
    assertThat(refused.cure())
        .isEqualTo("tls.fingerprint=" + CERTIFICATE.fingerprint() + "," + other.fingerprint());
    assertThat(examination.passed()).as("the cluster can be watched").isTrue();
    assertThat(second.requests()).isEmpty();
  }

  @Test
  void aDiscoveredMemberThatIsDownIsSaidAndNoReasonToFail() {
    FakeMember first = member();
    member(CERTIFICATE, "127.0.0.2").close();

    Examination examination = examine(Set.of(CERTIFICATE), first, Map.of("pve2", "127.0.0.2"));

    Check down = check(examination, "connection to 127.0.0.2");
    assertThat(down.outcome()).isEqualTo(Outcome.LIMITED);
    assertThat(down.detail()).contains("refuses connections");
    assertThat(examination.passed()).isTrue();
  }

  @Test
  void saysWhyAnAddressIsNotUsed() {
    Examination examination = examine(Set.of(CERTIFICATE), member(), Map.of("pve2", "192.0.2.7"));

    Check unused = check(examination, "connection to 192.0.2.7");
    assertThat(unused.outcome()).isEqualTo(Outcome.LIMITED);
    assertThat(unused.detail()).contains("so Jarvis does not use it").contains("etc/home.cfg");
    assertThat(examination.passed()).isTrue();
  }

  private static Check check(Examination examination, String name) {
    return examination.checks().stream()
        .filter(check -> check.name().startsWith(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " in " + examination));
  }

  @Test
  void examinesAClusterThatIsWell() {
    Examination examination = examine(member());

    assertThat(examination.passed()).isTrue();
    assertThat(examination.checks()).allMatch(check -> check.outcome() == Outcome.PASSED);
    assertThat(check(examination, "visible").detail())
        .isEqualTo("1 nodes, 3 guests and 1 storages are visible.");
  }

  @Test
  void anExaminationSaysWhichLinePinsACertificate() {
    Examination examination = examine(Set.of(TestCertificate.make()), member(), Map.of());

    assertThat(examination.passed()).isFalse();
    assertThat(check(examination, "certificate").cure())
        .isEqualTo("tls.fingerprint=" + CERTIFICATE.fingerprint());
  }

  @Test
  void anExaminationOfAReadingTokenNamesWhatItCannotChange() {
    FakeMember member =
        member()
            .json(
                "GET /access/permissions",
                FakeCluster.privileges(
                    "/", "Sys.Audit", "VM.Audit", "Datastore.Audit", "Pool.Audit"));

    Examination examination = examine(member);

    assertThat(examination.passed()).isTrue();
    Check power = check(examination, "start and stop guests");
    assertThat(power.outcome()).isEqualTo(Outcome.LIMITED);
    assertThat(power.detail()).contains("VM.PowerMgmt is missing on /vms");
    assertThat(power.cure())
        .contains("pveum role add JarvisOperate")
        .contains("pveum acl modify / --tokens 'jarvis@pve!ro' --roles JarvisOperate");
    assertThat(check(examination, "read guests").outcome()).isEqualTo(Outcome.PASSED);
    assertThat(check(examination, "read journals").outcome()).isEqualTo(Outcome.LIMITED);
  }

  @Test
  void anExaminationOfAnEmptyTokenFails() {
    FakeMember member =
        member()
            .json("GET /access/permissions", "{}")
            .json("GET /cluster/resources", "[]")
            .json("GET /cluster/status", "[]");

    Examination examination = examine(member);

    assertThat(examination.passed()).isFalse();
    assertThat(check(examination, "read guests").outcome()).isEqualTo(Outcome.FAILED);
    assertThat(check(examination, "read guests").cure()).contains("JarvisRead");
  }
}

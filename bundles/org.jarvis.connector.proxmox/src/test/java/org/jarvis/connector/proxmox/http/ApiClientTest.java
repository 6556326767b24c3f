package org.jarvis.connector.proxmox.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jarvis.api.auth.Secret;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.connector.proxmox.FakeMember;
import org.jarvis.connector.proxmox.Recorded;
import org.jarvis.connector.proxmox.TestCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ApiClientTest {
  private static final TestCertificate CERTIFICATE = TestCertificate.make();
  private static final String FILE = "etc/org.jarvis.connector.proxmox-home.cfg";
  private static final String SECRET = "11111111-2222-3333-4444-555555555555";
  private static final ApiToken TOKEN = new ApiToken("root@pam!full", Secret.of(SECRET));
  private static final Timeouts GENEROUS =
      new Timeouts(
          Duration.ofSeconds(20),
          Duration.ofSeconds(20),
          Duration.ofSeconds(30),
          Duration.ofSeconds(20));
  private static final Timeouts SHORT =
      new Timeouts(
          Duration.ofSeconds(20),
          Duration.ofMillis(300),
          Duration.ofMillis(600),
          Duration.ofMillis(300));
  private static final Timeouts IMPATIENT_WRITES =
      new Timeouts(
          Duration.ofSeconds(20),
          Duration.ofSeconds(20),
          Duration.ofSeconds(30),
          Duration.ofMillis(500));
  private static final ApiPath STATUS = ApiPath.of("cluster", "status");
  private static final ApiPath START = ApiPath.of("nodes", "pve1", "qemu", 201, "status", "start");
  private static final String START_CALL = "POST /nodes/pve1/qemu/201/status/start";

  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable closeable : open) {
      closeable.close();
    }
  }

  private FakeMember member(TestCertificate certificate) {
    FakeMember member = new FakeMember(certificate);
    open.add(member);
    return member.on("GET /version", "get-version").on("GET /cluster/status", "get-cluster_status");
  }

  private FakeMember member() {
    return member(CERTIFICATE);
  }

  private ApiClient client(Timeouts timeouts, Set<Fingerprint> pins, URI... addresses) {
    ApiClient client =
        new ApiClient("test", Arrays.asList(addresses), new Access(TOKEN, pins, FILE), timeouts);
    open.add(client);
    return client;
  }

  private ApiClient client(URI... addresses) {
    return client(GENEROUS, Set.of(CERTIFICATE.fingerprint()), addresses);
  }

  private static JarvisException failure(Runnable call) {
    JarvisException failure = catchThrowableOfType(JarvisException.class, call::run);
    assertThat(failure).isNotNull();
    assertThat(failure.getMessage()).doesNotContain(SECRET);
    return failure;
  }

  private static URI nobody() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return URI.create("https://127.0.0.1:" + socket.getLocalPort());
    }
  }

  @Test
  void readsWithTheTokenFromAPinnedMember() {
    FakeMember member = member();

    assertThat(client(member.address()).get(STATUS)).isEqualTo(Recorded.data("get-cluster_status"));
    assertThat(member.requests()).hasSize(1);
    assertThat(member.requests().get(0).header("authorization"))
        .isEqualTo("PVEAPIToken=root@pam!full=" + SECRET);
  }

  @Test
  void acceptsThePinAmongSeveral() {
    FakeMember member = member();
    Set<Fingerprint> pins = Set.of(TestCertificate.make().fingerprint(), CERTIFICATE.fingerprint());

    assertThat(client(GENEROUS, pins, member.address()).get(STATUS).isArray()).isTrue();
  }

  @Test
  void refusesAnUnknownCertificateAndSaysHowToPinIt() {
    FakeMember member = member();
    ApiClient client = client(GENEROUS, Set.of(), member.address());

    JarvisException refused = failure(() -> client.get(STATUS));

    assertThat(refused.code()).isEqualTo(ErrorCode.CERTIFICATE_UNTRUSTED);
    assertThat(refused.getMessage())
        .startsWith(
            "127.0.0.1: certificate is not trusted (sha256 "
                + CERTIFICATE.fingerprint()
                + "). Pin it with tls.fingerprint="
                + CERTIFICATE.fingerprint()
                + " in "
                + FILE);
    assertThat(member.requests()).isEmpty();
  }

  @Test
  void refusesAChangedCertificateAndSaysWhatToCheck() {
    FakeMember member = member();
    Fingerprint pinned = TestCertificate.make().fingerprint();
    ApiClient client = client(GENEROUS, Set.of(pinned), member.address());

    JarvisException refused = failure(() -> client.get(STATUS));

    assertThat(refused.code()).isEqualTo(ErrorCode.CERTIFICATE_UNTRUSTED);
    assertThat(refused.getMessage())
        .contains("certificate has changed")
        .contains(CERTIFICATE.fingerprint().value())
        .contains("pinned is " + pinned)
        .contains("set tls.fingerprint=")
        .contains("somebody may stand between");
    assertThat(member.requests()).isEmpty();
  }

  @Test
  void sendsNothingThatChangesToAMemberWithoutATrustedCertificate() {
    FakeMember member = member();
    ApiClient client = client(GENEROUS, Set.of(), member.address());

    JarvisException refused = failure(() -> client.post(START, Map.of()));

    assertThat(refused.code()).isEqualTo(ErrorCode.CERTIFICATE_UNTRUSTED);
    assertThat(refused.getMessage()).endsWith("Nothing was changed.");
    assertThat(member.requests()).isEmpty();
  }

  @Test
  void saysThatAChangeWasNeverAskedForWhereNobodyAnswers() throws IOException {
    URI nobody;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = URI.create("https://127.0.0.1:" + socket.getLocalPort());
    }
    ApiClient client = client(SHORT, Set.of(CERTIFICATE.fingerprint()), nobody);

    JarvisException failure = failure(() -> client.post(START, Map.of()));

    assertThat(failure.code()).isEqualTo(ErrorCode.NOT_SENT);
    assertThat(failure.getMessage()).endsWith("Nothing was changed.");
  }

  @Test
  void givesUpOnASilentMember() {
    FakeMember member = member().otherwise(request -> FakeMember.SILENCE);
    ApiClient client = client(SHORT, Set.of(CERTIFICATE.fingerprint()), member.address());

    assertThat(failure(() -> client.get(ApiPath.of("silent"))).code())
        .isEqualTo(ErrorCode.TIMED_OUT);
  }

  @Test
  void givesUpOnAMemberThatFallsSilentInTheMiddleOfAReply() throws Exception {
    // The reply's head and half its body, then nothing, on a connection that stays open.
    try (ServerSocket socket =
        CERTIFICATE
            .context()
            .getServerSocketFactory()
            .createServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread server =
          new Thread(
              () -> {
                try (java.net.Socket connection = socket.accept()) {
                  connection
                      .getOutputStream()
                      .write(
                          "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{\"data\":"
                              .getBytes(StandardCharsets.US_ASCII));
                  connection.getOutputStream().flush();
                  connection.getInputStream().readAllBytes();
                } catch (IOException over) {
                  // The test is over.
                }
              });
      server.setDaemon(true);
      server.start();
      URI address = URI.create("https://127.0.0.1:" + socket.getLocalPort());
      ApiClient client = client(SHORT, Set.of(CERTIFICATE.fingerprint()), address);

      assertThat(failure(() -> client.get(STATUS)).code()).isEqualTo(ErrorCode.TIMED_OUT);
    }
  }

  @Test
  void saysThatNobodyListens() throws Exception {
    ApiClient client = client(nobody());

    JarvisException refused = failure(() -> client.get(STATUS));

    assertThat(refused.code()).isEqualTo(ErrorCode.UNREACHABLE);
    assertThat(refused.getMessage()).contains("refuses connections").contains(FILE);
  }

  @Test
  void asksTheNextMemberAndStaysWithIt() throws Exception {
    FakeMember second = member();
    ApiClient client = client(nobody(), second.address());

    client.get(STATUS);
    client.get(STATUS);

    assertThat(second.requests()).hasSize(2);
  }

  @Test
  void namesEveryMemberThatFailedAndLeadsWithTheCertificate() throws Exception {
    FakeMember other = member(TestCertificate.make());
    ApiClient client = client(nobody(), other.address());

    JarvisException failure = failure(() -> client.get(STATUS));

    assertThat(failure.code()).isEqualTo(ErrorCode.CERTIFICATE_UNTRUSTED);
    assertThat(failure.getMessage()).contains("refuses connections").contains("has changed");
  }

  @Test
  void doesNotTryRefusedCredentialsElsewhere() {
    FakeMember first = member().on("GET /cluster/status", "401-bad-token");
    FakeMember second = member();

    JarvisException refused = failure(() -> client(first.address(), second.address()).get(STATUS));

    assertThat(refused.code()).isEqualTo(ErrorCode.CREDENTIALS_REFUSED);
    assertThat(refused.getMessage()).contains("root@pam!full").contains("token in " + FILE);
    assertThat(second.requests()).isEmpty();
  }

  @Test
  void neverFollowsARedirect() {
    FakeMember elsewhere = member();
    FakeMember member =
        member()
            .on(
                "GET /cluster/status",
                request ->
                    ("HTTP/1.1 302 Found\r\nLocation: "
                            + elsewhere.address()
                            + "/api2/json/cluster/status\r\nContent-Length: 0\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));

    JarvisException refused = failure(() -> client(member.address()).get(STATUS));

    assertThat(refused.code()).isEqualTo(ErrorCode.BAD_REPLY);
    assertThat(elsewhere.requests()).isEmpty();
  }

  @Test
  void takesAWebPageForNoReply() {
    FakeMember member =
        member()
            .on("GET /cluster/status", request -> FakeMember.reply(200, "<html>Welcome</html>"));

    JarvisException refused = failure(() -> client(member.address()).get(STATUS));

    assertThat(refused.code()).isEqualTo(ErrorCode.BAD_REPLY);
    assertThat(refused.getMessage()).contains("8006");
  }

  @Test
  void takesACutReplyForNoReply() {
    byte[] whole = Recorded.reply("get-cluster_resources");
    FakeMember shorter =
        member().on("GET /cluster/status", request -> Arrays.copyOf(whole, whole.length / 2));
    FakeMember malformed =
        member()
            .on("GET /cluster/status", request -> FakeMember.reply(200, "{\"data\":[{\"type\":"));

    assertThat(failure(() -> client(shorter.address()).get(STATUS)).code())
        .isEqualTo(ErrorCode.BAD_REPLY);
    assertThat(failure(() -> client(malformed.address()).get(STATUS)).code())
        .isEqualTo(ErrorCode.BAD_REPLY);
  }

  @Test
  void refusesAReplyThatWouldFillTheMemory() {
    FakeMember member =
        member()
            .on(
                "GET /cluster/status",
                request -> FakeMember.reply(200, "x".repeat(65 * 1024 * 1024)));

    JarvisException refused = failure(() -> client(member.address()).get(STATUS));

    assertThat(refused.code()).isEqualTo(ErrorCode.BAD_REPLY);
    assertThat(refused.getMessage()).contains("larger");
  }

  @Test
  void learnsTheReasonFromAVersionThatHasItElsewhere() {
    FakeMember member =
        member()
            .on("GET /cluster/status", request -> FakeMember.reply(500, "{\"data\":null}"))
            .on(
                "GET /api2/extjs/cluster/status",
                request ->
                    FakeMember.reply(
                        200,
                        "{\"success\":0,\"status\":500,\"data\":null,\"message\":"
                            + "\"Configuration file 'nodes/a/lxc/3.conf' does not exist\\n\"}"));

    assertThat(failure(() -> client(member.address()).get(STATUS)).code())
        .isEqualTo(ErrorCode.VANISHED);
  }

  @Test
  void postsAFormWithEveryCharacterEncoded() {
    FakeMember member = member().on(START_CALL, "post-start");

    client(member.address()).post(START, Map.of("tags", "a;b c+d&é"));

    FakeMember.Request post = member.requests("POST").get(0);
    assertThat(post.body()).isEqualTo("tags=a%3Bb%20c%2Bd%26%C3%A9");
    assertThat(post.header("content-type")).isEqualTo("application/x-www-form-urlencoded");
  }

  @Test
  void keepsThePartsOfAPathApart() {
    assertThat(ApiPath.of("nodes", "pve1", "tasks", "UPID:pve1:0:root@pam!t:/../x?y#z").encoded())
        .isEqualTo("/nodes/pve1/tasks/UPID%3Apve1%3A0%3Aroot%40pam%21t%3A%2F..%2Fx%3Fy%23z");
    assertThat(
            catchThrowableOfType(
                IllegalArgumentException.class, () -> ApiPath.of("nodes", "..", "x")))
        .isNotNull();
  }

  @Test
  void sendsAWriteOnceAndSaysThatItsEffectIsUnknownWhenNoAnswerComes() {
    FakeMember member = member().on(START_CALL, request -> FakeMember.SILENCE);
    FakeMember other = member();
    ApiClient client =
        client(
            IMPATIENT_WRITES, Set.of(CERTIFICATE.fingerprint()), member.address(), other.address());

    JarvisException unknown = failure(() -> client.post(START, Map.of()));

    assertThat(unknown.code()).isEqualTo(ErrorCode.TIMED_OUT);
    assertThat(unknown.getMessage()).contains("whether it took effect is unknown");
    assertThat(member.requests("POST")).hasSize(1);
    assertThat(other.requests()).isEmpty();
  }

  @Test
  void saysThatTheEffectIsUnknownWhenTheAnswerCannotBeUnderstood() {
    byte[] whole = Recorded.reply("post-start");
    FakeMember cut = member().on(START_CALL, request -> Arrays.copyOf(whole, whole.length - 20));
    FakeMember page = member().on(START_CALL, request -> FakeMember.reply(502, "<html>Bad"));
    FakeMember lost = member().on(START_CALL, request -> FakeMember.reply(596, ""));

    for (FakeMember member : List.of(cut, page, lost)) {
      JarvisException unknown = failure(() -> client(member.address()).post(START, Map.of()));
      assertThat(unknown.code()).isIn(ErrorCode.UNREACHABLE, ErrorCode.TIMED_OUT);
      assertThat(unknown.getMessage()).contains("whether it took effect is unknown");
      assertThat(member.requests("POST")).hasSize(1);
    }
  }

  @Test
  void sendsAWriteToTheMemberThatAnswers() throws Exception {
    FakeMember alive = member().on(START_CALL, "post-start");

    assertThat(client(nobody(), alive.address()).post(START, Map.of()).asText())
        .startsWith("UPID:pve1:");
  }

  @Test
  void endsWhatIsUnderWayWhenItIsClosed() throws Exception {
    FakeMember member = member().otherwise(request -> FakeMember.SILENCE);
    ApiClient client = client(member.address());
    var reply = client.read(ApiPath.of("silent"));

    client.close();

    assertThat(failure(() -> ApiClient.await(reply)).getMessage()).contains("leaving");
    assertThat(failure(() -> client.get(STATUS)).getMessage()).contains("leaving");
  }
}

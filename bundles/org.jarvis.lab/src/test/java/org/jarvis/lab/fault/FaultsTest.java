package org.jarvis.lab.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jarvis.lab.Lab;
import org.jarvis.lab.LabOptions;
import org.jarvis.lab.ManualClock;
import org.jarvis.lab.Recorded;
import org.jarvis.lab.WireClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class FaultsTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** A subject of the household for each sort of parameter. */
  private static final Map<String, String> SUBJECTS =
      Map.of(
          "vmid", "101",
          "node", "rhea",
          "host", "docker-host",
          "storage", "nas",
          "id", "attic",
          "job", "202-0",
          "health", "HEALTH_ERR",
          "minutes", "-60",
          "millis", "250");

  private Lab lab;

  @BeforeEach
  void start() throws IOException {
    lab = new Lab(LabOptions.defaults());
    lab.start();
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void crashedGuestStopsWithoutATask() throws Exception {
    String newest = ask("/nodes/rhea/tasks?limit=1").data().toString();
    call("POST", "/faults/guest-crash?vmid=101");

    assertThat(status("qemu/101", "rhea")).isEqualTo("stopped");
    assertThat(ask("/nodes/rhea/tasks?limit=1").data()).hasToString(newest);
    assertThat(ask("/nodes/rhea/tasks?source=active").data()).isEmpty();
    assertThat(lab.faults().active()).as("a crash is over at once").isEmpty();
    assertThat(call("POST", "/faults/guest-crash?vmid=101").statusCode()).isEqualTo(400);
  }

  @Test
  void guestIsLockedAndUnlocked() throws Exception {
    call("POST", "/faults/guest-locked?vmid=101&lock=snapshot");
    assertThat(ask("/nodes/rhea/qemu/101/status/current").data().get("lock").asText())
        .isEqualTo("snapshot");

    call("DELETE", "/faults/guest-locked?vmid=101");
    assertThat(ask("/nodes/rhea/qemu/101/status/current").data().has("lock")).isFalse();
  }

  @Test
  void lockOfAnotherFaultCanBeTakenAway() throws Exception {
    lab.faults().on(new Fault.GuestLocked(204, "backup"));
    assertThat(ask("/nodes/dione/lxc/204/status/current").data().get("lock").asText())
        .isEqualTo("backup");
    call("DELETE", "/faults/guest-locked?vmid=204");
    assertThat(ask("/nodes/dione/lxc/204/status/current").data().has("lock")).isFalse();
  }

  @Test
  void vanishedGuestIsGoneAndComesBackStopped() throws Exception {
    call("POST", "/faults/guest-vanished?vmid=101");
    call("POST", "/faults/guest-vanished?vmid=101");
    assertThat(raw("/nodes/rhea/qemu/101/status/current").statusLine())
        .isEqualTo(
            "HTTP/1.1 500 Configuration file 'nodes/rhea/qemu-server/101.conf' does not exist");
    assertThat(ask("/cluster/resources?type=vm").data()).hasSize(11);

    call("DELETE", "/faults/guest-vanished?vmid=101");
    assertThat(status("qemu/101", "rhea")).isEqualTo("stopped");
  }

  @Test
  void deadNodeComesBack() throws Exception {
    call("POST", "/faults/node-offline?node=titan");
    assertThat(raw("/nodes/titan/qemu").statusLine()).isEqualTo("HTTP/1.1 595 No route to host");
    assertThat(ask("/cluster/status").data().get(2).get("local").asInt())
        .as("the next member answers")
        .isOne();

    call("DELETE", "/faults/node-offline?node=titan");
    assertThat(status("qemu/100", "titan")).isEqualTo("running");
    assertThat(ask("/nodes/titan/status").data().get("uptime").asInt()).isLessThan(60);
  }

  @Test
  void revokedTokensAreRefusedUntilRestored() throws Exception {
    call("POST", "/faults/tokens-revoked");
    assertThat(raw("/version").statusLine()).isEqualTo("HTTP/1.1 401 Authentication failed!");
    call("DELETE", "/faults/tokens-revoked");
    assertThat(raw("/version").statusLine()).isEqualTo("HTTP/1.1 200 OK");
  }

  @Test
  void refusalEndsAtOnceForTheHttpClientOfTheJdk() throws Exception {
    call("POST", "/faults/tokens-revoked");
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(null, new TrustManager[] {new AnyCertificate()}, null);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(lab.address() + "/api2/json/version")).build();

    CompletableFuture<HttpResponse<String>> reply =
        HttpClient.newBuilder()
            .sslContext(tls)
            .build()
            .sendAsync(request, HttpResponse.BodyHandlers.ofString());

    assertThat(reply).succeedsWithin(Duration.ofSeconds(10));
    assertThat(reply.get().statusCode()).isEqualTo(401);
  }

  @Test
  void wrongClocksChangeTheTimeAndNothingElse() throws Exception {
    long uptime = ask("/nodes/rhea/qemu/101/status/current").data().get("uptime").asLong();
    long before = ask("/nodes/rhea/time").data().get("time").asLong();

    call("POST", "/faults/clock-off?minutes=5");
    call("POST", "/faults/clock-off?minutes=-60");

    assertThat(ask("/nodes/rhea/time").data().get("time").asLong() - before)
        .isBetween(-3600L, -3540L);
    assertThat(ask("/nodes/rhea/qemu/101/status/current").data().get("uptime").asLong() - uptime)
        .isBetween(0L, 60L);
    call("DELETE", "/faults/clock-off");
    assertThat(ask("/nodes/rhea/time").data().get("time").asLong() - before).isBetween(0L, 60L);
    assertThat(ask("/nodes/rhea/qemu/101/status/current").data().get("uptime").asLong() - uptime)
        .isBetween(0L, 60L);
  }

  @Test
  void repliesTellTheRealTimeAtAnySpeedUnlessTheClocksAreOff() throws Exception {
    ManualClock clock = ManualClock.atNoon();
    try (Lab fast = new Lab(LabOptions.defaults().by(clock).at(60))) {
      fast.start();
      clock.advance(Duration.ofMinutes(10));

      assertThat(date(fast)).isEqualTo(clock.instant().truncatedTo(ChronoUnit.SECONDS));
      fast.faults().on(new Fault.ClockOff(Duration.ofHours(-1)));
      assertThat(date(fast))
          .isEqualTo(clock.instant().truncatedTo(ChronoUnit.SECONDS).minusSeconds(3600));
      fast.faults().off(new Fault.ClockOff(Duration.ZERO));
      assertThat(date(fast)).isEqualTo(clock.instant().truncatedTo(ChronoUnit.SECONDS));
    }
  }

  private static Instant date(Lab lab) throws IOException {
    Recorded reply = WireClient.ask(lab, lab.operatorToken(), "GET", "/version");
    return DateTimeFormatter.RFC_1123_DATE_TIME.parse(reply.header("Date").get(0), Instant::from);
  }

  @Test
  void brokenJsonIsNoJson() throws Exception {
    call("POST", "/faults/broken-json");
    Recorded reply = raw("/cluster/resources");

    assertThat(reply.statusLine()).isEqualTo("HTTP/1.1 200 OK");
    assertThatThrownBy(() -> JSON.readTree(reply.body()))
        .isInstanceOf(JsonProcessingException.class);
  }

  @Test
  void htmlComesInsteadOfJson() throws Exception {
    call("POST", "/faults/html-replies");
    Recorded reply = raw("/cluster/resources");

    assertThat(reply.header("Content-Type")).containsExactly("text/html;charset=UTF-8");
    assertThat(reply.body()).startsWith("<!DOCTYPE html>");
  }

  @Test
  void cutReplyEndsInTheMiddle() throws Exception {
    call("POST", "/faults/cut-replies");

    assertThatThrownBy(() -> raw("/cluster/resources"))
        .isInstanceOfAny(EOFException.class, SocketException.class)
        .hasMessageMatching("closed after [1-9]\\d* of \\d+ bytes of the body|Connection reset");
    call("DELETE", "/faults/cut-replies");
    assertThat(raw("/cluster/resources").data()).isNotEmpty();
  }

  @Test
  void silenceAcceptsAndNeverAnswers() throws Exception {
    call("POST", "/faults/silence");
    try (WireClient client = new WireClient(lab)) {
      client.sendOnly(lab.operatorToken(), "/version");
      assertThat(client.hearsNothingFor(Duration.ofMillis(400))).isTrue();
    }
    call("DELETE", "/faults/silence");
    assertThat(raw("/version").statusLine()).isEqualTo("HTTP/1.1 200 OK");
  }

  @Test
  void slowRepliesComeLateAndHoldNoThread() throws Exception {
    call("POST", "/faults/slow-replies?millis=60000");
    WireClient[] waiting = new WireClient[12];
    for (int i = 0; i < waiting.length; i++) {
      waiting[i] = new WireClient(lab);
      waiting[i].sendOnly(lab.operatorToken(), "/version");
    }
    assertThat(waiting[0].hearsNothingFor(Duration.ofMillis(300))).isTrue();
    call("POST", "/faults/slow-replies?millis=0");
    assertThat(raw("/version").statusLine()).isEqualTo("HTTP/1.1 200 OK");
    for (WireClient client : waiting) {
      client.close();
    }
  }

  @Test
  void wrongCertificateTakesEffectOnOpenConnectionsToo() throws Exception {
    try (WireClient open = new WireClient(lab)) {
      open.send(lab.operatorToken(), "GET", "/version", "");
      call("POST", "/faults/wrong-certificate");
      assertThat(open.serverHasClosed()).isTrue();
    }
    try (WireClient client = new WireClient(lab)) {
      assertThat(client.fingerprint()).isNotEqualTo(lab.fingerprint());
    }
    call("DELETE", "/faults");
    try (WireClient client = new WireClient(lab)) {
      assertThat(client.fingerprint()).isEqualTo(lab.fingerprint());
    }
  }

  @Test
  void listNamesWhatIsOn() throws Exception {
    call("POST", "/faults/node-offline?node=mimas");
    JsonNode list = JSON.readTree(call("POST", "/faults/slow-replies?millis=25").body());

    assertThat(list.get("active"))
        .hasToString(
            "[{\"fault\":\"node-offline\",\"node\":\"mimas\"},{\"fault\":\"slow-replies\",\"millis\":25}]");
    assertThat(list.get("kinds")).hasSize(FaultKind.values().length);
    assertThat(JSON.readTree(call("DELETE", "/faults").body()).get("active")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "POST,/faults/no-such-fault,404",
    "GET,/other,404",
    "POST,/faults/guest-crash,400",
    "POST,/faults/guest-crash?vmid=x,400",
    "POST,/faults/guest-crash?vmid=999,400",
    "POST,/faults/guest-locked?vmid=101&lock=<b>,400",
    "POST,/faults/node-offline?node=nowhere,400",
    "POST,/faults/silence?vmid=1,400",
    "PUT,/faults,405"
  })
  void mistakesAreExplained(String method, String path, int status) throws Exception {
    HttpResponse<String> answer = call(method, path.replace("<", "%3C").replace(">", "%3E"));

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(JSON.readTree(answer.body()).get("error").asText()).isNotBlank();
    assertThat(lab.faults().active()).isEmpty();
  }

  @Test
  void switchesNeedTheirToken() throws Exception {
    for (String header :
        new String[] {"", "Bearer wrong", "Bearer " + lab.operatorToken().secret()}) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(lab.faultAddress() + "/faults/silence"))
              .POST(HttpRequest.BodyPublishers.noBody());
      if (!header.isEmpty()) {
        request.header("Authorization", header);
      }
      assertThat(HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(401);
    }
    assertThat(lab.faults().active()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(FaultKind.class)
  void everyKindMakesFaultsOfItself(FaultKind kind) {
    Map<String, String> values = new LinkedHashMap<>();
    if (!kind.parameters().isEmpty()) {
      String first = kind.parameters().get(0);
      values.put(first, SUBJECTS.get(first));
    }
    Fault fault = kind.with(values);

    assertThat(FaultKind.of(fault)).isEqualTo(kind);
    assertThat(fault.parameters().keySet()).isSubsetOf(kind.parameters());
    assertThat(FaultKind.named(kind.word())).contains(kind);
  }

  /** The lines of docs/lab.md, one after the other on a household of its own. */
  @ParameterizedTest
  @MethodSource("documentedLines")
  void documentedLineWorks(String line) throws Exception {
    HttpResponse<String> answer = call("POST", "/faults" + line);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  @Test
  void everyFaultIsDocumented() throws IOException {
    assertThat(documentedLines().map(line -> line.replaceAll("^/|\\?.*$", "")).distinct())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(FaultKind.values()).map(FaultKind::word).toList());
  }

  static Stream<String> documentedLines() throws IOException {
    Path page =
        Path.of(System.getProperty("basedir", "bundles/org.jarvis.lab"))
            .resolve("../../docs/lab.md");
    return Pattern.compile("`fault POST '([^']+)'`")
        .matcher(Files.readString(page))
        .results()
        .map(line -> line.group(1));
  }

  /** Trusts whoever answers; the lab's certificates are of no concern there. */
  private static final class AnyCertificate extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  private Recorded ask(String path) throws IOException {
    Recorded reply = raw(path);
    assertThat(reply.statusLine()).isEqualTo("HTTP/1.1 200 OK");
    return reply;
  }

  private Recorded raw(String path) throws IOException {
    return WireClient.ask(lab, lab.operatorToken(), "GET", path);
  }

  private String status(String guest, String node) throws IOException {
    return ask("/nodes/" + node + "/" + guest + "/status/current").data().get("status").asText();
  }

  private HttpResponse<String> call(String method, String path)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(lab.faultAddress() + path))
            .header("Authorization", "Bearer " + lab.faultToken())
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
  }
}

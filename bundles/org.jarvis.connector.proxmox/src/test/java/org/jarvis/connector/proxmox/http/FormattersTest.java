package org.jarvis.connector.proxmox.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Writes on releases that say in one formatter alone why they refuse. The bodies are those of
 * PVE::APIServer::Formatter::Standard.
 */
class FormattersTest {
  private static final TestCertificate CERTIFICATE = TestCertificate.make();
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final ApiPath START = ApiPath.of("nodes", "pve1", "qemu", 201, "status", "start");
  private static final String BY_JSON = "POST /nodes/pve1/qemu/201/status/start";
  private static final String BY_EXTJS = "POST /api2/extjs/nodes/pve1/qemu/201/status/start";

  private final FakeMember member = new FakeMember(CERTIFICATE);
  private final ApiClient client =
      new ApiClient(
          "test",
          List.of(member.address()),
          new Access(
              new ApiToken("jarvis@pve!ro", Secret.of("s")),
              Set.of(CERTIFICATE.fingerprint()),
              "etc/x.cfg"),
          new Timeouts(PATIENCE, PATIENCE, PATIENCE, PATIENCE));

  @BeforeEach
  void claimToBeOld() {
    claim("8.4.5");
    member.on(
        "GET /api2/extjs/version",
        request -> FakeMember.reply(200, "{\"success\":1,\"data\":{\"version\":\"8.4.5\"}}"));
  }

  private void claim(String version) {
    member.json("GET /version", "{\"version\":\"" + version + "\"}");
  }

  @AfterEach
  void close() {
    client.close();
    member.close();
  }

  private JarvisException refused() {
    JarvisException refused =
        catchThrowableOfType(JarvisException.class, () -> client.post(START, Map.of()));
    assertThat(refused).isNotNull();
    assertThat(member.requests("POST")).as("sent once").hasSize(1);
    return refused;
  }

  private void answers(String body) {
    member.on(BY_EXTJS, request -> FakeMember.reply(200, body));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "500|VM is locked (backup)|LOCKED",
        "500|VM 201 already running|ALREADY_RUNNING",
        "500|cluster not ready - no quorum?|NO_QUORUM",
        "500|Configuration file 'nodes/pve1/qemu-server/201.conf' does not exist|VANISHED",
        "403|Permission check failed (/vms/201, VM.PowerMgmt)|PRIVILEGE_MISSING",
        "501|Method 'POST /x' not implemented|REMOTE_ERROR",
        "'\"500\"'|VM is locked (backup)|LOCKED",
      })
  void tellsWhyAnOldReleaseRefuses(String status, String message, ErrorCode code) {
    answers(
        "{\"success\":0,\"status\":%s,\"data\":null,\"message\":\"%s\\n\"}"
            .formatted(status.replace("'", ""), message));

    assertThat(refused().code()).isEqualTo(code);
    assertThat(client.traffic().lately().failed()).isEqualTo(1);
  }

  @Test
  void theSentenceOfARefusalIsKept() {
    answers(
        "{\"success\":0,\"status\":500,\"data\":null,"
            + "\"message\":\"storage 'old' is not available on node 'pve1'\\n\"}");

    assertThat(refused().getMessage()).contains("storage 'old' is not available on node 'pve1'");
  }

  @Test
  void wrongParametersAreNamedPerField() {
    answers(
        "{\"success\":0,\"status\":400,\"data\":null,\"errors\":{\"memory\":\"too much\\n\"},"
            + "\"message\":\"Parameter verification failed.\\n\"}");

    assertThat(refused().fields())
        .singleElement()
        .satisfies(field -> assertThat(field.field()).isEqualTo("memory"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"success\":0,\"data\":null}|REMOTE_ERROR",
        "{\"success\":0,\"status\":200,\"data\":null}|REMOTE_ERROR",
        "{\"success\":false,\"data\":\"UPID:pve1:…\"}|REMOTE_ERROR",
        "{\"success\":\"0\",\"data\":null,\"message\":\"VM is locked\"}|LOCKED",
        "{\"success\":0,\"data\":null,\"errors\":{\"x\":\"y\"}}|INVALID_INPUT",
      })
  void aRefusalIsNeverTakenForASuccess(String body, ErrorCode code) {
    answers(body);

    assertThat(refused().code()).isEqualTo(code);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "\"1\"", "true"})
  void aSuccessIsOne(String success) {
    answers("{\"data\":\"UPID:pve1:x\",\"success\":" + success + "}");

    assertThat(client.post(START, Map.of("a", "b;c")).asText()).isEqualTo("UPID:pve1:x");
    assertThat(member.requests("POST").get(0).body()).isEqualTo("a=b%3Bc");
  }

  @Test
  void everyKindOfWriteGoesThere() {
    for (String verb : List.of("PUT", "DELETE")) {
      member.on(
          verb + " /api2/extjs/nodes/pve1/x",
          request -> FakeMember.reply(200, "{\"data\":null,\"success\":1}"));
    }

    assertThat(client.put(ApiPath.of("nodes", "pve1", "x"), Map.of()).isNull()).isTrue();
    assertThat(client.delete(ApiPath.of("nodes", "pve1", "x")).isNull()).isTrue();
  }

  @Test
  void whetherAMemberHasTheFormatterIsAskedOnce() {
    answers("{\"data\":null,\"success\":1}");

    for (int i = 0; i < 3; i++) {
      assertThat(client.post(START, Map.of()).isNull()).isTrue();
    }
    assertThat(member.requests())
        .filteredOn(request -> request.call().equals("GET /api2/extjs/version"))
        .hasSize(1);
  }

  @Test
  void whatSaysWhyInPlainJsonIsAskedSo() {
    claim("9.2.11");
    member.on(BY_JSON, "post-start");

    assertThat(client.post(START, Map.of()).asText()).startsWith("UPID:pve1:");
    assertThat(member.requests()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 501, 200})
  void whatHasOnlyPlainJsonIsAskedSo(int status) {
    member.on("GET /api2/extjs/version", request -> FakeMember.reply(status, "<html>"));
    member.on(BY_JSON, "post-start");

    assertThat(client.post(START, Map.of()).asText()).startsWith("UPID:pve1:");
  }

  @Test
  void aVersionThatIsNoneIsAskedByPlainJson() {
    member.json("GET /version", "[]").on(BY_JSON, "post-start");

    assertThat(client.post(START, Map.of()).asText()).startsWith("UPID:pve1:");
  }

  @Test
  void whereTheEffectIsUnknownItSaysSo() {
    byte[] cut = FakeMember.reply(200, "{\"success\":1,\"data\":\"UPID:pve1:x\"}");
    for (byte[] reply :
        List.of(
            Arrays.copyOf(cut, cut.length - 9),
            FakeMember.reply(200, "<html>"),
            FakeMember.reply(502, "<html>"),
            FakeMember.reply(596, ""),
            FakeMember.reply(200, "{\"success\":1}"))) {
      member.on(BY_EXTJS, request -> reply);
      JarvisException unknown =
          catchThrowableOfType(JarvisException.class, () -> client.post(START, Map.of()));

      assertThat(unknown).as(new String(reply, StandardCharsets.UTF_8)).isNotNull();
      assertThat(unknown.code()).isIn(ErrorCode.UNREACHABLE, ErrorCode.TIMED_OUT);
      assertThat(unknown.getMessage()).contains("whether it took effect is unknown");
    }
    assertThat(member.requests("POST")).as("each sent once").hasSize(5);
  }

  @Test
  void whatNeverReachedTheNodeChangedNothing() {
    member.on(BY_EXTJS, request -> Recorded.reply("595-offline-node"));

    assertThat(refused().code()).isEqualTo(ErrorCode.NOT_SENT);
  }

  @Test
  void aRefusedTokenIsInTheStatusLineAsEver() {
    member.on(BY_EXTJS, request -> Recorded.reply("401-bad-token"));

    assertThat(refused().code()).isEqualTo(ErrorCode.CREDENTIALS_REFUSED);
  }
}

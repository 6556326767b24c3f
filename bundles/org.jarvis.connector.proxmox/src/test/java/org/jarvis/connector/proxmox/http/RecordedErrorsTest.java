package org.jarvis.connector.proxmox.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.entry;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jarvis.api.auth.Secret;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.connector.proxmox.FakeMember;
import org.jarvis.connector.proxmox.Recorded;
import org.jarvis.connector.proxmox.TestCertificate;
import org.junit.jupiter.api.Test;

/** Every error that was recorded from a real Proxmox VE means what it says. */
class RecordedErrorsTest {
  private static final TestCertificate CERTIFICATE = TestCertificate.make();

  private static JarvisException failure(String recorded) {
    return answered(Recorded.reply(recorded));
  }

  private static JarvisException answered(byte[] reply) {
    try (FakeMember member = new FakeMember(CERTIFICATE).otherwise(request -> reply)) {
      List<URI> addresses = List.of(member.address());
      Access access =
          new Access(
              new ApiToken("jarvis@pve!ro", Secret.of("s")),
              Set.of(CERTIFICATE.fingerprint()),
              "etc/x.cfg");
      try (ApiClient client = new ApiClient("test", addresses, access, Timeouts.DEFAULT)) {
        return catchThrowableOfType(
            JarvisException.class, () -> client.get(ApiPath.of("anything")));
      }
    }
  }

  @Test
  void aRefusalOfVeryManyFieldsStaysShort() {
    String fields =
        IntStream.range(0, 500)
            .mapToObj(i -> "\"field" + i + "\":\"" + "x".repeat(i % 2 == 0 ? 10 : 500) + "\"")
            .collect(Collectors.joining(",", "{", "}"));
    String few =
        IntStream.range(0, 500)
            .mapToObj(i -> "\"f" + i + "\":\"no\"")
            .collect(Collectors.joining(",", "{", "}"));

    for (String errors : List.of(fields, few)) {
      JarvisException refused =
          answered(FakeMember.reply(400, "{\"data\":null,\"errors\":" + errors + "}"));

      assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_INPUT);
      assertThat(refused.fields()).hasSizeBetween(2, 20);
      assertThat(refused.getMessage()).hasSizeLessThan(1200).contains("and more");
    }
  }

  @Test
  void eachHasItsCode() {
    Map<String, ErrorCode> codes = new LinkedHashMap<>();
    for (String name : Recorded.names()) {
      if (Recorded.status(name) != 200) {
        codes.put(name, failure(name).code());
      }
    }

    assertThat(codes)
        .contains(
            entry("400-bad-upid", ErrorCode.INVALID_INPUT),
            entry("400-config-badmem", ErrorCode.INVALID_INPUT),
            entry("401-bad-token", ErrorCode.CREDENTIALS_REFUSED),
            entry("401-expired-token", ErrorCode.CREDENTIALS_REFUSED),
            entry("401-no-ticket", ErrorCode.CREDENTIALS_REFUSED),
            entry("403-ro-start", ErrorCode.PRIVILEGE_MISSING),
            entry("500-no-vm", ErrorCode.VANISHED),
            entry("500-delete-missing", ErrorCode.VANISHED),
            entry("500-nonode", ErrorCode.NOT_FOUND),
            entry("501-nosuch", ErrorCode.REMOTE_ERROR),
            entry("595-offline-node", ErrorCode.UNREACHABLE),
            entry("get-nodes_nosuch_status", ErrorCode.NOT_FOUND),
            entry("get-nodes_pve1_lxc_300_status_current", ErrorCode.VANISHED),
            entry("get-nodes_pve1_qemu_201_migrate", ErrorCode.LOCKED),
            entry("get-nodes_pve1_ceph_status", ErrorCode.NOT_PRESENT),
            entry("get-nodes_pve1_disks_zfs", ErrorCode.NOT_PRESENT),
            entry("nq-start", ErrorCode.NO_QUORUM),
            entry("nq-write", ErrorCode.NO_QUORUM),
            entry("post-clone", ErrorCode.VANISHED),
            entry("post-migrate-unknown", ErrorCode.NOT_FOUND),
            entry("post-agent-noagent", ErrorCode.NOT_PRESENT));
    assertThat(codes)
        .allSatisfy(
            (name, code) -> {
              switch (Recorded.status(name)) {
                case 400 -> assertThat(code).isEqualTo(ErrorCode.INVALID_INPUT);
                case 401 -> assertThat(code).isEqualTo(ErrorCode.CREDENTIALS_REFUSED);
                default -> assertThat(code).isNotEqualTo(ErrorCode.INTERNAL);
              }
            })
        .hasSizeGreaterThan(40);
  }

  @Test
  void aMissingPrivilegeIsNamedWithTheCommandThatGrantsIt() {
    assertThat(failure("403-ro-start").getMessage())
        .contains("jarvis@pve!ro lacks the privilege VM.PowerMgmt on /vms/100")
        .contains("pveum acl modify /vms/100 --tokens 'jarvis@pve!ro'");
  }

  @Test
  void aLockIsNamed() {
    assertThat(failure("get-nodes_pve1_qemu_201_migrate").getMessage())
        .contains("VM is locked (snapshot)");
  }

  @Test
  void wrongParametersAreNamedPerField() {
    JarvisException failure = failure("400-config-badmem");

    assertThat(failure.fields()).hasSize(1);
    assertThat(failure.fields().get(0).field()).isEqualTo("memory");
    assertThat(failure.getMessage()).contains("type check ('integer') failed");
  }

  @Test
  void aCallThatIsNotThereBlamesNeitherMemberNorVersionForSure() {
    for (String recorded : List.of("501-nosuch", "get-nosuch")) {
      assertThat(Recorded.body(recorded)).contains("Method 'GET /nosuch' not implemented");
      JarvisException failure = failure(recorded);

      assertThat(failure.code()).isEqualTo(ErrorCode.REMOTE_ERROR);
      assertThat(failure.getMessage())
          .isEqualTo(
              "127.0.0.1: does not have the call /anything. Its version of Proxmox VE lacks it, or"
                  + " something else answers there.");
    }
  }
}

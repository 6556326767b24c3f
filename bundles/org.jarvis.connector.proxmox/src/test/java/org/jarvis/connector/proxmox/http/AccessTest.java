package org.jarvis.connector.proxmox.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.Inet6Address;
import java.net.NetworkInterface;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jarvis.api.auth.Secret;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.connector.proxmox.FakeMember;
import org.jarvis.connector.proxmox.TestCertificate;
import org.junit.jupiter.api.Test;

class AccessTest {
  private static final Fingerprint OWN = new Fingerprint("0A".repeat(32));
  private static final Fingerprint OTHER = new Fingerprint("0B".repeat(32));

  private static Access access(Map<String, Set<Fingerprint>> pins) {
    return access(Set.of(), pins);
  }

  private static Access access(Set<Fingerprint> any, Map<String, Set<Fingerprint>> pins) {
    return new Access(new ApiToken("jarvis@pve!ro", Secret.of("s")), any, pins, "etc/x.cfg");
  }

  @Test
  void findsThePinsOfAnAddressHoweverItIsWritten() {
    for (String written :
        List.of("fd00::A", "[fd00::a]", "[fd00::a]:8006", "fd00:0:0:0:0:0:0:a", "FD00:0::000a")) {
      Access access = access(Map.of(written, Set.of(OWN), "192.168.1.11", Set.of(OTHER)));

      for (String asked : List.of("fd00:0:0:0:0:0:0:a", "[fd00::a]", "fd00::a", "fd00::a%eth0")) {
        assertThat(access.pinsFor(asked)).as(written + " as " + asked).containsExactly(OWN);
      }
      assertThat(access.pinsFor("fd00::b")).containsExactlyInAnyOrder(OWN, OTHER);
    }
    assertThat(access(Map.of("PVE1:8006", Set.of(OWN), "pve2", Set.of(OTHER))).pinsFor("pve1"))
        .containsExactly(OWN);
  }

  @Test
  void joinsThePinsOfOneAddressThatIsWrittenTwice() {
    Access access = access(Map.of("fd00::a", Set.of(OWN), "[fd00:0::a]", Set.of(OTHER)));

    assertThat(access.pinsFor("fd00::a")).containsExactlyInAnyOrder(OWN, OTHER);
  }

  @Test
  void theLineThatTrustsOneMoreCertificateKeepsTheOthers() {
    Fingerprint third = new Fingerprint("0C".repeat(32));
    String shown = third.value();
    Access nothing = access(Map.of());
    Access one = access(Set.of(OWN), Map.of());
    Access two = access(Set.of(OTHER, OWN), Map.of());
    Access apart = access(Set.of(), Map.of("pve2", Set.of(OTHER), "fd00::a", Set.of(OWN)));

    assertThat(nothing.lineWith("pve1", shown, false)).isEqualTo("tls.fingerprint=" + shown);
    assertThat(nothing.lineWith("[fd00::B]", shown, true))
        .isEqualTo("tls.fingerprint=fd00:0:0:0:0:0:0:b=" + shown);
    assertThat(one.lineWith("pve1", shown, true)).isEqualTo("tls.fingerprint=" + OWN + "," + shown);
    assertThat(one.lineInsteadOf("pve1", shown)).isEqualTo("tls.fingerprint=" + shown);
    assertThat(two.lineInsteadOf("pve1", shown))
        .isEqualTo("tls.fingerprint=" + OWN + "," + OTHER + "," + shown);
    assertThat(apart.lineInsteadOf("pve2", shown))
        .isEqualTo("tls.fingerprint=fd00:0:0:0:0:0:0:a=" + OWN + ",pve2=" + shown);
    assertThat(apart.lineWith("pve1", shown, false))
        .isEqualTo(
            "tls.fingerprint=fd00:0:0:0:0:0:0:a=" + OWN + ",pve2=" + OTHER + ",pve1=" + shown);
  }

  @Test
  void aMemberAtAnIpv6AddressMustShowItsOwnCertificate() throws Exception {
    assumeTrue(
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .anyMatch(one -> one instanceof Inet6Address && one.isLoopbackAddress()));
    TestCertificate shown = TestCertificate.make();
    try (FakeMember member = new FakeMember(shown, "::1", 0)) {
      // Pinned for another member, so the connection itself must not take it.
      Access access =
          access(Map.of("::1", Set.of(OWN), "192.168.1.11", Set.of(shown.fingerprint())));
      String port = member.address().toString().replaceFirst(".*:", "");
      URI address = URI.create("https://[::1]:" + port);
      try (ApiClient client = new ApiClient("test", List.of(address), access, Timeouts.DEFAULT)) {
        JarvisException refused =
            catchThrowableOfType(JarvisException.class, () -> client.get(ApiPath.of("version")));

        assertThat(refused.code()).isEqualTo(ErrorCode.CERTIFICATE_UNTRUSTED);
        assertThat(member.requests()).isEmpty();
      }
    }
  }
}

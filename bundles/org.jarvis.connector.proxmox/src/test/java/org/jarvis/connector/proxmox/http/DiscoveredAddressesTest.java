package org.jarvis.connector.proxmox.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jarvis.api.auth.Secret;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.detail.ConnectionDetail;
import org.jarvis.api.resource.detail.ConnectionDetail.Member.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Which of the addresses that a cluster names are given the token. Nothing here is connected to.
 */
class DiscoveredAddressesTest {
  private static final NodeName PVE1 = new NodeName("pve1");
  private static final NodeName PVE2 = new NodeName("pve2");
  private static final NodeName PVE3 = new NodeName("pve3");
  private static final Fingerprint PIN = new Fingerprint("0A".repeat(32));

  private static ApiClient client(
      String teller, Set<Fingerprint> pins, Map<String, Set<Fingerprint>> pinsOf) {
    ApiClient client =
        new ApiClient(
            "test",
            List.of(address(teller)),
            new Access(new ApiToken("jarvis@pve!ro", Secret.of("s")), pins, pinsOf, "etc/home.cfg"),
            Timeouts.DEFAULT);
    client.namesLookedUp().join();
    return client;
  }

  private static URI address(String host) {
    return URI.create("https://" + host + ":8006");
  }

  private static List<ConnectionDetail.Member> told(
      ApiClient client, String teller, Map<NodeName, String> addresses) {
    client.discover(new Discovery(address(teller), PVE1, addresses, Set.of(PVE1)));
    return client.members().stream().filter(member -> !member.configured()).toList();
  }

  /** Nothing of this set is pinned, so that the system's authorities decide about certificates. */
  @ParameterizedTest
  @CsvSource({
    "192.168.1.10, 192.168.1.11, used",
    "192.168.1.10, 10.255.0.1, used",
    "192.168.1.10, 172.16.0.1, used",
    "192.168.1.10, 172.31.255.1, used",
    "192.168.1.10, 172.32.0.1, public",
    "192.168.1.10, 100.64.0.1, used",
    "192.168.1.10, 100.127.0.1, used",
    "192.168.1.10, 100.128.0.1, public",
    "192.168.1.10, 203.0.113.5, public",
    "192.168.1.10, 8.8.8.8, public",
    "192.168.1.10, 169.254.169.254, one link",
    "169.254.0.10, 169.254.0.11, used",
    "192.168.1.10, 127.0.0.1, the machine itself",
    "127.0.0.1, 127.0.0.2, used",
    "127.0.0.1, 192.168.1.11, tunnel",
    "192.168.1.10, fd12:3456::2, used",
    "192.168.1.10, fc00::2, used",
    "192.168.1.10, 2001:db8::2, public",
    "192.168.1.10, 64:ff9b::808:808, public",
    "192.168.1.10, ::ffff:8.8.8.8, public",
    "192.168.1.10, ::ffff:192.168.1.11, used",
    "192.168.1.10, fe80::2, one link",
    "[fd12::1], fd12::2, used",
    "[fd12::1], 2001:db8::2, public",
    "203.0.113.4, 203.0.113.5, used",
    "203.0.113.4, 10.0.0.2, used",
    "203.0.113.4, 127.0.0.1, the machine itself",
    "[2001:db8::1], 2001:db8::2, used",
    "[::1], fd00::2, tunnel",
  })
  void theTokenGoesWhereItsOperatorWouldExpectIt(String teller, String named, String expected) {
    try (ApiClient client = client(teller, Set.of(), Map.of())) {
      List<ConnectionDetail.Member> members = told(client, teller, Map.of(PVE2, named));

      assertThat(members)
          .singleElement()
          .satisfies(
              member -> {
                assertThat(member.node()).isEqualTo(PVE2);
                assertThat(member.state()).isEqualTo(State.UNTRIED);
                if (expected.equals("used")) {
                  assertThat(member.reason()).isNull();
                } else {
                  assertThat(member.reason())
                      .startsWith(named + ": ")
                      .contains(expected)
                      .contains("add " + member.address() + " to addresses in etc/home.cfg");
                }
              });
    }
  }

  @Test
  void aPublicAddressIsUsedWhereOnlyPinnedCertificatesAreTrusted() {
    try (ApiClient any = client("192.168.1.10", Set.of(PIN), Map.of());
        ApiClient own = client("192.168.1.10", Set.of(), Map.of("203.0.113.5", Set.of(PIN)))) {
      Map<NodeName, String> named = Map.of(PVE2, "203.0.113.5", PVE3, "203.0.113.6");

      assertThat(told(any, "192.168.1.10", named))
          .hasSize(2)
          .allSatisfy(member -> assertThat(member.reason()).isNull());
      assertThat(told(own, "192.168.1.10", named))
          .filteredOn(member -> member.reason() == null)
          .extracting(ConnectionDetail.Member::node)
          .containsExactly(PVE2);
    }
  }

  @Test
  void whatIsNotUsedIsForgottenWithTheNode() {
    try (ApiClient client = client("192.168.1.10", Set.of(), Map.of())) {
      assertThat(told(client, "192.168.1.10", Map.of(PVE2, "203.0.113.5"))).hasSize(1);
      assertThat(told(client, "192.168.1.10", Map.of(PVE2, "192.168.1.11")))
          .singleElement()
          .satisfies(member -> assertThat(member.reason()).isNull());
      assertThat(told(client, "192.168.1.10", Map.of(PVE1, "192.168.1.10"))).isEmpty();
    }
  }

  @Test
  void aConfiguredMemberIsKnownByItsAddressHoweverFarItIs() {
    try (ApiClient client = client("203.0.113.5", Set.of(), Map.of())) {
      client.discover(
          new Discovery(address("203.0.113.5"), null, Map.of(PVE1, "203.0.113.5"), Set.of(PVE1)));

      assertThat(client.members())
          .singleElement()
          .satisfies(member -> assertThat(member.node()).isEqualTo(PVE1));
    }
  }
}

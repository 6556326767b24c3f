package org.jarvis.connector.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.ResourceRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsReaderTest {
  private static final String PIN = "SHA256:" + "a".repeat(43);
  private static final String OTHER_PIN = "SHA256:" + "b".repeat(43);
  private static final ClusterId HOME = new ClusterId("home");

  private static Map<String, Object> nodes(String... more) {
    return with(
        Map.of("cluster", "home", "user", "jarvis", "key", "/etc/jarvis/ssh/id_ed25519"), more);
  }

  private static Map<String, Object> host(String... more) {
    return with(
        Map.of(
            "cluster",
            "home",
            "user",
            "jarvis",
            "key",
            "/k",
            "name",
            "docker",
            "address",
            "10.0.0.5"),
        more);
  }

  private static Map<String, Object> with(Map<String, Object> usual, String... more) {
    Map<String, Object> properties = new HashMap<>(usual);
    properties.put("service.pid", "org.jarvis.connector.ssh~home");
    properties.put("felix.fileinstall.filename", "file:/x/etc/org.jarvis.connector.ssh-home.cfg");
    for (int i = 0; i < more.length; i += 2) {
      properties.put(more[i], more[i + 1]);
    }
    return properties;
  }

  @Test
  void readsTheNodesOfACluster() {
    NodesSettings settings =
        SettingsReader.nodes(
            nodes(
                "port",
                "2222",
                "sudo",
                "true",
                "host-keys",
                "pve1 " + PIN + ", pve2=" + OTHER_PIN + "=",
                "address.pve2",
                "127.0.0.1:9022",
                "passphrase",
                "hush"));
    HostSettings first = settings.host(new NodeName("pve1"), new HostAddress("192.168.1.10", null));
    HostSettings second = settings.host(new NodeName("pve2"), new HostAddress("x", null));

    assertThat(first.place()).isEqualTo(ResourceRef.node(HOME, new NodeName("pve1")));
    assertThat(first.address()).isEqualTo("192.168.1.10");
    assertThat(first.port()).isEqualTo(2222);
    assertThat(first.pins()).isEqualTo(Set.of(PIN));
    assertThat(first.account().sudo()).isTrue();
    assertThat(second.address()).isEqualTo("127.0.0.1");
    assertThat(second.port()).isEqualTo(9022);
    assertThat(second.pins()).isEqualTo(Set.of(OTHER_PIN));
    assertThat(settings.limits()).isEqualTo(Limits.DEFAULT);
    assertThat(settings.toString()).doesNotContain("hush");
  }

  @Test
  void readsAFurtherHost() {
    HostSettings guest = SettingsReader.furtherHost(host("guest", "101", "host-keys", PIN));
    HostSettings beside = SettingsReader.furtherHost(host("address", "[fd00::5]:2022"));

    assertThat(guest.place()).isEqualTo(ResourceRef.guest(HOME, new GuestId(101)));
    assertThat(guest.id()).hasToString("home/docker");
    assertThat(guest.port()).isEqualTo(22);
    assertThat(guest.pins()).containsExactly(PIN);
    assertThat(beside.place()).isEqualTo(ResourceRef.cluster(HOME));
    assertThat(beside.address()).isEqualTo("fd00::5");
    assertThat(beside.port()).isEqualTo(2022);
  }

  @ParameterizedTest
  @CsvSource({
    "cluster,Home,the name of a cluster",
    "user,-oProxyCommand=x,the name of an account",
    "user,'a b',the name of an account",
    "user,'',the name of an account",
    "user,root@evil,the name of an account",
    "key,id_ed25519,the absolute path of a private key",
    "key,'',the absolute path of a private key",
    "port,0,a whole number from 1 to 65535",
    "port,ssh,a whole number",
    "sudo,perhaps,true or false",
    "host-keys,MD5:00:11,fingerprints as ssh-keygen -l prints them",
    "host-keys,pve1,fingerprints",
    "connections,0,a whole number from 1 to 32",
    "terminals,99,a whole number from 1 to 32",
    "connect.seconds,0,a whole number from 1 to 120",
    "idle.seconds,1,a whole number from 10",
    "address.pve1,-x,a name or IP address",
    "address.pve1,a b,a name or IP address",
    "address.pve1,10.0.0.1:99999,a name or IP address",
    "address._,10.0.0.1,the name of a node after address.",
    "passphrase,$[secret:gone],a value for its placeholder",
    "user,${env:X},a value for its placeholder"
  })
  void saysWhichFileWhichKeyAndWhatIsExpected(String key, String value, String expected) {
    assertThatThrownBy(() -> SettingsReader.nodes(nodes(key, value)))
        .isInstanceOfSatisfying(
            JarvisException.class,
            wrong -> assertThat(wrong.code()).isEqualTo(ErrorCode.MISCONFIGURED))
        .hasMessageStartingWith(
            "etc/org.jarvis.connector.ssh-home.cfg: the key " + key + " needs " + expected);
  }

  @ParameterizedTest
  @CsvSource({
    "name,-rf,a short name for the host",
    "name,a/b,a short name for the host",
    "address,-oProxyCommand=reboot,the host's name or IP address",
    "address,'a\u0007b',the host's name or IP address",
    "address,'',the host's name or IP address",
    "guest,x,the number of the guest",
    "host-keys,'pve1 SHA256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',fingerprints"
  })
  void refusesAFurtherHostThatCannotBe(String key, String value, String expected) {
    assertThatThrownBy(() -> SettingsReader.furtherHost(host(key, value)))
        .hasMessageContaining("the key " + key + " needs " + expected);
  }

  @Test
  void refusesAPortThatIsSaidTwice() {
    assertThatThrownBy(
            () -> SettingsReader.furtherHost(host("address", "10.0.0.5:22", "port", "23")))
        .hasMessageContaining("the key port needs to be empty");
  }

  @Test
  void neverRepeatsAValueThatMayBeASecret() {
    assertThatThrownBy(() -> SettingsReader.nodes(nodes("user", "s3cr3t pass phrase")))
        .hasMessageNotContaining("s3cr3t");
  }
}

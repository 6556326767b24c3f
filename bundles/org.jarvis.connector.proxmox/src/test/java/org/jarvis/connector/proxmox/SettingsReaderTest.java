package org.jarvis.connector.proxmox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.Whereabouts;
import org.jarvis.connector.proxmox.http.Fingerprint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsReaderTest {
  private static final String PIN = "4F:".repeat(31) + "4F";

  private static Map<String, Object> minimal() {
    Map<String, Object> properties = new HashMap<>();
    properties.put("name", "home");
    properties.put("addresses", "https://192.168.1.10");
    properties.put("token", "jarvis@pve!main=abc-def");
    properties.put(
        "felix.fileinstall.filename", "file:/opt/jarvis/etc/org.jarvis.connector.proxmox-home.cfg");
    return properties;
  }

  private static Map<String, Object> with(String key, Object value) {
    Map<String, Object> properties = minimal();
    properties.put(key, value);
    return properties;
  }

  private static String complaint(Map<String, Object> properties) {
    JarvisException wrong =
        catchThrowableOfType(JarvisException.class, () -> SettingsReader.read(properties));
    assertThat(wrong).isNotNull();
    assertThat(wrong.code()).isEqualTo(ErrorCode.MISCONFIGURED);
    return wrong.getMessage();
  }

  @Test
  void aPinMayBeForOneMemberAlone() {
    String other = "0A:".repeat(31) + "0A";

    ClusterSettings settings =
        SettingsReader.read(with("tls.fingerprint", PIN + ", 192.168.1.11=" + other));

    assertThat(settings.access().pins()).extracting(Object::toString).containsExactly(PIN);
    assertThat(settings.access().pinsOf()).containsOnlyKeys("192.168.1.11");
    assertThat(complaint(with("tls.fingerprint", "192.168.1.11=" + PIN.substring(3))))
        .contains("tls.fingerprint", "192.168.1.10=4F:0A");
    assertThat(complaint(with("tls.fingerprint", "/x=" + PIN))).contains("tls.fingerprint");
  }

  @Test
  void fewKeysAreEnough() {
    ClusterSettings settings = SettingsReader.read(minimal());

    assertThat(settings.id()).isEqualTo(new ClusterId("home"));
    assertThat(settings.addresses()).containsExactly(URI.create("https://192.168.1.10:8006"));
    assertThat(settings.access().token().account()).isEqualTo("jarvis@pve!main");
    assertThat(settings.access().token().secret().reveal()).isEqualTo("abc-def");
    assertThat(settings.access().pins()).isEmpty();
    assertThat(settings.access().configuredIn())
        .isEqualTo("etc/org.jarvis.connector.proxmox-home.cfg");
    assertThat(settings.whereabouts()).isEqualTo(new Whereabouts.Unknown());
    assertThat(settings.pollInterval()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void readsEveryKey() {
    Map<String, Object> properties = minimal();
    properties.put("addresses", "https://pve1.lan:443/, https://[fd00::1] ,https://pve1.lan:443");
    properties.put("tls.fingerprint", PIN.replace(":", "").toLowerCase(Locale.ROOT) + "," + PIN);
    properties.put("runs.in.guest", 105);
    properties.put("poll.interval.seconds", "30");

    ClusterSettings settings = SettingsReader.read(properties);

    assertThat(settings.addresses())
        .containsExactly(URI.create("https://pve1.lan:443"), URI.create("https://[fd00::1]:8006"));
    assertThat(settings.access().pins()).containsExactly(new Fingerprint(PIN));
    assertThat(settings.whereabouts()).isEqualTo(new Whereabouts.InGuest(new GuestId(105)));
    assertThat(settings.pollInterval()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void theOperatorCanStateThatJarvisRunsOutside() {
    assertThat(SettingsReader.read(with("runs.outside", true)).whereabouts())
        .isEqualTo(new Whereabouts.Outside());
    assertThat(SettingsReader.read(with("runs.outside", "true")).whereabouts())
        .isEqualTo(new Whereabouts.Outside());
  }

  @Test
  void readsTheTokenFromAFile(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("token");
    Files.writeString(file, "jarvis@pve!main=from-file\n");
    Map<String, Object> properties = with("token.file", file.toString());
    properties.remove("token");

    assertThat(SettingsReader.read(properties).access().token().secret().reveal())
        .isEqualTo("from-file");
  }

  @Test
  void saysThatATokenFileCannotBeRead(@TempDir Path folder) {
    Map<String, Object> properties = with("token.file", folder.resolve("none").toString());
    properties.remove("token");

    assertThat(complaint(properties)).contains("token.file").contains("exists");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name | Home | a short name",
        "name | '' | a short name",
        "addresses | '' | one or more addresses",
        "addresses | http://192.168.1.10:8006 | https addresses",
        "addresses | 192.168.1.10 | https addresses",
        "addresses | https://u:p@host | https addresses",
        "addresses | https://host/api2 | https addresses",
        "addresses | https://a b:c | https addresses",
        "token | '' | user@realm!name=secret",
        "token | just-a-secret | user@realm!name=secret",
        "token | root@pam=secret | user@realm!name=secret",
        "token | ${env:NOT_SET} | placeholder",
        "token | $[secret:none] | placeholder",
        "token.file | /tmp/x | not both",
        "tls.fingerprint | 4F:0A | SHA-256",
        "runs.outside | maybe | true or false",
        "runs.in.guest | 5 | number of the guest",
        "runs.in.guest | x | number of the guest",
        "poll.interval.seconds | 0 | from 1 to 3600",
        "poll.interval.seconds | often | from 1 to 3600"
      })
  void saysWhichFileWhichKeyAndWhatIsExpected(String key, String value, String expected) {
    assertThat(complaint(with(key, value)))
        .startsWith("etc/org.jarvis.connector.proxmox-home.cfg: ")
        .contains(key)
        .contains(expected);
  }

  @Test
  void neverRepeatsAValue() {
    String secret = "root@pam!full=0123456789";
    for (String key :
        new String[] {"name", "addresses", "tls.fingerprint", "runs.outside", "runs.in.guest"}) {
      assertThat(complaint(with(key, secret))).doesNotContain("0123456789");
      assertThat(SettingsReader.label(with(key, secret))).doesNotContain("0123456789");
    }
  }

  @Test
  void bothOutsideAndInAGuestCannotBe() {
    Map<String, Object> properties = with("runs.outside", "true");
    properties.put("runs.in.guest", "105");

    assertThat(complaint(properties)).contains("runs.outside").contains("runs.in.guest");
  }

  @Test
  void namesThePidWhereThereIsNoFile() {
    Map<String, Object> properties = with("name", "!");
    properties.remove("felix.fileinstall.filename");
    properties.put("service.pid", "org.jarvis.connector.proxmox~home");

    assertThat(complaint(properties))
        .startsWith("the configuration org.jarvis.connector.proxmox~home: the key name");
    assertThat(SettingsReader.label(properties)).isEqualTo("org.jarvis.connector.proxmox~home");
  }
}

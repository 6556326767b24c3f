package org.jarvis.gateway.listen;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.jarvis.gateway.Configured;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListenSettingsTest {
  private static final Path ETC = Path.of("/srv/jarvis/etc");

  private static ListenSettings settings(String host, Map<String, Object> values) {
    return ListenSettings.of(Configured.with(values), host, "8480", ETC);
  }

  @Test
  void listensInPlainTextOnLoopbackAloneUnlessToldOtherwise() {
    ListenSettings settings = settings(null, Map.of());
    assertThat(settings.listeners()).containsExactly(new Listener("127.0.0.1", 8480, false));
    assertThat(settings.complaints()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, auto, false",
    "127.4.5.6, auto, false",
    "::1, auto, false",
    "[::1], auto, false",
    "localhost, auto, false",
    "0.0.0.0, auto, true",
    "::, auto, true",
    "192.168.1.5, auto, true",
    "192.168.1.5, AUTO, true",
    "127.0.0.1, always, true",
    "192.168.1.5, never, false",
  })
  void speaksTlsWhereOtherMachinesCanListenIn(String host, String mode, boolean tls) {
    ListenSettings settings = settings(host, Map.of("tls", mode));
    assertThat(settings.listeners()).singleElement().returns(tls, Listener::tls);
    assertThat(settings.complaints()).isEmpty();
  }

  @Test
  void takesAnUnknownModeAsTlsEverywhereAndSaysWhatIsExpected() {
    ListenSettings settings = settings("192.168.1.5", Map.of("tls", "off"));
    assertThat(settings.listeners()).allMatch(Listener::tls);
    assertThat(settings.complaints())
        .singleElement()
        .asString()
        .contains("etc/org.jarvis.gateway.cfg", "tls", "auto, always or never", "'off'");
  }

  @Test
  void listensOnSeveralAddressesEachInItsWay() {
    ListenSettings settings =
        settings("0.0.0.0", Map.of("listen", new String[] {"127.0.0.1, 192.168.1.5"}));
    assertThat(settings.listeners())
        .containsExactly(
            new Listener("127.0.0.1", 8480, false), new Listener("192.168.1.5", 8480, true));
  }

  @Test
  void listensOnLoopbackWhenTheAddressIsNone() {
    ListenSettings settings = settings("jarvis.example.org", Map.of());
    assertThat(settings.listeners()).containsExactly(new Listener("127.0.0.1", 8480, false));
    assertThat(settings.complaints()).singleElement().asString().contains("JARVIS_HOST", "IP");
  }

  @Test
  void wantsBothOrNoneOfCertificateAndKey() {
    ListenSettings settings = settings("0.0.0.0", Map.of("tls_certificate", "fullchain.pem"));
    assertThat(settings.own()).isNull();
    assertThat(settings.complaints())
        .singleElement()
        .asString()
        .contains("tls.certificate", "tls.key");
  }

  @Test
  void findsTheCertificatesFilesBesideTheConfiguration() {
    ListenSettings settings =
        settings("0.0.0.0", Map.of("tls_certificate", "a.pem", "tls_key", "/etc/ssl/b.pem"));
    assertThat(settings.own())
        .isEqualTo(new PemFiles(ETC.resolve("a.pem"), Path.of("/etc/ssl/b.pem")));
  }

  @Test
  void tellsAnAddressThatThisMachineCanOpen() {
    assertThat(new Listener("0.0.0.0", 8480, true).url()).isEqualTo("https://127.0.0.1:8480");
    assertThat(new Listener("::1", 8480, false).url()).isEqualTo("http://[::1]:8480");
  }
}

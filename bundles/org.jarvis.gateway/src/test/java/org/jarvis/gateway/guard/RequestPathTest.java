package org.jarvis.gateway.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.jarvis.api.error.JarvisException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestPathTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "api",
        "//",
        "//api/tools",
        "/api//tools",
        "/api/",
        "/api/./tools",
        "/api/../tools",
        "/api/%2e%2e/tools",
        "/api/%2E/tools",
        "/%61pi/health",
        "/api/health;jsessionid=1",
        "/api;x/health",
        "/api%2fhealth",
        "/api/%5ctools",
        "/api\\tools",
        "/api/%00",
        "/api/%",
        "/api/%4",
        "/api/%zz",
        "/api/%ff",
        "/api/a b",
        "/api/\u00e4",
        "/api/%c0%af",
        "/api/%0d%0a",
        "/api/tools?x",
        "/api/tools#x"
      })
  void refusesWhatCouldMeanAnotherPath(String raw) {
    assertThatThrownBy(() -> RequestPath.of(raw)).isInstanceOf(JarvisException.class);
  }

  @Property
  void readsWhateverAClientEncodesIntoASegment(
      @ForAll @StringLength(min = 1, max = 20) String segment) {
    String encoded = URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    RequestPath path;
    try {
      path = RequestPath.of("/api/" + encoded.replace("%2E", "."));
    } catch (JarvisException refused) {
      return;
    }
    assertThat(path.area()).isEqualTo("api");
    assertThat(path.segments()).hasSize(2);
    assertThat(path.toString()).doesNotContain("/../", "//", "\\");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pve%3Ahome%3Aguest%3A101", "pve:home:guest:101"})
  void readsAddressesHoweverTheirColonsAreWritten(String segment) {
    assertThat(RequestPath.of("/api/resources/" + segment).segments())
        .isEqualTo(List.of("api", "resources", "pve:home:guest:101"));
  }
}

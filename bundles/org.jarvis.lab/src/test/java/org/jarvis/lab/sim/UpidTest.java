package org.jarvis.lab.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.jarvis.lab.Recorded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpidTest {

  @Test
  void readsAndWritesRecordedNames() {
    String recorded = Recorded.named("post-start").data().asText();
    Upid upid = Upid.parse(recorded).orElseThrow();

    assertThat(upid).hasToString(recorded);
    assertThat(upid.user()).isEqualTo("root@pam");
    assertThat(upid.tokenId()).isEqualTo("full");
    assertThat(upid.type()).isEqualTo("qmstart");
    assertThat(upid.id()).isEqualTo("201");
    assertThat(upid.processStart()).isEqualTo(632853);
    assertThat(upid.pid()).isEqualTo(14507);
  }

  @Test
  void personHasNoToken() {
    String name = "UPID:titan:00003392:0004469B:6B033275:vzdump::root@pam:";

    assertThat(Upid.parse(name)).get().hasToString(name);
    assertThat(Upid.parse(name).orElseThrow().tokenId()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "UPID:", "UPID:titan:zz:0004469B:6B033275:qmstart:100:root@pam:", "nonsense"})
  void nonsenseIsNoName(String text) {
    assertThat(Upid.parse(text)).isEmpty();
  }
}

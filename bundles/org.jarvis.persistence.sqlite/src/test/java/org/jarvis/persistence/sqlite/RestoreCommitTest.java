package org.jarvis.persistence.sqlite;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RestoreCommitTest {
  private static final Path DATA = Path.of("data");

  @Test
  void readsWhatARestoreDecided() {
    assertThatCode(() -> parse("Jarvis restore\n20261126T103000Z\n/etc/jarvis\ntls jarvis.db\n"))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Jarvis restore\n/../../elsewhere\n/etc/jarvis\njarvis.db\n",
        "Jarvis restore\n20261126T103000Z\n/etc/jarvis\n../passwd\n",
        "Jarvis restore\n20261126T103000Z\n/etc/jarvis\nlog\n",
        "Jarvis restore\n20261126T103000Z\n/etc/jarvis\n",
        ""
      })
  void refusesWhatNoRestoreDecides(String text) {
    assertThatThrownBy(() -> parse(text))
        .isInstanceOfSatisfying(
            JarvisException.class,
            refusal ->
                org.assertj.core.api.Assertions.assertThat(refusal.code())
                    .isEqualTo(ErrorCode.CONFLICT));
  }

  private static void parse(String text) {
    var unused = RestoreCommit.parse(DATA, text, change -> {});
  }
}

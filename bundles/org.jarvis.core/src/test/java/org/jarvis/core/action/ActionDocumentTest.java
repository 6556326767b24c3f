package org.jarvis.core.action;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ActionDocumentTest {
  @Test
  void readsBackWhatItWrote() {
    assertThat(ActionDocument.prepare()).isEqualTo(ActionDocument.sample());
  }
}

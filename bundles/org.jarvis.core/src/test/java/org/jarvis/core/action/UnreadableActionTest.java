package org.jarvis.core.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.jarvis.api.action.Action;
import org.jarvis.api.action.ActionState;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.health.ComponentHealth;
import org.jarvis.api.persistence.NewEvent;
import org.jarvis.api.persistence.StoredAction;
import org.jarvis.core.MemoryJournal;
import org.junit.jupiter.api.Test;

class UnreadableActionTest {
  private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void doesNotHideTheOthers() throws Exception {
    MemoryJournal journal = new MemoryJournal();
    journal.record(
        new StoredAction("odd", 1, ActionState.RUNNING.name(), null, THEN, "{\"id\":[]}"),
        0,
        null,
        new NewEvent(THEN, "action.running", null, "Something runs.", "{}"));

    try (GateFixture jarvis = new GateFixture(journal)) {
      Action started = jarvis.ended(jarvis.submit("start_vm", 101));

      assertThat(jarvis.gate().recent(10)).extracting(Action::id).containsExactly(started.id());
      jarvis.assembly().lookAfterOpenActions();
      assertThat(jarvis.assembly().health().status()).isEqualTo(ComponentHealth.Status.DEGRADED);
      assertThatThrownBy(() -> jarvis.gate().find("odd"))
          .isInstanceOfSatisfying(
              JarvisException.class,
              failure -> assertThat(failure.code()).isEqualTo(ErrorCode.CONFLICT));
      assertThat(journal.find("odd")).get().extracting(StoredAction::revision).isEqualTo(1L);
    }
  }
}

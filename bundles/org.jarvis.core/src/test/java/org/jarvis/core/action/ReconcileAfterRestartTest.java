package org.jarvis.core.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import org.jarvis.api.action.Action;
import org.jarvis.api.action.ActionState;
import org.jarvis.api.resource.Guest;
import org.junit.jupiter.api.Test;

class ReconcileAfterRestartTest {
  @Test
  void neverRepeatsAnIntentWhoseTaskIsNotToBeFound() throws Exception {
    CountDownLatch forever = new CountDownLatch(1);
    GateFixture killed = new GateFixture();
    CountDownLatch asked = new CountDownLatch(1);
    killed.cluster.beforeTask(
        () -> {
          asked.countDown();
          while (forever.getCount() > 0) {
            Thread.onSpinWait();
          }
        });
    Action started = killed.submit("start_vm", 101);
    asked.await();

    try (GateFixture restarted = new GateFixture(killed.journal)) {
      Action settled = restarted.ended(started);

      assertThat(settled.state()).isEqualTo(ActionState.UNKNOWN);
      assertThat(restarted.cluster.done()).isEmpty();
      assertThat(restarted.cluster.status(101)).isEqualTo(Guest.Status.STOPPED);
    } finally {
      forever.countDown();
      killed.close();
    }
  }
}

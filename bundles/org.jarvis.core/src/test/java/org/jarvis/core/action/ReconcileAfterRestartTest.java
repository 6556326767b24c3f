package org.jarvis.core.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import org.jarvis.api.action.Action;
import org.jarvis.api.action.ActionState;
import org.jarvis.api.resource.Guest;
import org.junit.jupiter.api.Test;

class ReconcileAfterRestartTest {
  @Test
  void settlesAnIntentAlsoWhenANewerActionHeldItsTargetFirst() throws Exception {
    CountDownLatch forever = new CountDownLatch(1);
    GateFixture killed = new GateFixture();
    CountDownLatch asked = new CountDownLatch(1);
    killed.cluster.beforeTask(() -> stay(asked, forever));
    Action old = killed.submit("start_vm", 101);
    asked.await();

    try (GateFixture restarted = new GateFixture(killed.journal)) {
      CountDownLatch holding = new CountDownLatch(1);
      CountDownLatch goOn = new CountDownLatch(1);
      restarted.cluster.beforeTask(() -> stay(holding, goOn));
      Action newer = restarted.submit("start_vm", 101);
      holding.await();
      restarted.assembly().lookAfterOpenActions();
      goOn.countDown();
      assertThat(restarted.ended(newer).state()).isEqualTo(ActionState.SUCCEEDED);

      restarted.assembly().lookAfterOpenActions();

      assertThat(restarted.ended(old).state()).isEqualTo(ActionState.UNKNOWN);
    } finally {
      forever.countDown();
      killed.close();
    }
  }

  private static void stay(CountDownLatch arrived, CountDownLatch until) {
    arrived.countDown();
    while (until.getCount() > 0) {
      Thread.onSpinWait();
    }
  }

  @Test
  void neverRepeatsAnIntentWhoseTaskIsNotToBeFound() throws Exception {
    CountDownLatch forever = new CountDownLatch(1);
    GateFixture killed = new GateFixture();
    CountDownLatch asked = new CountDownLatch(1);
    killed.cluster.beforeTask(() -> stay(asked, forever));
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

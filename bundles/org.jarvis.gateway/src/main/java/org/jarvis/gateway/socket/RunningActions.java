package org.jarvis.gateway.socket;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jarvis.api.action.Action;
import org.jarvis.api.action.ActionGate;
import org.jarvis.api.action.ActionState;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.gateway.Part;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which action runs on what at this moment. Asks the gate only after something happened. */
final class RunningActions {
  private static final Logger LOG = LoggerFactory.getLogger(RunningActions.class);
  private static final int RECENT = 200;

  private final Part<ActionGate> gate;
  private final AtomicBoolean outdated = new AtomicBoolean(true);
  private volatile Map<ResourceRef, String> byTarget = Map.of();

  RunningActions(Part<ActionGate> gate) {
    this.gate = gate;
  }

  /** Something happened to an action. */
  void changed() {
    outdated.set(true);
  }

  /** The running actions' ids by their targets. */
  Map<ResourceRef, String> byTarget() {
    ActionGate present = gate.find().orElse(null);
    if (present != null && outdated.getAndSet(false)) {
      try {
        Map<ResourceRef, String> running = new HashMap<>();
        for (Action action : present.recent(RECENT)) {
          if (action.state() == ActionState.RUNNING) {
            action.targets().forEach(target -> running.put(target.ref(), action.id()));
          }
        }
        byTarget = Map.copyOf(running);
      } catch (JarvisException unavailable) {
        outdated.set(true);
        LOG.debug("What runs cannot be read at the moment.", unavailable);
      }
    }
    return byTarget;
  }
}

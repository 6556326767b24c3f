package org.jarvis.gateway.rest;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.safety.Autonomy;
import org.jarvis.api.safety.GuardrailSettings;
import org.jarvis.api.safety.Guardrails;
import org.osgi.service.component.annotations.Component;

/**
 * Changes guardrails of which a request names only some. Who changes the autonomy level must not
 * undo a halt that comes at the same moment, and a halt must not wait for anybody. Safe from any
 * thread.
 */
@Component(service = GuardrailChanges.class)
public final class GuardrailChanges {
  private final Object changing = new Object();
  private final AtomicLong halts = new AtomicLong();

  /** Changes what is given, and leaves the rest as it is; answers whether that is durable yet. */
  boolean change(
      GuardrailSettings settings,
      Optional<Boolean> halted,
      Optional<Autonomy> autonomy,
      Principal person,
      String address) {
    if (halted.orElse(false)) {
      halts.incrementAndGet();
      return settings.change(
          new Guardrails(true, autonomy.orElseGet(() -> settings.current().autonomy())),
          person,
          address);
    }
    synchronized (changing) {
      long before = halts.get();
      Guardrails now = settings.current();
      Autonomy next = autonomy.orElse(now.autonomy());
      boolean durable =
          settings.change(new Guardrails(halted.orElse(now.halted()), next), person, address);
      if (halted.isEmpty() && halts.get() != before && !settings.current().halted()) {
        return settings.change(new Guardrails(true, next), person, address);
      }
      return durable;
    }
  }
}

package org.jarvis.gateway.guard;

import jakarta.servlet.Filter;
import java.util.Set;
import org.jarvis.gateway.Opening;
import org.jarvis.gateway.Parts;

/** Makes guards for tests in other packages. */
public final class Guards {
  private Guards() {}

  public static Filter of(
      Parts parts, Traffic traffic, Opening opening, Set<String> hosts, Set<String> origins) {
    return new RequestGuard(parts, traffic, opening, hosts, origins);
  }
}

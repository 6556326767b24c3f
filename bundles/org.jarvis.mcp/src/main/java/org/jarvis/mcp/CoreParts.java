package org.jarvis.mcp;

import java.util.function.Supplier;
import org.jarvis.api.action.ActionGate;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.problem.Problems;
import org.jarvis.api.resource.LiveState;
import org.jarvis.api.tool.ToolCatalogue;
import org.jspecify.annotations.Nullable;

/**
 * What the core provides, while it is there.
 *
 * @param catalogues the catalogue, {@code null} while it is away
 * @param gates the gate, {@code null} while it is away
 * @param states the live state, {@code null} while it is away
 * @param troubles the problems, {@code null} while they are away
 */
record CoreParts(
    Supplier<@Nullable ToolCatalogue> catalogues,
    Supplier<@Nullable ActionGate> gates,
    Supplier<@Nullable LiveState> states,
    Supplier<@Nullable Problems> troubles) {

  ToolCatalogue catalogue() {
    return there(catalogues.get(), "tool catalogue");
  }

  ActionGate gate() {
    return there(gates.get(), "action pipeline");
  }

  LiveState liveState() {
    return there(states.get(), "cluster state");
  }

  Problems problems() {
    return there(troubles.get(), "list of problems");
  }

  private static <T> T there(@Nullable T part, String name) {
    if (part == null) {
      throw new JarvisException(
          ErrorCode.PART_MISSING,
          "The " + name + " (bundle org.jarvis.core) is not there at the moment. Try again soon.");
    }
    return part;
  }
}

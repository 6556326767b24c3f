package org.jarvis.mcp;

import java.util.Optional;
import org.jarvis.api.action.Action;
import org.jarvis.api.auth.Audience;
import org.jarvis.api.auth.Scope;

/**
 * Which actions a client may see: those that it asked for with the same token, and with a token for
 * the API whatever REST would show it. To a token that was made for MCP alone the others do not
 * exist.
 */
final class ActionViews {
  private final CoreParts core;

  ActionViews(CoreParts core) {
    this.core = core;
  }

  Optional<Action> find(String id, Client client) {
    return core.gate().find(id).filter(action -> visible(action, client));
  }

  private static boolean visible(Action action, Client client) {
    return client.asked(action)
        || (client.audience() == Audience.API && client.scopes().contains(Scope.READ));
  }
}

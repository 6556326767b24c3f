package org.jarvis.tools.host;

import java.util.List;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.host.Host;
import org.jarvis.api.host.HostState;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.TargetSelector;
import org.jarvis.api.tool.ToolContext;

/**
 * The members of a cluster that can send a magic packet by themselves, with the program that every
 * Proxmox VE has for that. It takes the address to wake from the cluster's own configuration.
 */
public final class WakingHosts {
  private static final int MOST_TRIED = 2;

  private WakingHosts() {}

  /** Where a node could be woken from: hosts that seem to answer, those that do first. */
  public static List<TargetSelector> beside(Arguments arguments, Commands commands) {
    String node = arguments.text("node").orElseThrow();
    String cluster = arguments.text("cluster").orElse(null);
    return commands.all().stream()
        .filter(host -> cluster == null || host.id().cluster().value().equals(cluster))
        .filter(
            host -> host.place().nodeName().filter(name -> !name.value().equals(node)).isPresent())
        .filter(host -> mayAnswer(host.state()))
        .sorted((one, other) -> Boolean.compare(isConnected(other), isConnected(one)))
        .limit(MOST_TRIED)
        .map(Commands::place)
        .toList();
  }

  private static boolean mayAnswer(HostState state) {
    return switch (state.status()) {
      case IDLE, CONNECTED -> true;
      case KEY_UNKNOWN, KEY_CHANGED, LOGIN_REFUSED, UNREACHABLE, MISCONFIGURED -> false;
    };
  }

  private static boolean isConnected(Host host) {
    return host.state().status() == HostState.Status.CONNECTED;
  }

  /** Whether one of the members that were decided on sent the packet. */
  public static boolean send(ToolContext context, Commands commands, Node asleep) {
    for (Resource target : context.targets()) {
      if (target instanceof Node helper
          && !helper.ref().equals(asleep.ref())
          && helper.cluster().equals(asleep.cluster())
          && commands.unavailable().isEmpty()
          && sent(context, commands, helper, asleep)) {
        return true;
      }
    }
    return false;
  }

  private static boolean sent(ToolContext context, Commands commands, Node helper, Node asleep) {
    try {
      return commands
          .of(helper)
          .map(host -> Exchange.with(context, host).ask("pvenode", "wakeonlan", asleep.name()))
          .filter(Exchange::isZero)
          .isPresent();
    } catch (JarvisException refused) {
      // The cluster's own answer says more of why it cannot be woken.
      return false;
    }
  }
}

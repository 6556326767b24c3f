package org.jarvis.tools.host;

import java.time.Duration;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.host.CommandResult;
import org.jarvis.api.resource.Node;
import org.jarvis.api.tool.ToolContext;
import org.jarvis.tools.form.EffectWatch;
import org.jarvis.tools.form.Words;

/** A service of a node that its systemd knows, and Proxmox VE does not list. */
public final class HostService {
  private static final String SYSTEMCTL = "systemctl";

  private final Exchange exchange;
  private final String unit;

  /**
   * A service.
   *
   * @throws JarvisException {@code NOT_FOUND} where neither the cluster nor a host can tell of it,
   *     {@code PART_MISSING} where no command can run
   */
  public HostService(ToolContext context, Commands commands, Node node, String unit) {
    String what = "Proxmox VE lists no service " + unit + " on node " + node.name();
    commands
        .unavailable()
        .ifPresent(
            reason -> {
              throw new JarvisException(ErrorCode.NOT_FOUND, what + ". " + reason);
            });
    this.exchange =
        Exchange.with(
            context,
            commands
                .of(node)
                .orElseThrow(
                    () ->
                        new JarvisException(
                            ErrorCode.NOT_FOUND,
                            what
                                + ", and no SSH host is configured for the node that could tell"
                                + " more. get_node_services lists those it has.")));
    this.unit = unit;
  }

  /** Restarts it, and waits until it runs. */
  public void restart(EffectWatch watch, Duration patience) {
    CommandResult before = exchange.ask(SYSTEMCTL, "show", "--no-pager", "-p", "LoadState", unit);
    exchange.requireEnd(before, SYSTEMCTL);
    if (before.output().lines().anyMatch("LoadState=not-found"::equals)) {
      throw new JarvisException(
          ErrorCode.NOT_FOUND, exchange.host().id() + " has no service " + unit + ".");
    }
    exchange.answer(SYSTEMCTL, "restart", unit);
    boolean active =
        watch.until(
            this::isActive,
            patience,
            "The service " + unit + " was restarted; what came of it was not seen.");
    if (!active) {
      throw new JarvisException(
          ErrorCode.EFFECT_MISSING,
          "systemd restarted "
              + unit
              + " on "
              + exchange.host().id()
              + ", but it is "
              + Words.said(exchange.ask(SYSTEMCTL, "is-active", unit).output())
              + ". get_journal tells why.");
    }
  }

  private boolean isActive() {
    return Exchange.isZero(exchange.ask(SYSTEMCTL, "is-active", unit));
  }
}

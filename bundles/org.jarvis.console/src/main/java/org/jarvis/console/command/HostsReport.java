package org.jarvis.console.command;

import java.util.List;
import org.jarvis.api.host.Host;
import org.jarvis.api.host.HostState;
import org.jarvis.api.text.InertText;
import org.jarvis.console.Parts;

/**
 * The hosts in columns: name, how Jarvis stands with it, and where it is. Below each the key that
 * it offers, for people to compare, and what is wrong with it. No key can be accepted here: that
 * takes a person in a browser.
 */
final class HostsReport {
  private static final String INDENT = "    ";

  private final Parts parts;

  HostsReport(Parts parts) {
    this.parts = parts;
  }

  void write(Lines lines) {
    List<Host> hosts = parts.hosts().require().all();
    if (hosts.isEmpty()) {
      lines.add(
          "No host is configured. Describe a cluster's hosts in"
              + " etc/org.jarvis.connector.ssh-<name>.cfg.");
      return;
    }
    int width = hosts.stream().mapToInt(host -> host.id().toString().length()).max().orElse(1);
    for (Host host : hosts) {
      write(host, width, lines);
    }
    if (hosts.stream().anyMatch(HostsReport::waits)) {
      lines.add("");
      lines.add("A person accepts a host's key in the browser: settings, hosts.");
    }
  }

  private static void write(Host host, int width, Lines lines) {
    String id = host.id().toString();
    HostState state = host.state();
    lines.add(
        "%s  %-13s  %s@%s port %d"
            .formatted(
                id + " ".repeat(width - id.length()),
                state.status().word(),
                InertText.printed(host.user()),
                InertText.printed(host.address()),
                host.port()));
    if (state.offered() != null) {
      lines.add(INDENT + InertText.printed(state.offered()));
    }
    if (state.reason() != null) {
      lines.add(INDENT + InertText.printed(state.reason()));
    }
  }

  private static boolean waits(Host host) {
    return switch (host.state().status()) {
      case KEY_UNKNOWN, KEY_CHANGED -> true;
      case IDLE, CONNECTED, LOGIN_REFUSED, UNREACHABLE, MISCONFIGURED -> false;
    };
  }
}

package org.jarvis.console.command;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code jarvis:hosts}: the hosts that Jarvis reaches over SSH. */
@Service
@Command(
    scope = "jarvis",
    name = "hosts",
    description = "The hosts that are reached over SSH, and the fingerprints of their keys")
public final class HostsCommand extends JarvisCommand {
  @Override
  void run(Lines lines) {
    new HostsReport(parts).write(lines);
  }
}

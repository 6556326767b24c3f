package org.jarvis.console.command;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code jarvis:test-cluster}: tries everything that Jarvis needs of a cluster. */
@Service
@Command(
    scope = "jarvis",
    name = "test-cluster",
    description = "Tries everything that Jarvis needs of a cluster, and says what to do")
@SuppressWarnings("NullAway.Init") // Karaf sets the fields before it calls.
public final class TestClusterCommand extends JarvisCommand {
  @Argument(
      name = "NAME",
      description = "The cluster, as its configuration names it",
      required = true)
  String name;

  @Override
  void run(Lines lines) {
    new ClusterTestReport(parts).write(name, lines);
  }
}

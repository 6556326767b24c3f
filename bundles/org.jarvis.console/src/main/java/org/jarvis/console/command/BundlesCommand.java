package org.jarvis.console.command;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code jarvis:bundles}: what Jarvis is made of, and what of it does not work. */
@Service
@Command(
    scope = "jarvis",
    name = "bundles",
    description = "The bundles of Jarvis, the extensions, and components that do not work")
public final class BundlesCommand extends JarvisCommand {
  @Override
  void run(Lines lines) {
    new BundlesReport(parts).write(lines);
  }
}

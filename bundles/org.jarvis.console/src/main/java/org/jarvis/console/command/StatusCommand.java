package org.jarvis.console.command;

import java.lang.management.ManagementFactory;
import java.time.Clock;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code jarvis:status}: how Jarvis is, and what it watches. */
@Service
@Command(scope = "jarvis", name = "status", description = "How Jarvis is and what it watches")
public final class StatusCommand extends JarvisCommand {
  @Override
  void run(Lines lines) {
    Clock clock = Clock.systemUTC();
    long startedAt = ManagementFactory.getRuntimeMXBean().getStartTime();
    new StatusReport(parts, Installation.ofThisProcess(startedAt), clock).write(lines);
  }
}

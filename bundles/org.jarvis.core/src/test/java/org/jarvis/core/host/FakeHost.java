package org.jarvis.core.host;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jarvis.api.host.CommandResult;
import org.jarvis.api.host.CommandRun;
import org.jarvis.api.host.HostConnection;
import org.jarvis.api.host.HostId;
import org.jarvis.api.host.HostOperations;
import org.jarvis.api.host.TerminalLine;
import org.jarvis.api.host.TerminalOutput;
import org.jarvis.api.host.TerminalRequest;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.ResourceRef;

/** A host that notes what runs on it, and answers what a test wants. */
public final class FakeHost implements HostOperations {
  public static final String CONFIGURATION = "org.jarvis.connector.ssh~home";

  public final List<CommandRun> runs = new ArrayList<>();
  public Function<CommandRun, CommandResult> answer = run -> said("");

  public static HostId id(String name) {
    return new HostId(new ClusterId("home"), name);
  }

  public static CommandResult said(String output) {
    return new CommandResult(0, null, output, "", 0, Duration.ofMillis(3));
  }

  public HostConnection connection(String name, ResourceRef place) {
    return new HostConnection(
        id(name), CONFIGURATION, place, "192.0.2.7", 22, "jarvis", true, this);
  }

  @Override
  public CommandResult run(CommandRun run) {
    runs.add(run);
    return answer.apply(run);
  }

  @Override
  public TerminalLine open(TerminalRequest request, TerminalOutput output) {
    throw new AssertionError("No test of this kind opens a terminal.");
  }
}

package org.jarvis.tools;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.Storage;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Obstacle;
import org.jarvis.api.tool.Tool;
import org.jarvis.api.tool.ToolResult;
import org.jarvis.tools.host.Commands;
import org.jarvis.tools.host.HouseAnalyst;
import org.jarvis.tools.host.HouseHosts;

/** One use of a tool in a house of two nodes, a VM, a container and a storage each. */
public final class Run {
  public final Home home = new Home();
  public final HouseHosts hosts = new HouseHosts(home);
  public final Tool tool;
  public final Arguments arguments;
  private final List<Resource> targets;
  public final FakeContext context;

  private Run(String name, Map<String, Object> more, Resource... targets) {
    home.nodes.add(Home.node("pve1", Node.Status.ONLINE));
    home.nodes.add(Home.node("pve2", Node.Status.ONLINE));
    home.storages.add(Home.storage("pve1", "local", false, Storage.Status.AVAILABLE));
    Commands commands = new Commands(hosts, () -> Optional.of(new HouseAnalyst()));
    this.tool =
        Toolbox.tools(home, commands, Home.CLOCK, duration -> {}).stream()
            .filter(one -> one.definition().name().equals(name))
            .findFirst()
            .orElseThrow();
    this.arguments = new Arguments(SampleArguments.with(SampleArguments.of(name).values(), more));
    this.targets = List.of(targets);
    this.context = new FakeContext(arguments, home, targets);
  }

  /** A use on these targets, with its sample arguments and these. */
  public static Run of(String name, Map<String, Object> more, Resource... targets) {
    Run run = new Run(name, more, targets);
    for (Resource target : targets) {
      if (target instanceof Guest guest) {
        run.home.guests.add(guest);
      }
    }
    return run;
  }

  /** VM 101 in this state. */
  public static Guest vm(Guest.Status status) {
    return Home.guest(101, GuestType.QEMU, status);
  }

  /** Container 101 in this state. */
  public static Guest container(Guest.Status status) {
    return Home.guest(101, GuestType.LXC, status);
  }

  public ToolResult result() {
    return tool.run(context);
  }

  /** How the run fails. */
  public JarvisException failure() {
    JarvisException failure = catchThrowableOfType(JarvisException.class, () -> tool.run(context));
    if (failure == null) {
      throw new AssertionError("It went well, with " + context.calls + ".");
    }
    return failure;
  }

  /** What stands against it, as {@code CODE reason}, or {@code nothing}. */
  public String obstacle() {
    return tool.obstacle(arguments, targets).map(Run::words).orElse("nothing");
  }

  private static String words(Obstacle obstacle) {
    return obstacle.code() + " " + obstacle.reason();
  }

  /** The effects that a person reads, in one text. */
  public String impact() {
    return tool.impact(arguments, targets).summary()
        + " "
        + String.join(" ", tool.impact(arguments, targets).effects());
  }

  public Map<String, Object> undo() {
    return tool.undo(arguments, targets, new ToolResult("", Map.of()))
        .map(Arguments::values)
        .orElse(Map.of());
  }
}

package org.example.libvirt;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jarvis.api.llm.provider.ProviderConfiguration;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.Whereabouts;

/**
 * What one configuration says.
 *
 * @param cluster the name that the machine has as a cluster of one node
 * @param configuration the configuration's PID
 * @param node the name that it has as that node
 * @param command virsh by its full path, with the arguments that come first
 * @param time how long virsh may take
 * @param interval how often to look
 * @param whereabouts whether Jarvis itself runs in one of its guests
 */
record Settings(
    ClusterId cluster,
    String configuration,
    NodeName node,
    List<String> command,
    Duration time,
    Duration interval,
    Whereabouts whereabouts) {

  /** Reads it. What is wrong is thrown with file, key and what is expected, never with a value. */
  static Settings read(ProviderConfiguration configuration) {
    List<String> command =
        Stream.of(configuration.text("command").split(",")).map(String::strip).toList();
    if (!isProgram(command.get(0))) {
      throw configuration.wrong(
          "command", "the full path of virsh, and its first arguments, separated by commas");
    }
    return new Settings(
        cluster(configuration),
        configuration.pid(),
        node(configuration),
        command,
        Duration.ofSeconds(configuration.number("time.seconds", 30, 1, 600)),
        Duration.ofSeconds(configuration.number("poll.interval.seconds", 10, 1, 3600)),
        whereabouts(configuration));
  }

  private static boolean isProgram(String path) {
    try {
      // A bare name would be whatever the first folder of some PATH holds under it.
      return Path.of(path).isAbsolute();
    } catch (InvalidPathException unusable) {
      return false;
    }
  }

  private static ClusterId cluster(ProviderConfiguration configuration) {
    try {
      return new ClusterId(configuration.text("name"));
    } catch (IllegalArgumentException invalid) {
      throw configuration.wrong(
          "name", "a lower-case letter, then lower-case letters, digits or hyphens, such as attic");
    }
  }

  private static NodeName node(ProviderConfiguration configuration) {
    String node = configuration.text("node");
    try {
      return new NodeName(node.isEmpty() ? configuration.text("name") : node);
    } catch (IllegalArgumentException invalid) {
      throw configuration.wrong("node", "the machine's host name, without its domain");
    }
  }

  /** Until it is known where Jarvis runs, Jarvis stops nothing there. */
  private static Whereabouts whereabouts(ProviderConfiguration configuration) {
    boolean outside = configuration.flag("runs.outside", false);
    int guest = configuration.number("runs.in.guest", 0, 0, GuestId.MAX);
    if (outside && guest != 0) {
      throw configuration.wrong("runs.outside", "to be false, or runs.in.guest to be empty");
    }
    if (guest == 0) {
      return outside ? new Whereabouts.Outside() : new Whereabouts.Unknown();
    }
    if (guest < GuestId.MIN) {
      throw configuration.wrong("runs.in.guest", "the number that Jarvis shows for that guest");
    }
    return new Whereabouts.InGuest(new GuestId(guest));
  }
}

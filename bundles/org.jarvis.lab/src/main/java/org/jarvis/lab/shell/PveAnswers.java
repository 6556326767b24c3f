package org.jarvis.lab.shell;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jarvis.lab.pve.PveReply;
import org.jarvis.lab.sim.Guest;
import org.jarvis.lab.sim.GuestKind;
import org.jarvis.lab.sim.PowerOperation;
import org.jarvis.lab.sim.PowerRequest;
import org.jarvis.lab.sim.Refusal;
import org.jarvis.lab.sim.Task;
import org.jarvis.lab.sim.Upid;

/** What the command line tools of Proxmox VE have in common. */
final class PveAnswers {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LOOKS_EVERY = Duration.ofMillis(50);
  private static final int FAILED = 255;

  private PveAnswers() {}

  /** The data of a reply. */
  static JsonNode data(PveReply reply) throws IOException {
    return JSON.readTree(String.valueOf(reply.body())).path("data");
  }

  /** A guest's configuration as its file and {@code qm config} write it. */
  static String config(World world, Guest guest) {
    String path =
        "/nodes/"
            + guest.node()
            + "/"
            + guest.spec().kind().type()
            + "/"
            + guest.vmid()
            + "/config";
    StringBuilder text = new StringBuilder();
    try {
      Map<String, String> sorted = new TreeMap<>();
      data(world.call("GET", path, Map.of()))
          .properties()
          .forEach(
              field -> {
                if (!field.getKey().equals("digest")) {
                  sorted.put(field.getKey(), field.getValue().asText());
                }
              });
      sorted.forEach(
          (key, value) ->
              text.append(key).append(": ").append(value.replace("\n", "%0A")).append('\n'));
    } catch (IOException unreadable) {
      throw new IllegalStateException("the API's own reply is malformed", unreadable);
    }
    return text.toString();
  }

  /** The guest of a number, where it is of this kind and on the machine. */
  static Optional<Guest> guest(Call call, GuestKind kind, String word) {
    return call.machine().cluster().snapshot().guestsOn(call.machine().name()).stream()
        .filter(guest -> guest.spec().kind() == kind && String.valueOf(guest.vmid()).equals(word))
        .findFirst();
  }

  static int missing(Call call, GuestKind kind, String word) throws IOException {
    if (!word.matches("[0-9]+")) {
      call.err().println("400 Parameter verification failed.");
      call.err().println("vmid: type check ('integer') failed - got '" + word + "'");
      return FAILED;
    }
    call.err()
        .println(
            "Configuration file '"
                + kind.configPath(call.machine().name(), Integer.parseInt(word))
                + "' does not exist");
    return 2;
  }

  /** Asks for a change of power, and waits for the end of it as the tools do. */
  static int power(
      Call call, Guest guest, PowerOperation operation, Optional<Duration> timeout, boolean force)
      throws IOException {
    try {
      Upid task =
          call.machine()
              .cluster()
              .power(
                  new PowerRequest(
                      guest.spec().kind(), guest.node(), guest.vmid(), operation, timeout, force),
                  "root@pam",
                  null);
      return follow(call, task);
    } catch (Refusal refusal) {
      call.err().println(refusal.text());
      return FAILED;
    }
  }

  static int follow(Call call, Upid upid) throws IOException {
    int shown = 0;
    while (true) {
      Optional<Task> task = call.machine().cluster().task(upid);
      if (task.isEmpty()) {
        return 0;
      }
      for (; shown < task.get().log().size(); shown++) {
        String line = task.get().log().get(shown);
        if (!line.startsWith("TASK ")) {
          call.out().println(line);
        }
      }
      if (!task.get().running()) {
        String status = String.valueOf(task.get().exitStatus());
        boolean well = status.equals("OK") || status.startsWith("WARNINGS");
        if (!well) {
          call.err().println(status);
        }
        return well ? 0 : FAILED;
      }
      call.out().flush();
      call.job().pause(LOOKS_EVERY);
    }
  }

  /** These tools are for root alone. */
  static boolean refused(Call call) throws IOException {
    if (!call.login().isRoot()) {
      call.err().println("please run as root");
    }
    return !call.login().isRoot();
  }
}

package org.example.libvirt;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jarvis.api.connector.Examination;
import org.jarvis.api.connector.PartialReader;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.Observation;
import org.jarvis.api.resource.TaskId;
import org.jarvis.api.resource.TaskState;

/** Reads single things of the machine. Keeps nothing: each answer is asked for anew. */
final class MachineReader extends PartialReader {
  private final Settings settings;
  private final Machine machine;
  private final Tasks tasks;

  MachineReader(Settings settings, Machine machine, Tasks tasks) {
    this.settings = settings;
    this.machine = machine;
    this.tasks = tasks;
  }

  @Override
  public Optional<GuestReading> guest(GuestId number) {
    Optional<UUID> id = machine.domain(number);
    if (id.isEmpty()) {
      return Optional.empty();
    }
    Observation observation = machine.observation(Instant.now());
    List<String> oddities = new ArrayList<>();
    Optional<Domain> found =
        machine.domains(oddities).stream()
            .filter(domain -> domain.id().equals(id.get()))
            .findFirst();
    if (found.isEmpty() && !oddities.isEmpty()) {
      throw new JarvisException(ErrorCode.BAD_REPLY, String.join(" ", oddities));
    }
    return found.map(
        domain ->
            new GuestReading(
                domain.guest(settings, observation),
                digest(machine.configuration(domain.id())),
                domain.id().toString()));
  }

  private static String digest(String text) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException(missing);
    }
  }

  @Override
  public Optional<TaskState> task(TaskId task) {
    return tasks.find(task);
  }

  @Override
  public List<TaskState> tasksOf(NodeName node, GuestId guest, Instant since) {
    return tasks.of(guest, since);
  }

  @Override
  public Examination examine() {
    try {
      int guests = machine.read().guests().size();
      return examined(Examination.Outcome.PASSED, guests + " guests were read.", null);
    } catch (JarvisException failure) {
      return examined(
          Examination.Outcome.FAILED,
          failure.getMessage(),
          "Run the command of its configuration with \"list --all\", as the user of Jarvis.");
    }
  }

  private static Examination examined(Examination.Outcome outcome, String detail, String cure) {
    return new Examination(
        List.of(new Examination.Check("read the guests by virsh", outcome, detail, cure)));
  }
}

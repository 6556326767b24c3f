package org.jarvis.connector.ssh;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jarvis.api.command.CommandAnalysis;
import org.jarvis.api.command.CommandAnalyst;
import org.jarvis.api.command.CommandText;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.host.CommandResult;
import org.jarvis.api.host.CommandRun;
import org.jarvis.api.resource.Observation;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.AspectState;
import org.jarvis.api.resource.detail.NodeTemperatures;
import org.jarvis.api.resource.detail.NodeTemperatures.Reading;
import org.jarvis.api.safety.Tier;
import org.jarvis.connector.ssh.temperature.KernelSensors;
import org.jarvis.connector.ssh.temperature.SensorsJson;
import org.jspecify.annotations.Nullable;

/**
 * Reads the temperatures of one host: from lm-sensors where it is installed, otherwise from the
 * kernel's files. Its commands are few and fixed, and yet each goes the way of every other: it runs
 * as the analyst renders it, and only when that says that it observes. For one thread at a time.
 */
final class TemperatureReader {
  private static final List<String> SENSORS = List.of("sensors", "-j");
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int OUTPUT = 512 * 1024;

  /** After how many rounds to see anew what the host has. */
  private static final int ROUNDS_UNTIL_FORGOTTEN = 20;

  private final SshHost host;
  private final Supplier<@Nullable CommandAnalyst> analyst;
  private final Clock clock;
  private final Duration interval;

  private int rounds;
  private boolean withoutSensors;
  private @Nullable List<String> files;

  /**
   * Reads nothing yet.
   *
   * @param analyst tells what the commands mean; {@code null} while it is away
   * @param interval how often it is asked to read
   */
  TemperatureReader(
      SshHost host, Supplier<@Nullable CommandAnalyst> analyst, Clock clock, Duration interval) {
    this.host = host;
    this.analyst = analyst;
    this.clock = clock;
    this.interval = interval;
  }

  /** Reads them now. Blocks; never throws for what the host does. */
  AspectState read() {
    rounds++;
    if (rounds % ROUNDS_UNTIL_FORGOTTEN == 0) {
      withoutSensors = false;
      files = null;
    }
    try {
      List<Reading> readings = withoutSensors ? List.of() : fromSensors();
      if (readings.isEmpty()) {
        readings = fromKernel();
      }
      return readings.isEmpty() ? nothing() : read(readings);
    } catch (ConnectFailure failure) {
      return failed(failure);
    } catch (JarvisException failure) {
      return failed(failure.code(), failure.getMessage());
    }
  }

  /** What to tell where no connection came about. */
  AspectState failed(ConnectFailure failure) {
    return failed(failure.code(), failure.reason());
  }

  private AspectState read(List<Reading> readings) {
    return AspectState.read(
        new NodeTemperatures(readings),
        new Observation("ssh:" + host.settings().id(), clock.instant(), interval));
  }

  private AspectState nothing() {
    return failed(
        ErrorCode.NOT_PRESENT,
        host.settings().id()
            + " tells no temperature: neither sensors nor the kernel has one. A virtual machine has"
            + " none; elsewhere 'apt install lm-sensors && sensors-detect' finds the chips.");
  }

  private AspectState failed(ErrorCode code, String reason) {
    return AspectState.failed(Aspect.TEMPERATURES, code, reason, clock.instant());
  }

  private List<Reading> fromSensors() throws ConnectFailure {
    CommandResult printed = observe(SENSORS);
    List<Reading> readings = SensorsJson.read(printed.output());
    withoutSensors = readings.isEmpty();
    return readings;
  }

  private List<Reading> fromKernel() throws ConnectFailure {
    List<String> known = files;
    if (known == null) {
      List<String> places = KernelSensors.places(observe(KernelSensors.listPlaces()).output());
      known =
          places.isEmpty()
              ? List.of()
              : KernelSensors.files(observe(KernelSensors.listFiles(places)).output());
      files = known;
    }
    StringBuilder printed = new StringBuilder();
    for (List<String> command : KernelSensors.readFiles(known)) {
      printed.append(observe(command).output()).append('\n');
    }
    return KernelSensors.read(printed.toString());
  }

  private CommandResult observe(List<String> words) throws ConnectFailure {
    CommandAnalyst judge = analyst.get();
    if (judge == null) {
      throw new JarvisException(
          ErrorCode.PART_MISSING,
          "What a command means cannot be told at the moment, so none runs: the bundle"
              + " org.jarvis.safety is not there.");
    }
    HostSettings settings = host.settings();
    CommandAnalysis analysis =
        // None of them needs root, so sudo need not list them.
        judge.analyse(settings.id(), false, new CommandText.Words(words));
    if (analysis.tier() != Tier.GREEN || analysis.canonical().isEmpty()) {
      throw new JarvisException(
          ErrorCode.REFUSED,
          "'"
              + words.get(0)
              + "' does not run on "
              + settings.id()
              + ", as the rules for commands do not say that it only observes. "
              + String.join(" ", analysis.reasons()));
    }
    return host.execute(new CommandRun(analysis.canonical(), PATIENCE, PATIENCE, OUTPUT));
  }
}

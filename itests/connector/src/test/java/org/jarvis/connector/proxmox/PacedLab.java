package org.jarvis.connector.proxmox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jarvis.api.connector.Attachment;
import org.jarvis.api.connector.ClusterObservation;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.detail.AspectState;
import org.jarvis.connector.proxmox.http.ApiClient;
import org.jarvis.connector.proxmox.http.Timeouts;
import org.jarvis.lab.Lab;
import org.jarvis.lab.LabOptions;
import org.jarvis.lab.pve.ApiToken;
import org.jarvis.lab.pve.Release;

/**
 * A lab and the reading half of the connector that watches it, with everything on the test's thread
 * and by one clock that the test moves: an hour takes seconds. While it is open, what is logged is
 * counted too.
 */
final class PacedLab implements Attachment, AutoCloseable {
  private static final Duration STEP = Duration.ofMillis(500);
  private static final int STEPS_PER_LOOK_AT_TASKS = 4;
  private static final int STEPS_PER_READING = 20;
  private static final int STEPS_PER_MINUTE = 120;

  /** Longer than any test: real time has no part in this. */
  private static final Duration AGES = Duration.ofMinutes(5);

  private final HandClock clock = new HandClock();
  private final Lab lab;
  private final ApiToken token;
  private final ApiClient api;
  private final ClusterWatch watch;
  private final SlowLane slowLane;
  private final Map<Turn, AspectState> states = new LinkedHashMap<>();
  private final List<Integer> failedByMinute = new ArrayList<>();
  private final List<Integer> warningsByMinute = new ArrayList<>();
  private final PrintStream errors = System.err;
  private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
  private ClusterObservation last;
  private int failedReadings;

  /** A clock that moves by hand. */
  private static final class HandClock extends Clock {
    private volatile Instant now = Instant.parse("2026-11-22T19:00:00Z");

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }

  PacedLab(Release release, Function<Lab, ApiToken> account) {
    try {
      lab = new Lab(LabOptions.defaults().by(clock).claiming(release));
      lab.start();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    token = account.apply(lab);
    ClusterSettings settings =
        SettingsReader.read(
            Map.of(
                "name",
                "demo",
                "addresses",
                lab.address(),
                "token",
                token.credential(),
                "tls.fingerprint",
                lab.fingerprints(),
                "runs.outside",
                "true"));
    api =
        new ApiClient(
            "paced",
            settings.addresses(),
            settings.access(),
            new Timeouts(AGES, AGES, AGES, AGES),
            AGES,
            clock);
    OddityLog oddityLog = new OddityLog(settings.id());
    slowLane =
        new SlowLane(settings, api, new DetailReader(api, clock), oddityLog, clock, Runnable::run);
    ProxmoxReader reader = new ProxmoxReader(settings, api, clock);
    watch = new ClusterWatch(settings, api, reader, oddityLog, slowLane, clock, Pace.DEFAULT);
    reader.over(watch, slowLane);
    watch.reportTo(this);
    System.setErr(new PrintStream(new Both(errors, logged), true, StandardCharsets.UTF_8));
  }

  /** Writes to two places. */
  private static final class Both extends OutputStream {
    private final OutputStream one;
    private final OutputStream other;

    private Both(OutputStream one, OutputStream other) {
      this.one = one;
      this.other = other;
    }

    @Override
    public void write(int octet) throws IOException {
      one.write(octet);
      other.write(octet);
    }

    @Override
    public void write(byte[] octets, int from, int count) throws IOException {
      one.write(octets, from, count);
      other.write(octets, from, count);
    }

    @Override
    public void flush() throws IOException {
      one.flush();
    }
  }

  /** So many minutes pass, each as the connector spends it. */
  void pass(int minutes) {
    for (int step = 0; step < minutes * STEPS_PER_MINUTE; step++) {
      if (step % STEPS_PER_READING == 0) {
        watch.read();
      }
      if (step % STEPS_PER_LOOK_AT_TASKS == 0) {
        watch.lookAtTasks();
      }
      slowLane.tick();
      clock.now = clock.now.plus(STEP);
      if (step % STEPS_PER_MINUTE == STEPS_PER_MINUTE - 1) {
        failedByMinute.add(api.traffic().lately().failed());
        warningsByMinute.add(warnings());
      }
    }
  }

  private int warnings() {
    return (int)
        logged
            .toString(StandardCharsets.UTF_8)
            .lines()
            .filter(line -> line.contains(" WARN ") || line.contains(" ERROR "))
            .count();
  }

  /** How many requests failed in each minute that passed. */
  List<Integer> failedByMinute() {
    return failedByMinute;
  }

  /** How many warnings had been logged by the end of each minute. */
  List<Integer> warningsByMinute() {
    return warningsByMinute;
  }

  /** How often the cluster as a whole could not be read. */
  int failedReadings() {
    return failedReadings;
  }

  /** What was reported last of everything. */
  Map<Turn, AspectState> states() {
    return states;
  }

  ClusterObservation observation() {
    return last;
  }

  ApiToken token() {
    return token;
  }

  @Override
  public void observed(ClusterObservation observation) {
    last = observation;
  }

  @Override
  public void detailed(ResourceRef resource, AspectState state) {
    states.merge(new Turn(resource, state.aspect()), state, (former, news) -> news.after(former));
  }

  @Override
  public void failed(ErrorCode code, String reason) {
    failedReadings++;
  }

  @Override
  public void detach(DetachReason reason) {}

  @Override
  public void close() {
    System.setErr(errors);
    watch.silence();
    api.close();
    lab.close();
  }
}

package org.jarvis.connector.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jarvis.api.auth.Secret;
import org.jarvis.api.connector.ClusterObservation;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.Storage;
import org.jarvis.api.resource.Whereabouts;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.AspectState;
import org.jarvis.api.resource.detail.ConnectionDetail;
import org.jarvis.api.resource.detail.ConnectionDetail.Member.State;
import org.jarvis.connector.proxmox.http.Access;
import org.jarvis.connector.proxmox.http.ApiClient;
import org.jarvis.connector.proxmox.http.ApiToken;
import org.jarvis.connector.proxmox.http.Timeouts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Watches, by a clock of the test's own, a member that answers with what a real one answered, at
 * its paths, and knows no others: as large a part of a Proxmox VE as was recorded.
 */
class RecordedClusterTest {
  private static final TestCertificate CERTIFICATE = TestCertificate.make();
  private static final ClusterId HOME = new ClusterId("home");
  private static final Duration STEP = Duration.ofMillis(500);
  private static final int STEPS_A_MINUTE = 120;
  private static final int STEPS_A_READING = 20;
  private static final int STEPS_A_LOOK = 4;
  private static final int MINUTES = 10;
  private static final int BUDGET = 60;
  private static final int LOG_LINES = 10;

  /** What stands in a recording's name for a query. */
  private static final Pattern QUERY =
      Pattern.compile(
          "_(timeframe|max|limit|errors|lastentries|disk|feature|poolid)_(_?[a-zA-Z0-9_]+)$");

  private final TestClock clock = new TestClock();
  private final FakeMember member = new FakeMember(CERTIFICATE);
  private final RecordingRegistry registry = new RecordingRegistry();
  private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
  private final PrintStream before = System.err;
  private ApiClient api;
  private SlowLane lane;
  private ClusterWatch watch;

  @BeforeEach
  void open() {
    serveWhatWasRecorded();
    System.setErr(new PrintStream(logged, true, StandardCharsets.UTF_8));
    ClusterSettings settings =
        new ClusterSettings(
            HOME,
            "org.jarvis.connector.proxmox~home",
            List.of(member.address()),
            new Access(
                new ApiToken("root@pam!full", Secret.of("s")),
                Set.of(CERTIFICATE.fingerprint()),
                "etc/home.cfg"),
            new Whereabouts.Outside(),
            STEP.multipliedBy(STEPS_A_READING));
    Duration ages = Duration.ofMinutes(1);
    api =
        new ApiClient(
            "test",
            settings.addresses(),
            settings.access(),
            new Timeouts(ages, ages, ages, ages),
            ages,
            clock);
    OddityLog oddities = new OddityLog(HOME);
    lane =
        new SlowLane(settings, api, new DetailReader(api, clock), oddities, clock, Runnable::run);
    ProxmoxReader reader = new ProxmoxReader(settings, api, clock);
    watch = new ClusterWatch(settings, api, reader, oddities, lane, clock, Pace.DEFAULT);
    reader.over(watch, lane);
    watch.reportTo(registry);
  }

  @AfterEach
  void close() {
    System.setErr(before);
    api.close();
    member.close();
  }

  private void serveWhatWasRecorded() {
    Map<String, Map<String, String>> byQuery = new HashMap<>();
    for (String name : Recorded.names()) {
      if (!name.startsWith("get-") || name.equals("get-rrddata-hour")) {
        continue;
      }
      String path = name.substring("get-".length());
      Matcher query = QUERY.matcher(path);
      String asked = "";
      if (query.find()) {
        asked = query.group(1) + "=" + query.group(2).replace("_", "%2F");
        path = path.substring(0, query.start());
      }
      byQuery
          .computeIfAbsent("GET /" + path.replace('_', '/'), call -> new HashMap<>())
          .put(asked, name);
    }
    byQuery.forEach(
        (call, recordings) ->
            member.on(call, request -> Recorded.reply(fitting(request.target(), recordings))));
    member.otherwise(
        request ->
            FakeMember.reply(
                501,
                "{\"message\":\"Method '" + request.call() + "' not implemented\",\"data\":null}"));
    assertThat(byQuery).hasSizeGreaterThan(70);
  }

  /** The recording that was asked so, else one that was asked nothing, else any. */
  private static String fitting(String target, Map<String, String> recordings) {
    return recordings.entrySet().stream()
        .filter(entry -> !entry.getKey().isEmpty() && target.contains(entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseGet(
            () ->
                recordings.getOrDefault("", recordings.values().stream().sorted().toList().get(0)));
  }

  @Test
  void losesNothingInTenMinutesAndBurdensNobody() {
    Set<ResourceRef> first = new HashSet<>();
    List<Integer> loggedByMinute = new ArrayList<>();
    int readings = 0;
    for (int step = 0; step < MINUTES * STEPS_A_MINUTE; step++) {
      if (step % STEPS_A_READING == 0) {
        watch.read();
        Set<ResourceRef> seen = seen(registry.observation());
        first.addAll(seen);
        assertThat(seen).isEqualTo(first);
        readings++;
      } else if (step % STEPS_A_LOOK == 0) {
        watch.lookAtTasks();
      }
      lane.tick();
      checkTheMember();
      if ((step + 1) % STEPS_A_MINUTE == 0) {
        loggedByMinute.add(lines());
      }
      clock.pass(STEP);
    }

    assertThat(readings).isEqualTo(60);
    assertThat(first).hasSize(5);
    assertThat(registry.failures()).isZero();
    checkDetails();
    // Nothing is odd about what a real one says; whatever is, is said once.
    assertThat(loggedByMinute.get(MINUTES - 1))
        .as("lines of the log: %s", logged)
        .isLessThanOrEqualTo(LOG_LINES)
        .isEqualTo(loggedByMinute.get(MINUTES / 2));
    new OddityLog(HOME).note(List.of("a line"));
    assertThat(logged.toString(StandardCharsets.UTF_8)).as("is what is logged").contains("a line");
  }

  private static Set<ResourceRef> seen(ClusterObservation observation) {
    Set<ResourceRef> seen = new HashSet<>();
    observation.nodes().stream().map(Node::ref).forEach(seen::add);
    observation.guests().stream().map(Guest::ref).forEach(seen::add);
    observation.storages().stream().map(Storage::ref).forEach(seen::add);
    return seen;
  }

  private void checkTheMember() {
    ConnectionDetail.Member standing = api.members().get(0);
    assertThat(standing.state()).as(standing.reason()).isEqualTo(State.ANSWERING);
    ConnectionDetail.Traffic traffic = api.traffic().lately();
    assertThat(traffic.slow()).isLessThanOrEqualTo(BUDGET);
    assertThat(traffic.hot()).isLessThanOrEqualTo(BUDGET);
    assertThat(traffic.demanded()).isZero();
  }

  private int lines() {
    return (int) logged.toString(StandardCharsets.UTF_8).lines().count();
  }

  /** What was read once can be read again, and what cannot be says why. */
  private void checkDetails() {
    Map<ResourceRef, Set<Aspect>> read = new HashMap<>();
    Set<Aspect> known = new HashSet<>();
    Instant end = clock.instant();
    for (RecordingRegistry.Told told : registry.details) {
      AspectState state = told.state();
      Set<Aspect> ofThis = read.computeIfAbsent(told.resource(), one -> new HashSet<>());
      if (state.failure() == null) {
        ofThis.add(state.aspect());
        known.add(state.aspect());
      } else {
        assertThat(ofThis)
            .as("%s of %s: %s", state.aspect(), told.resource(), state.failure())
            .doesNotContain(state.aspect());
        assertThat(state.failure().code()).isNotIn(ErrorCode.INTERNAL, ErrorCode.BAD_REPLY);
        assertThat(state.failure().at()).isBeforeOrEqualTo(end);
      }
    }
    assertThat(known)
        .contains(
            Aspect.CONNECTION,
            Aspect.TASKS,
            Aspect.PRIVILEGES,
            Aspect.SYSTEM,
            Aspect.SERVICES,
            Aspect.CONFIGURATION,
            Aspect.SNAPSHOTS,
            Aspect.RUNTIME);
  }
}

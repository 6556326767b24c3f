package org.jarvis.itests.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.jarvis.itests.system.WatchedFault.Reach;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Everything that goes wrong between Jarvis and a cluster, one by one and then at random, while
 * somebody looks: Jarvis says what is wrong in words that lead to the cure, shows nothing stale as
 * fresh, keeps its eye on the cluster that is well, and is back within two cycles.
 *
 * <p>The system property {@code jarvis.stress} makes the random part ten minutes long.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LabFaultsIT {
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  /** As long as a reading takes at most that meets nothing but silence: five seconds a member. */
  private static final Duration TIME_OUT = Duration.ofMillis(7500);

  private static final Duration GRACE = Duration.ofMillis(1500);
  private static final Duration MIX =
      System.getProperty("jarvis.stress") == null ? Duration.ofSeconds(30) : Duration.ofMinutes(10);
  private static final long SEED = Long.getLong("jarvis.faults.seed", 4711);

  static final List<WatchedFault> FAULTS = WatchedFault.ALL;

  @TempDir static Path folder;

  private static final List<String> TOLD = new ArrayList<>();
  private static RunningLab home;
  private static RunningLab cabin;
  private static RunningJarvis jarvis;
  private static JarvisClient person;
  private static LabFaults faults;
  private static WatchedScreen screen;
  private static int episodes;

  @BeforeAll
  static void start() throws IOException {
    home = RunningLab.start(folder.resolve("lab"), Ports.forLab());
    cabin = RunningLab.start(folder.resolve("other-lab"), Ports.forLab());
    Path etc = Files.createDirectories(folder.resolve("etc"));
    configure(etc, "home", home);
    configure(etc, "cabin", cabin);
    jarvis = RunningJarvis.run(folder.resolve("data"), "--etc", etc.toString());
    person = JarvisClient.firstPerson(jarvis);
    faults = LabFaults.of(folder.resolve("lab"));
    screen = new WatchedScreen(person, INTERVAL, "home", "cabin");
    person.await(
        "/api/clusters",
        clusters -> {
          int well = 0;
          for (JsonNode cluster : clusters.path("items")) {
            well += isWell(cluster) ? 1 : 0;
          }
          return well == 2;
        });
  }

  /** By the members rhea and mimas; of the others it learns by itself. */
  private static void configure(Path etc, String name, RunningLab lab) throws IOException {
    Files.writeString(
        etc.resolve("org.jarvis.connector.proxmox-" + name + ".cfg"),
        lab.configuration()
            .replaceAll("(?m)^name=.*", "name=" + name)
            .replaceAll(
                "(?m)^addresses=https://127.0.0.1:(.*)",
                "addresses=https://127.0.10.12:$1,https://127.0.10.13:$1")
            .replaceAll("(?m)^(poll.interval.seconds)=.*", "$1=" + INTERVAL.toSeconds()),
        UTF_8);
  }

  @AfterAll
  static void stop() throws IOException {
    TOLD.forEach(System.out::println);
    try (RunningJarvis ending = jarvis) {
      home.kill();
    } finally {
      cabin.kill();
    }
  }

  private static boolean isWell(JsonNode cluster) {
    return cluster.path("connection").asText().equals("live")
        && cluster.path("status").asText().equals("online")
        && !cluster.path("stale").asBoolean(true)
        && !cluster.hasNonNull("reason")
        && cluster.path("warnings").isArray()
        && cluster.path("warnings").isEmpty();
  }

  @ParameterizedTest
  @FieldSource("FAULTS")
  @Order(1)
  void saysWhatIsWrongAndIsBackWithinTwoCycles(WatchedFault kind) throws IOException {
    long event = lastEvent();
    WatchedFault fault = kind.of(askedMember());
    faults.on(fault.fault());
    episodes++;
    Instant on = Instant.now();
    Duration told;
    Duration back;
    try {
      told =
          screen.await(
              fault + " is told",
              INTERVAL.plus(GRACE).plus(fault.hangs() ? TIME_OUT : INTERVAL),
              fault::isTold);
      if (fault.reach() == Reach.EVERYTHING) {
        screen.await(
            fault + " makes all stale",
            INTERVAL.multipliedBy(3).plus(GRACE),
            cluster -> cluster.path("stale").asBoolean());
        assertThat(WatchedScreen.observedAt(screen.look()))
            .as("nothing was seen while nothing could be read")
            .isBeforeOrEqualTo(on);
      } else {
        screen.watch(INTERVAL.multipliedBy(3));
        assertThat(Duration.between(WatchedScreen.observedAt(screen.look()), Instant.now()))
            .as("it is read as ever")
            .isLessThan(INTERVAL.plusSeconds(1).plus(GRACE));
      }
    } finally {
      faults.off(fault.fault());
    }
    Instant off = Instant.now();
    back =
        screen.await(
            "Jarvis is back after " + fault,
            INTERVAL.multipliedBy(2).plus(GRACE).plus(fault.hangs() ? TIME_OUT : Duration.ZERO),
            cluster -> isWell(cluster) && !WatchedScreen.observedAt(cluster).isBefore(off));
    TOLD.add(
        "%s: told after %d ms, back after %d ms"
            .formatted(fault, told.toMillis(), back.toMillis()));
    if (fault.reach() == Reach.NOTHING || fault.reach() == Reach.CLOCKS) {
      assertThat(eventsOfGuests(event)).as("nothing happened to a guest").isEmpty();
    }
  }

  /** The member that answered last. */
  private static String askedMember() throws IOException {
    JsonNode members = screen.look().path("members");
    return StreamSupport.stream(members.spliterator(), false)
        .filter(member -> member.hasNonNull("lastAnswer"))
        .max(Comparator.comparing(member -> Instant.parse(member.path("lastAnswer").asText())))
        .map(member -> member.path("node").asText())
        .orElseThrow();
  }

  private static long lastEvent() throws IOException {
    return person.get("/api/events?limit=1").body().path("total").asLong();
  }

  private static List<JsonNode> eventsOfGuests(long after) throws IOException {
    List<JsonNode> found = new ArrayList<>();
    for (JsonNode event : person.get("/api/events?after=" + after).body().path("items")) {
      if (event.path("type").asText().startsWith("guest.")) {
        found.add(event);
      }
    }
    return found;
  }

  @Test
  @Order(2)
  void livesThroughFaultsAtRandom() throws IOException {
    Random random = new Random(SEED);
    Instant end = Instant.now().plus(MIX);
    Duration longest = Duration.ZERO;
    int mixes = 0;
    while (Instant.now().isBefore(end)) {
      List<WatchedFault> on = new ArrayList<>();
      try {
        int many = 1 + random.nextInt(3);
        for (int i = 0; i < many; i++) {
          WatchedFault next = FAULTS.get(random.nextInt(FAULTS.size())).of(askedMember());
          faults.on(next.fault());
          on.add(next);
          episodes++;
          screen.watch(Duration.ofMillis(random.nextInt(3000)));
        }
      } finally {
        for (WatchedFault fault : on) {
          faults.off(fault.fault());
        }
      }
      Instant off = Instant.now();
      Duration back =
          screen.await(
              "Jarvis is back after " + on + " (seed " + SEED + ")",
              INTERVAL.multipliedBy(2).plus(GRACE).plus(TIME_OUT),
              cluster -> isWell(cluster) && !WatchedScreen.observedAt(cluster).isBefore(off));
      longest = back.compareTo(longest) > 0 ? back : longest;
      mixes++;
    }
    TOLD.add(
        "%d random mixes in %d s: back after %d ms at most"
            .formatted(mixes, MIX.toSeconds(), longest.toMillis()));
  }

  @Test
  @Order(3)
  void noThreadDiesAndTheLogStaysReadable() throws IOException {
    String log = Files.readString(folder.resolve("data/log/jarvis.log"), UTF_8);
    List<String> warnings =
        Pattern.compile("(?m)^.* WARN .*$")
            .matcher(log)
            .results()
            .map(line -> line.group())
            .toList();

    assertThat(log + jarvis.complaints()).doesNotContain("Exception in thread", " ERROR ");
    assertThat(warnings.size())
        .as("a fault is told once, and again where its kind changes: %s", warnings)
        .isLessThanOrEqualTo(3 * episodes);
    TOLD.add("%d warnings in the log for %d faults".formatted(warnings.size(), episodes));
  }
}

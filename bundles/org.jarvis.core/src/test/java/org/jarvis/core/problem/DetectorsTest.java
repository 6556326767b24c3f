package org.jarvis.core.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jarvis.core.problem.ProblemHouse.down;
import static org.jarvis.core.problem.ProblemHouse.finding;
import static org.jarvis.core.problem.ProblemHouse.kind;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jarvis.api.health.ComponentHealth;
import org.jarvis.api.problem.Evidence;
import org.jarvis.api.problem.Finding;
import org.jarvis.api.problem.ProblemDetector;
import org.jarvis.api.problem.ProblemKind;
import org.jarvis.api.problem.Severity;
import org.jarvis.api.problem.Situation;
import org.jarvis.api.resource.ResourceRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Detectors are foreign code, and what was set for their kinds is foreign text. */
class DetectorsTest {
  private static final Duration STEP = Duration.ofSeconds(5);

  private final ProblemHouse house = new ProblemHouse();
  private final ResourceRef guest = house.guest(101);

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void leavesItsProblemsAsTheyAreWhileADetectorFails() {
    house.found.add(down(guest));
    house.look();
    house.found.clear();
    house.whenAsked =
        () -> {
          throw new IllegalStateException("odd");
        };

    house.lookAfter(STEP);
    assertThat(house.open()).hasSize(1);
    assertThat(house.engine.health().status()).isEqualTo(ComponentHealth.Status.DEGRADED);
    assertThat(house.engine.health().detail())
        .contains("ProblemHouse) fails")
        .doesNotContain("odd");

    house.whenAsked = () -> {};
    house.lookAfter(STEP);
    assertThat(house.open()).isEmpty();
    assertThat(house.engine.health().status()).isEqualTo(ComponentHealth.Status.UP);
  }

  @Test
  void asksOneThatHangsNotAgainBeforeItIsBack() throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    CountDownLatch release = new CountDownLatch(1);
    try {
      DetectorRegistry registry = new DetectorRegistry();
      registry.add(house, "org.example");
      DetectorRegistry.Watching watching = registry.watching().get(0);
      DetectorCalls calls = new DetectorCalls(threads, Duration.ofMillis(1));

      assertThat(
              calls.ask(
                  watching,
                  () -> {
                    awaitUninterruptibly(release);
                    return List.of();
                  }))
          .isEmpty();
      assertThat(calls.troubles()).containsKey("org.example (ProblemHouse)");
      calls.keepOnly(List.of());
      assertThat(calls.troubles()).isEmpty();
    } finally {
      release.countDown();
      threads.shutdownNow();
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    boolean waiting = true;
    while (waiting) {
      try {
        latch.await();
        waiting = false;
      } catch (InterruptedException ignored) {
        // It hangs as foreign code may.
      }
    }
  }

  @Test
  void refusesWhatBreaksTheContract() {
    house.kinds.clear();
    house.kinds.add(
        new ProblemKind(
            "mild",
            "Mild",
            "It is mild.",
            Severity.WARNING,
            java.util.Set.of(),
            Duration.ZERO,
            Duration.ZERO,
            List.of(),
            null));
    house.engine.detectors().remove(house);
    house.engine.detectors().add(house, "org.example");
    house.found.add(finding("unknown", guest, ""));
    house.found.add(finding("mild", guest, ""));
    house.found.add(found(guest, Severity.INFO, "No remedy and no reason."));
    house.found.add(
        new Finding(
            "mild",
            null,
            "",
            Severity.INFO,
            "Not of it.",
            List.of(),
            List.of(),
            "none",
            List.of(),
            null));

    house.look();

    assertThat(house.open()).isEmpty();
    house.found.add(found(guest, Severity.INFO, "Explained.").unmended("Buy a disk."));
    house.look();
    assertThat(house.only().withoutRemedy()).isEqualTo("Buy a disk.");
  }

  private static Finding found(ResourceRef subject, Severity severity, String summary) {
    return new Finding(
        "mild", subject, "", severity, summary, List.of(new Evidence("A", "b")), List.of());
  }

  @Test
  void cutsWhatIsTooLongAndWhatIsNoText() {
    Finding long1 = down(guest);
    house.found.add(
        new Finding(
            "guest-down",
            guest,
            "",
            Severity.CRITICAL,
            "a\u001b[31m\nb\u202e" + "x".repeat(5_000),
            java.util.Collections.nCopies(50, new Evidence("l", "v".repeat(5_000))),
            long1.remedies()));
    house.look();

    assertThat(house.only().summary())
        .hasSize(300)
        .startsWith("a b x")
        .matches(text -> text.chars().noneMatch(Character::isISOControl));
    assertThat(house.only().evidence()).hasSize(20);
    assertThat(house.only().evidence().get(0).value()).hasSize(500);
  }

  @Test
  void givesNobodyTheKindsOfTheBuiltInOnes() {
    DetectorRegistry registry = new DetectorRegistry();
    ProblemDetector first = new Kinds("a", "b");
    ProblemDetector builtIn = new Kinds("a");
    registry.add(first, "org.example");
    registry.add(builtIn, DetectorRegistry.BUILT_IN);

    assertThat(registry.watching())
        .filteredOn(watching -> watching.detector() == first)
        .singleElement()
        .satisfies(watching -> assertThat(watching.kinds()).containsOnlyKeys("b"));
    registry.remove(builtIn);
    assertThat(registry.watching().get(0).kinds()).containsOnlyKeys("a", "b");
  }

  /** Defines these kinds, and finds nothing. */
  record Kinds(List<ProblemKind> kinds) implements ProblemDetector {
    Kinds(String... ids) {
      this(java.util.Arrays.stream(ids).map(id -> kind(id).build()).toList());
    }

    @Override
    public List<Finding> detect(Situation situation) {
      return List.of();
    }
  }

  @Test
  void takesWhatIsConfigured() {
    house.watchFor(kind("guest-down").limit("used", 80));
    house.engine.configure(
        Map.of(
            "guest-down.after", "2m",
            "guest-down.used", "55.5",
            "service.pid", "org.jarvis.problems"));
    house.found.add(down(guest));
    house.look();
    house.lookAfter(Duration.ofSeconds(119));
    assertThat(house.open()).isEmpty();
    house.lookAfter(Duration.ofSeconds(1));
    assertThat(house.open()).hasSize(1);
    assertThat(house.engine.health().status()).isEqualTo(ComponentHealth.Status.UP);

    house.engine.configure(Map.of("guest-down.enabled", "false"));
    house.lookAfter(STEP);
    assertThat(house.open()).isEmpty();
  }

  @Test
  void namesWhatIsConfiguredWrongly() {
    house.watchFor(kind("guest-down").limit("used", 80));
    house.engine.configure(
        Map.of(
            "guest-down.after", "soon",
            "guest-down.used", "101",
            "guest-down.enabled", "perhaps",
            "guest-down.size", "3",
            "later.after", "3"));
    house.look();

    assertThat(house.engine.health().detail())
        .contains(
            "etc/org.jarvis.problems.cfg: guest-down.after is a time such as 90, 30s, 10m, 2h or"
                + " 3d, up to 365d, not 'soon'. It stays 0s.",
            "guest-down.used is a number from 0 to 100 (%), not '101'. It stays 80.",
            "guest-down.enabled is true or false, not 'perhaps'",
            "guest-down.size is nothing that guest-down has. It has used, enabled, after and gone.")
        .doesNotContain("later");
    house.lookAfter(Duration.ofSeconds(61));
    assertThat(house.engine.health().detail()).contains("later.after is about a kind of problem");
  }
}

package org.jarvis.core.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.health.ComponentHealth;
import org.jarvis.api.panel.Panel;
import org.jarvis.api.panel.PanelContent;
import org.jarvis.api.panel.PanelDefinition;
import org.jarvis.api.panel.PanelKey;
import org.jarvis.api.panel.PanelReading;
import org.jarvis.api.panel.PanelValue;
import org.jarvis.api.panel.PanelView;
import org.jarvis.api.panel.Panels;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceKind;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.core.SteppingClock;
import org.jarvis.testkit.problem.FakeSituation;
import org.jarvis.testkit.resource.SampleCluster;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Panels are foreign code: whatever one does, the others and whoever looks go on. */
class LivePanelsTest {
  private static final Duration INTERVAL = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final PanelKey HOME = new PanelKey("home", null);
  private static final ResourceRef GUEST = ResourceRef.guest(SampleCluster.ID, new GuestId(101));

  private final SteppingClock clock = new SteppingClock();
  private final LivePanels panels =
      new LivePanels(
          SampleCluster.small(),
          (cluster, now) -> FakeSituation.of(cluster).now(now).build(),
          clock,
          PATIENCE);

  @AfterEach
  void stop() {
    panels.stop();
  }

  /** A panel that answers as the test says, and tells when it was asked. */
  private static final class Scripted implements Panel {
    final BlockingQueue<PanelView> asked = new LinkedBlockingQueue<>();
    private final PanelDefinition definition;
    volatile Function<PanelView, PanelContent> answer;

    Scripted(String id, ResourceKind subject, Function<PanelView, PanelContent> answer) {
      definition = new PanelDefinition(id, "A panel", "It shows something.", subject, INTERVAL);
      this.answer = answer;
    }

    @Override
    public PanelDefinition definition() {
      return definition;
    }

    @Override
    public PanelContent content(PanelView view) {
      asked.add(view);
      return answer.apply(view);
    }
  }

  private static PanelContent says(String text) {
    return new PanelContent.Stats(
        List.of(new PanelContent.Stat("It says", PanelValue.of(text), "", null, null)));
  }

  private Scripted come(String id, ResourceKind subject, String text) {
    Scripted panel = new Scripted(id, subject, view -> says(text));
    panels.add(panel, "org.example." + text, 0);
    await(
        () ->
            panels.panels().stream()
                .anyMatch(entry -> entry.definition().equals(panel.definition())));
    return panel;
  }

  private static void await(BooleanSupplier wanted) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!wanted.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  private static JarvisException refusal(Runnable call) {
    List<JarvisException> thrown = new ArrayList<>();
    assertThatThrownBy(call::run).isInstanceOfSatisfying(JarvisException.class, thrown::add);
    return thrown.get(0);
  }

  @Test
  void showsWhatCameAndNotWhatHasLeft() {
    assertThat(panels.health().detail()).isEqualTo("No extension brings a panel.");
    Scripted panel = come("home", null, "one");

    assertThat(panels.panels())
        .containsExactly(new Panels.Entry(panel.definition(), "org.example.one"));
    PanelReading reading = panels.read(HOME);
    assertThat(reading.content()).isEqualTo(says("one"));
    assertThat(reading.at()).isEqualTo(clock.instant());
    assertThat(reading.staleAt(clock.instant())).isFalse();
    assertThat(panels.health().status()).isEqualTo(ComponentHealth.Status.UP);

    panels.unbindPanel(panel);
    assertThat(panels.panels()).isEmpty();
    assertThat(panels.latest(HOME)).isEmpty();
    assertThat(refusal(() -> panels.read(HOME)).code()).isEqualTo(ErrorCode.NOT_FOUND);
  }

  @Test
  void asksNobodyWhomNobodyShowsAndNoneTooOften() throws Exception {
    Scripted panel = come("home", null, "one");
    assertThat(panels.latest(HOME)).isEmpty();
    assertThat(panel.asked).isEmpty();

    panels.show(List.of(HOME, HOME));
    assertThat(panel.asked.poll(20, TimeUnit.SECONDS)).isNotNull();
    await(() -> panels.latest(HOME).map(PanelReading::content).isPresent());
    clock.advance(INTERVAL.minusMillis(1));
    panels.show(List.of(HOME));
    panels.read(HOME);
    assertThat(panel.asked).isEmpty();

    clock.advance(Duration.ofMillis(1));
    panels.show(List.of(HOME));
    assertThat(panel.asked.poll(20, TimeUnit.SECONDS)).isNotNull();
  }

  @Test
  void seesItsResourceAndNothingBeyondItsCluster() throws Exception {
    Scripted panel = come("within", ResourceKind.GUEST, "one");
    panels.read(new PanelKey("within", GUEST));

    PanelView view = panel.asked.poll(20, TimeUnit.SECONDS);
    assertThat(view.subject().map(Resource::ref)).contains(GUEST);
    assertThat(view.clusters()).hasSize(1);
    assertThat(view.now()).isEqualTo(clock.instant());
  }

  @Test
  void refusesPlacesWhereAPanelDoesNotStand() {
    come("home", null, "one");
    come("within", ResourceKind.GUEST, "two");

    assertThat(refusal(() -> panels.read(new PanelKey("home", GUEST))).code())
        .isEqualTo(ErrorCode.INVALID_INPUT);
    assertThat(refusal(() -> panels.read(new PanelKey("within", null))).fields().get(0).field())
        .isEqualTo("ref");
    ResourceRef nobody = ResourceRef.guest(SampleCluster.ID, new GuestId(999_999));
    assertThat(refusal(() -> panels.read(new PanelKey("within", nobody))).code())
        .isEqualTo(ErrorCode.NOT_FOUND);
    panels.show(List.of(new PanelKey("home", GUEST), new PanelKey("within", nobody)));
    assertThat(panels.latest(new PanelKey("within", nobody))).isEmpty();
  }

  @Test
  void keepsTheLastContentOfOneThatFailsAsStaleAndNamesIt() {
    Scripted panel = come("home", null, "one");
    Scripted other = come("other", null, "two");
    panels.read(HOME);
    panel.answer =
        view -> {
          throw new StackOverflowError("secret");
        };
    clock.advance(INTERVAL);

    PanelReading failed = panels.read(HOME);
    assertThat(failed.content()).isEqualTo(says("one"));
    assertThat(failed.staleAt(clock.instant())).isTrue();
    assertThat(failed.failure()).isEqualTo("It failed: StackOverflowError.");
    assertThat(panels.health().status()).isEqualTo(ComponentHealth.Status.DEGRADED);
    assertThat(panels.health().detail())
        .contains("The panel home of org.example.one", "StackOverflowError")
        .doesNotContain("secret");
    assertThat(panels.read(new PanelKey(other.definition().id(), null)).failure()).isNull();

    panel.answer = view -> says("again");
    clock.advance(INTERVAL);
    assertThat(panels.read(HOME).content()).isEqualTo(says("again"));
    assertThat(panels.health().status()).isEqualTo(ComponentHealth.Status.UP);
  }

  @Test
  void takesNothingForAnAnswer() {
    come("home", null, "one").answer = view -> null;

    assertThat(panels.read(HOME).failure()).isEqualTo("It answered nothing.");
  }

  @Test
  void interruptsOneThatHangsAndAsksItNothingBeforeItIsBack() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    Scripted panel = come("home", null, "one");
    panel.answer =
        view -> {
          while (true) {
            try {
              release.await();
              return says("late");
            } catch (InterruptedException deaf) {
              interrupted.countDown();
            }
          }
        };
    panels.show(List.of(HOME));
    assertThat(panel.asked.poll(20, TimeUnit.SECONDS)).isNotNull();
    clock.advance(PATIENCE);

    assertThat(panels.latest(HOME).orElseThrow().failure())
        .isEqualTo("It takes longer than 2000 ms.");
    assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(panels.health().detail()).contains("home of org.example.one", "2000 ms");
    clock.advance(INTERVAL);
    panels.show(List.of(HOME));
    assertThat(panels.read(HOME).failure()).isEqualTo("It takes longer than 2000 ms.");
    assertThat(panel.asked).isEmpty();

    panel.answer = view -> says("in time");
    release.countDown();
    await(() -> says("in time").equals(panels.read(HOME).content()));
    assertThat(panels.read(HOME).failure()).isNull();
  }

  @Test
  void oneThatHangsWhenItSaysWhatItIsHoldsNobodyUp() {
    CountDownLatch never = new CountDownLatch(1);
    panels.add(
        new Panel() {
          @Override
          public PanelDefinition definition() {
            try {
              never.await();
            } catch (InterruptedException leaving) {
              Thread.currentThread().interrupt();
            }
            throw new IllegalStateException("odd");
          }

          @Override
          public PanelContent content(PanelView view) {
            throw new IllegalStateException("odd");
          }
        },
        "org.example.hanging",
        0);
    come("home", null, "one");

    assertThat(panels.panels()).hasSize(1);
    never.countDown();
    await(() -> panels.health().status() == ComponentHealth.Status.DEGRADED);
    assertThat(panels.health().detail())
        .isEqualTo("A panel of org.example.hanging does not say what it is.");
  }

  @Test
  void ofTwoWithOneIdTheHigherRankingIsShownAndElseTheFirst() {
    Scripted first = come("home", null, "first");
    Scripted second = new Scripted("home", null, view -> says("second"));
    Scripted third = new Scripted("home", null, view -> says("third"));
    panels.add(second, "org.example.second", 0);
    panels.add(third, "org.example.third", 7);

    await(() -> provider().equals("org.example.third"));
    panels.unbindPanel(third);
    assertThat(provider()).isEqualTo("org.example.first");
    panels.unbindPanel(first);
    await(() -> !panels.panels().isEmpty());
    assertThat(panels.read(HOME).content()).isEqualTo(says("second"));
  }

  private String provider() {
    return panels.panels().get(0).provider();
  }

  @Test
  void growsStaleByTimeAlone() {
    come("home", null, "one");
    PanelReading reading = panels.read(HOME);

    assertThat(reading.staleAt(clock.instant().plus(INTERVAL.multipliedBy(3)))).isFalse();
    assertThat(reading.staleAt(clock.instant().plus(INTERVAL.multipliedBy(3)).plusMillis(1)))
        .isTrue();
  }
}

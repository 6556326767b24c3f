package org.jarvis.core.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jarvis.api.action.Action;
import org.jarvis.api.action.ActionRequest;
import org.jarvis.api.action.ActionState;
import org.jarvis.api.auth.Origin;
import org.jarvis.api.command.CommandText;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.host.CommandRun;
import org.jarvis.api.host.HostCommands;
import org.jarvis.api.host.HostId;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.safety.Autonomy;
import org.jarvis.api.safety.Consent;
import org.jarvis.api.safety.Guardrails;
import org.jarvis.api.safety.Tier;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Effect;
import org.jarvis.api.tool.Target;
import org.jarvis.api.tool.TargetSelector;
import org.jarvis.api.tool.ToolContext;
import org.jarvis.api.tool.Touch;
import org.jarvis.core.host.FakeHost;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ScopedHostsTest {
  private static final HostId ATLAS = FakeHost.id("atlas");
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final GateFixture fixture = new GateFixture();
  private final FakeHost host = new FakeHost();
  private final HouseAnalyst analyst = new HouseAnalyst();

  @BeforeEach
  void connect() {
    fixture.hosts.put(host.connection("atlas", node("atlas")));
    fixture.hosts.put(host.connection("elsewhere", node("elsewhere")));
    fixture.analyst.fill(analyst);
    fixture.cluster.put(103, Guest.Status.RUNNING);
    fixture.observe();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private static ResourceRef node(String name) {
    return ResourceRef.node(FakeCluster.ID, new NodeName(name));
  }

  private static Target atlas(Touch touch, String part) {
    return new Target(new TargetSelector.OfNode("home", "atlas"), touch, part);
  }

  private static Target guest(int id) {
    return new Target(
        new TargetSelector.OfGuest("home", null, id, Set.of(GuestType.QEMU)), Touch.TAKES_DOWN);
  }

  private static Consumer<ToolContext> running(String line) {
    return context -> context.host(ATLAS).run(new CommandText.Line(line), LIMIT);
  }

  /** Runs a tool to its end that a person asked for and, where needed, approved. */
  private Action run(Effect effect, List<Target> targets, Consumer<ToolContext> deed)
      throws InterruptedException {
    fixture.tools.add(new CommandTool(effect, targets, deed), "org.jarvis.tools");
    Action asked =
        fixture
            .gate()
            .submit(
                new ActionRequest(
                    "run_command", Arguments.none(), GateFixture.PERSON, Origin.BROWSER));
    if (asked.state() == ActionState.AWAITING_APPROVAL) {
      asked = fixture.approve(asked);
    }
    return fixture.ended(asked);
  }

  private static void assertFailed(Action action, ErrorCode code, String words) {
    assertThat(action.state()).isEqualTo(ActionState.FAILED);
    assertThat(action.failure().code()).isEqualTo(code);
    assertThat(action.failure().message()).contains(words);
  }

  @Test
  void runTheCanonicalRenderingOfWhatObserves() throws InterruptedException {
    Action action = run(Effect.OBSERVES, List.of(atlas(Touch.USES, null)), running("uptime"));

    assertThat(action.state()).isEqualTo(ActionState.SUCCEEDED);
    assertThat(host.runs).extracting(CommandRun::canonical).containsExactly("canonical: uptime");
    assertThat(host.runs.get(0).timeLimit()).isEqualTo(LIMIT);
  }

  @Test
  void keepAToolThatClaimsToObserveFromStoppingAGuest() throws InterruptedException {
    Action action =
        run(
            Effect.OBSERVES,
            List.of(atlas(Touch.USES, null), new Target(guest(103).selector(), Touch.USES)),
            running("qm stop 103"));

    assertFailed(action, ErrorCode.REFUSED, "decided as one that observes");
    assertThat(host.runs).isEmpty();
  }

  @Test
  void keepAToolThatDeclaresOneGuestFromAnother() throws InterruptedException {
    Action action =
        run(Effect.DISRUPTS, List.of(atlas(Touch.USES, null), guest(102)), running("qm stop 103"));

    assertFailed(action, ErrorCode.REFUSED, "guest 103, which was not decided on");
    assertThat(host.runs).isEmpty();
  }

  @Test
  void runWhatWasDecidedOn() throws InterruptedException {
    Action action =
        run(Effect.DISRUPTS, List.of(atlas(Touch.USES, null), guest(103)), running("qm stop 103"));

    assertThat(action.state()).isEqualTo(ActionState.SUCCEEDED);
    assertThat(host.runs).hasSize(1);
  }

  @Test
  void refuseWhatIsNotUnderstoodAndSayWhatWouldBe() throws InterruptedException {
    Action action = run(Effect.DESTROYS, List.of(atlas(Touch.REMOVES, null)), running("$(reboot)"));

    assertFailed(action, ErrorCode.REFUSED, "Use a plain command.");
    assertThat(host.runs).isEmpty();
  }

  @Test
  void refuseEverythingWhileNobodyCanTellWhatACommandMeans() throws InterruptedException {
    fixture.analyst.empty(analyst);

    Action action = run(Effect.OBSERVES, List.of(atlas(Touch.USES, null)), running("uptime"));

    assertFailed(action, ErrorCode.REFUSED, "org.jarvis.safety");
    assertThat(host.runs).isEmpty();
  }

  @Test
  void refuseWhatTheAnalystFailsOn() throws InterruptedException {
    Action action = run(Effect.DESTROYS, List.of(atlas(Touch.REMOVES, null)), running("break"));

    assertFailed(action, ErrorCode.REFUSED, "could not be told");
    assertThat(host.runs).isEmpty();
  }

  @Test
  void reachNoHostWhosePlaceIsNoTarget() throws InterruptedException {
    Action action =
        run(
            Effect.OBSERVES,
            List.of(atlas(Touch.USES, null)),
            context -> context.host(FakeHost.id("elsewhere")));

    assertFailed(action, ErrorCode.REFUSED, "not among the targets");
  }

  @Test
  void tellOfAHostThatDoesNotExist() throws InterruptedException {
    Action action =
        run(
            Effect.OBSERVES,
            List.of(atlas(Touch.USES, null)),
            context -> context.host(FakeHost.id("nowhere")));

    assertFailed(action, ErrorCode.NOT_FOUND, "home/nowhere");
  }

  @Test
  void areVoidOnceTheRunHasEnded() throws InterruptedException {
    AtomicReference<HostCommands> kept = new AtomicReference<>();
    AtomicReference<ToolContext> context = new AtomicReference<>();
    run(
        Effect.OBSERVES,
        List.of(atlas(Touch.USES, null)),
        given -> {
          context.set(given);
          kept.set(given.host(ATLAS));
        });

    for (Runnable later :
        List.<Runnable>of(
            () -> kept.get().run(new CommandText.Line("uptime"), LIMIT),
            () -> context.get().host(ATLAS))) {
      assertThatThrownBy(later::run)
          .isInstanceOfSatisfying(
              JarvisException.class,
              failure -> assertThat(failure.code()).isEqualTo(ErrorCode.REFUSED));
    }
    assertThat(host.runs).isEmpty();
  }

  @Test
  void touchAServiceOnlyWhereThatServiceOrAllOfItsHostWasDecidedOn() throws InterruptedException {
    assertFailed(
        run(
            Effect.DISRUPTS,
            List.of(atlas(Touch.INTERRUPTS, "cron")),
            running("systemctl restart docker")),
        ErrorCode.REFUSED,
        "service docker");
  }

  @Test
  void touchTheServiceThatWasDecidedOn() throws InterruptedException {
    assertThat(
            run(
                    Effect.DISRUPTS,
                    List.of(atlas(Touch.INTERRUPTS, "docker")),
                    running("systemctl restart docker"))
                .state())
        .isEqualTo(ActionState.SUCCEEDED);
  }

  @Test
  void touchNothingMoreSeverelyThanDecided() throws InterruptedException {
    assertFailed(
        run(
            Effect.DISRUPTS,
            List.of(atlas(Touch.TENDS, "docker")),
            running("systemctl restart docker")),
        ErrorCode.REFUSED,
        "interrupts service docker");
  }

  @Test
  void takeAChangeThatDoesNotSayOfWhatForOneOfAllTheHost() throws InterruptedException {
    assertFailed(
        run(Effect.DISRUPTS, List.of(atlas(Touch.INTERRUPTS, "docker")), running("tune")),
        ErrorCode.REFUSED,
        "host atlas");
  }

  @Test
  void doNotRunWhatIsJudgedMoreStrictlyThanDecidedThoughItsEffectIsNoWorse()
      throws InterruptedException {
    assertFailed(
        run(Effect.CHANGES, List.of(atlas(Touch.RECONFIGURES, null)), running("tune")),
        ErrorCode.REFUSED,
        "(RED)");
  }

  @Test
  void tellNobodySomethingUndecided() throws InterruptedException {
    assertFailed(
        run(Effect.OBSERVES, List.of(atlas(Touch.USES, null)), running("ping example.org")),
        ErrorCode.REFUSED,
        "contacts somebody");
    assertThat(host.runs).isEmpty();
  }

  @Test
  void doNotKnowWhatBecameOfAChangeWhoseConnectionWasLost() throws InterruptedException {
    host.answer =
        run -> {
          throw new JarvisException(ErrorCode.UNREACHABLE, "The connection was lost.");
        };

    Action action =
        run(
            Effect.DISRUPTS,
            List.of(atlas(Touch.INTERRUPTS, "docker")),
            running("systemctl restart docker"));

    assertThat(action.state()).isEqualTo(ActionState.UNKNOWN);
    assertThat(action.failure().message())
        .contains("The connection was lost")
        .contains("Whether it had an effect cannot be told");
  }

  @Test
  void knowThatNothingCameOfWhatWasNeverSent() throws InterruptedException {
    host.answer =
        run -> {
          throw new JarvisException(ErrorCode.NOT_SENT, "It does not answer.");
        };

    assertFailed(
        run(
            Effect.DISRUPTS,
            List.of(atlas(Touch.INTERRUPTS, "docker")),
            running("systemctl restart docker")),
        ErrorCode.NOT_SENT,
        "It does not answer.");
  }

  @Test
  void takeNoFurtherStepOnceTheKillSwitchIsOn() throws InterruptedException {
    fixture.setGuardrails(Guardrails.INITIAL);
    fixture.tools.add(
        new CommandTool(
            Effect.DISRUPTS,
            List.of(atlas(Touch.INTERRUPTS, "docker")),
            context -> {
              fixture.setGuardrails(new Guardrails(true, Autonomy.ASK));
              running("systemctl restart docker").accept(context);
            }),
        "org.jarvis.tools");
    Action asked =
        fixture
            .gate()
            .submit(
                new ActionRequest("run_command", Arguments.none(), GateFixture.TOKEN, Origin.API));

    Action action = fixture.ended(fixture.approve(asked));

    assertFailed(action, ErrorCode.REFUSED, "kill switch");
    assertThat(host.runs).isEmpty();
  }

  @Test
  void endWithTheActionThatIsCancelled() throws InterruptedException {
    CountDownLatch began = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    host.answer =
        run -> {
          began.countDown();
          try {
            new CountDownLatch(1).await();
            throw new AssertionError("Nobody opens it.");
          } catch (InterruptedException cancelled) {
            interrupted.countDown();
            throw new JarvisException(ErrorCode.UNREACHABLE, "It was ended.");
          }
        };
    fixture.tools.add(
        new CommandTool(
            Effect.DISRUPTS,
            List.of(atlas(Touch.INTERRUPTS, "docker")),
            running("systemctl restart docker")),
        "org.jarvis.tools");
    Action asked =
        fixture
            .gate()
            .submit(
                new ActionRequest(
                    "run_command", Arguments.none(), GateFixture.PERSON, Origin.BROWSER));
    fixture.approve(asked);
    began.await();

    fixture.gate().cancel(asked.id(), GateFixture.PERSON);

    interrupted.await();
    assertThat(fixture.ended(asked).state()).isEqualTo(ActionState.UNKNOWN);
  }

  private Action ask(CommandTool tool, Origin origin) {
    fixture.tools.add(tool, "org.jarvis.tools");
    return fixture
        .gate()
        .submit(new ActionRequest("run_command", Arguments.none(), GateFixture.PERSON, origin));
  }

  @Test
  void areRefusedWithTheReasonThatTheCommandGives() {
    Action refused =
        ask(
            new CommandTool(Effect.DESTROYS, List.of(atlas(Touch.USES, null)), running("$(reboot)"))
                .judged(Tier.BLACK, Consent.TYPED, "'$(' is not understood. Use plain words."),
            Origin.BROWSER);

    assertThat(refused.state()).isEqualTo(ActionState.REFUSED);
    assertThat(refused.tier()).isEqualTo(Tier.BLACK);
    assertThat(refused.failure().message()).isEqualTo("'$(' is not understood. Use plain words.");
    assertThat(GateFixture.reasons(refused)).first().isEqualTo(refused.failure().message());
  }

  @Test
  void waitForAPersonWhereAModelWantsToTellSomebodySomething() throws InterruptedException {
    CommandTool tool =
        new CommandTool(
                Effect.OBSERVES, List.of(atlas(Touch.USES, null)), running("ping example.org"))
            .judged(Tier.GREEN, Consent.HOLD, "It contacts example.org.");

    Action asked = ask(tool, Origin.CHAT);
    assertThat(asked.state()).isEqualTo(ActionState.AWAITING_APPROVAL);
    assertThat(GateFixture.reasons(asked)).contains("It contacts example.org.");
    assertThat(host.runs).isEmpty();

    assertThat(fixture.ended(fixture.approve(asked)).state()).isEqualTo(ActionState.SUCCEEDED);
    assertThat(host.runs).hasSize(1);
  }

  @Test
  void tellSomebodySomethingWhereAPersonWantsItThemselves() {
    CommandTool tool =
        new CommandTool(
                Effect.OBSERVES, List.of(atlas(Touch.USES, null)), running("ping example.org"))
            .judged(Tier.GREEN, Consent.HOLD, "It contacts example.org.");

    assertThat(ask(tool, Origin.BROWSER).state()).isEqualTo(ActionState.SUCCEEDED);
  }

  @Test
  void standForTheClusterWhereTheyStandBesideIt() throws InterruptedException {
    fixture.hosts.put(host.connection("nas", ResourceRef.cluster(FakeCluster.ID)));
    Target beside = new Target(new TargetSelector.OfCluster("home"), Touch.RECONFIGURES, null);

    Action action =
        run(
            Effect.DISRUPTS,
            List.of(beside),
            context -> context.host(FakeHost.id("nas")).run(new CommandText.Line("tune"), LIMIT));

    assertThat(action.state()).isEqualTo(ActionState.SUCCEEDED);
    assertThat(action.targets())
        .singleElement()
        .satisfies(
            target -> {
              assertThat(target.ref()).isEqualTo(ResourceRef.cluster(FakeCluster.ID));
              assertThat(target.fingerprint()).isNotEmpty();
            });
    assertThat(host.runs).hasSize(1);
  }
}

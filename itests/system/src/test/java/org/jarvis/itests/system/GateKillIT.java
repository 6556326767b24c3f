package org.jarvis.itests.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jarvis.itests.system.JarvisClient.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jarvis.itests.system.JarvisClient.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Kills Jarvis at each step of the pipeline, with a lab that lives on and counts: nothing happens
 * twice, everything ends within a minute of the restart, and no consent counts twice.
 *
 * <p>The lab's slow replies and a line that holds them keep the pipeline where it is killed. The
 * system property {@code jarvis.stress} makes it twenty rounds instead of one, and {@code
 * jarvis.kill.rounds} as many as it says.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GateKillIT {
  private static final int ROUNDS =
      Integer.getInteger(
          "jarvis.kill.rounds", System.getProperty("jarvis.stress") == null ? 1 : 20);
  private static final Set<String> ENDS =
      Set.of("SUCCEEDED", "FAILED", "REJECTED", "EXPIRED", "CANCELLED", "UNKNOWN", "REFUSED");
  private static final String NODE = "rhea";
  private static final int GUEST = 201;
  private static final String NEXT_NODE = "dione";
  private static final int NEXT_GUEST = 203;
  private static final String STOPS = "vzshutdown";
  private static final String SLOW = "slow-replies?millis=1500";
  private static final Duration ON_THE_WAY = Duration.ofMillis(700);
  private static final Duration NOT_YET = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofMillis(50);

  /** Where Jarvis is killed. */
  enum Moment {
    /** The request is being decided: the fresh reading does not come back. */
    DECIDING,
    /** It waits for a person. */
    WAITING,
    /** A person's consent is being decided afresh. */
    APPROVING,
    /** The consent is used and the intent recorded; the lab has not taken the request. */
    INTENDED,
    /** The lab made the task, and its reply is on the way. */
    TAKEN,
    /** The task is followed. */
    FOLLOWED,
    /** The task has ended, and nobody has told Jarvis. */
    UNVERIFIED,
    /** The end is recorded. */
    ENDED
  }

  private GateScene scene;
  private ExecutorService asking;
  private int before;
  private int nextBefore;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    scene = GateScene.open(folder, 3);
    asking = Executors.newCachedThreadPool();
  }

  @AfterAll
  void stop() throws IOException {
    asking.shutdownNow();
    scene.close();
  }

  @ParameterizedTest
  @EnumSource
  void doesNothingTwiceWhereverAnActionIsKilled(Moment moment) throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      lookBefore();
      switch (moment) {
        case DECIDING -> killedWhileDeciding();
        case WAITING -> {
          JsonNode asked = ask(false);
          killAndRestart();
          approveOnce(asked, false);
        }
        case APPROVING -> killedWhileApproving();
        case INTENDED, TAKEN, FOLLOWED, UNVERIFIED, ENDED -> {
          JsonNode asked = ask(false);
          killedWhileRunning(moment, asked, false);
          JsonNode ended = end(path(asked, false));
          assertOutcome(moment, ended);
          assertUsed(asked);
        }
      }
      assertThat(stops()).as("%s, round %d", moment, round).isLessThanOrEqualTo(1);
      makeGood();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"WAITING", "INTENDED", "TAKEN", "FOLLOWED", "UNVERIFIED", "ENDED"})
  void doesNothingTwiceWhereverAStepOfAPlanIsKilled(Moment moment) throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      lookBefore();
      JsonNode asked = ask(true);
      if (moment == Moment.WAITING) {
        killAndRestart();
        approveOnce(asked, true);
        assertThat(nextStops()).isEqualTo(1);
      } else {
        killedWhileRunning(moment, asked, true);
        JsonNode ended = end(path(asked, true));
        JsonNode step = end("/api/actions/" + ended.path("steps").get(0).path("action").asText());
        assertOutcome(moment, step);
        assertUsed(asked);
        assertThat(ended.path("state").asText())
            .as("%s", ended)
            .isIn(moment == Moment.ENDED ? Set.of("SUCCEEDED") : Set.of("FAILED", "UNKNOWN"));
        assertThat(nextStops()).as("what came after it").isEqualTo(moment == Moment.ENDED ? 1 : 0);
      }
      assertThat(stops()).as("%s, round %d", moment, round).isLessThanOrEqualTo(1);
      makeGood();
    }
  }

  private void killedWhileDeciding() throws Exception {
    int known = actions();
    scene.line().hold();
    notYet(() -> scene.person().run("stop_container", GateScene.guest(NODE, GUEST)));
    scene.kill();
    scene.line().release();
    scene.restart();
    assertThat(stops()).isZero();
    assertThat(actions()).as("nothing was asked for as far as anybody knows").isEqualTo(known);
    assertThat(scene.person().get("/api/approvals").body().path("total").asInt()).isZero();
  }

  private void killedWhileApproving() throws Exception {
    JsonNode asked = ask(false);
    scene.line().hold();
    notYet(() -> scene.person().answer(asked, "approve"));
    scene.kill();
    scene.line().release();
    scene.restart();
    assertThat(stops()).isZero();
    approveOnce(asked, false);
  }

  /** It does not end at once, since the lab's answer is held. */
  private void notYet(Callable<Reply> request) {
    Future<Reply> answer = asking.submit(request);
    assertThatThrownBy(() -> answer.get(NOT_YET.toMillis(), TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
  }

  /** Consents, and kills Jarvis at this moment of the action or of a plan's first step. */
  private void killedWhileRunning(Moment moment, JsonNode asked, boolean plan) throws Exception {
    if (moment == Moment.INTENDED) {
      scene.faults().on(SLOW);
    } else if (moment == Moment.TAKEN) {
      scene.line().slow(ON_THE_WAY);
    }
    assertThat(scene.person().answer(asked, "approve").status()).isEqualTo(200);
    switch (moment) {
      case INTENDED -> await(asked, plan, action -> state(action).equals("RUNNING"));
      case TAKEN -> {
        awaitLab(() -> stops() == 1);
        scene.line().hold();
        JsonNode unaware = await(asked, plan, action -> true);
        assertThat(unaware.path("phase").asText()).isEqualTo("starting");
      }
      case FOLLOWED -> {
        JsonNode running =
            await(asked, plan, action -> action.path("phase").asText().contains("task"));
        assertThat(state(running)).isEqualTo("RUNNING");
      }
      case UNVERIFIED -> {
        await(asked, plan, action -> action.path("phase").asText().contains("task"));
        scene.line().hold();
        awaitLab(
            () ->
                scene.taskList(NODE, GUEST, STOPS).get(0).hasNonNull("endtime")
                    && scene.container(NODE, GUEST).equals("stopped"));
      }
      case ENDED -> end(path(asked, plan));
      case DECIDING, WAITING, APPROVING -> throw new IllegalArgumentException(moment.name());
    }
    scene.kill();
    scene.faults().off("slow-replies");
    scene.line().release();
    scene.restart();
  }

  private void killAndRestart() throws IOException {
    scene.kill();
    scene.restart();
  }

  private JsonNode ask(boolean plan) throws IOException {
    Reply asked =
        plan
            ? scene.person().post("/api/plans", plan())
            : scene.person().run("stop_container", GateScene.guest(NODE, GUEST));
    assertThat(asked.status()).as(asked.toString()).isEqualTo(202);
    return plan ? asked.body().path("plan") : asked.action();
  }

  private static ObjectNode plan() {
    ObjectNode plan = object().put("title", "Two stops");
    var steps = plan.putArray("steps");
    steps.addObject().put("tool", "stop_container").set("arguments", GateScene.guest(NODE, GUEST));
    steps
        .addObject()
        .put("tool", "stop_container")
        .set("arguments", GateScene.guest(NEXT_NODE, NEXT_GUEST));
    return plan;
  }

  /** After the restart the request still waits, and a consent to it counts once. */
  private void approveOnce(JsonNode asked, boolean plan) throws IOException {
    assertThat(state(one(path(asked, plan)))).isEqualTo("AWAITING_APPROVAL");
    Reply consent = scene.person().answer(asked, "approve");
    assertThat(consent.status()).as(consent.toString()).isEqualTo(200);
    assertThat(state(end(path(asked, plan)))).isEqualTo("SUCCEEDED");
    assertUsed(asked);
    assertThat(stops()).isEqualTo(1);
  }

  private void assertUsed(JsonNode asked) throws IOException {
    Reply again = scene.person().answer(asked, "approve");
    assertThat(again.status()).as(again.toString()).isEqualTo(409);
  }

  private void assertOutcome(Moment moment, JsonNode ended) throws IOException {
    if (moment == Moment.INTENDED) {
      // Whether the lab took it was not told; what is claimed has to be so.
      assertThat(state(ended)).as("%s", ended).isIn("SUCCEEDED", "UNKNOWN", "FAILED");
      assertThat(stops()).isGreaterThanOrEqualTo(state(ended).equals("SUCCEEDED") ? 1 : 0);
    } else {
      assertThat(state(ended)).as("%s", ended).isEqualTo("SUCCEEDED");
      assertThat(stops()).isEqualTo(1);
    }
  }

  private void lookBefore() throws IOException {
    before = scene.tasks(NODE, GUEST, STOPS);
    nextBefore = scene.tasks(NEXT_NODE, NEXT_GUEST, STOPS);
  }

  private int stops() throws IOException {
    return scene.tasks(NODE, GUEST, STOPS) - before;
  }

  private int nextStops() throws IOException {
    return scene.tasks(NEXT_NODE, NEXT_GUEST, STOPS) - nextBefore;
  }

  private int actions() throws IOException {
    return scene.person().get("/api/actions?limit=500").body().path("total").asInt();
  }

  /** The chain holds, and the guests run again for what comes next. */
  private void makeGood() throws Exception {
    JsonNode verified = scene.person().get("/api/audit/verify").body();
    assertThat(verified.path("valid").asBoolean()).as("%s", verified).isTrue();
    runAgain(NODE, GUEST);
    runAgain(NEXT_NODE, NEXT_GUEST);
  }

  private void runAgain(String node, int vmid) throws Exception {
    awaitLab(() -> running(node, vmid) == 0);
    String path = "/api/resources/pve:home:guest:" + vmid;
    String status = scene.container(node, vmid);
    scene.person().await(path, guest -> guest.path("status").asText().equals(status));
    if (status.equals("stopped")) {
      // By Jarvis itself: a task of its token that it does not know might be any killed action's.
      Reply started = scene.person().run("start_container", GateScene.guest(node, vmid));
      assertThat(started.state()).as("%s", started).isEqualTo("SUCCEEDED");
    }
    awaitLab(() -> scene.container(node, vmid).equals("running") && running(node, vmid) == 0);
    scene.person().await(path, guest -> guest.path("status").asText().equals("running"));
  }

  private int running(String node, int vmid) throws IOException {
    return scene.lab().get("/nodes/%s/tasks?vmid=%d&source=active".formatted(node, vmid)).size();
  }

  /** The action, or a plan's first step once it has begun, when it is as wished. */
  private JsonNode await(JsonNode asked, boolean plan, Predicate<JsonNode> wished)
      throws IOException {
    String path = path(asked, plan);
    if (plan) {
      JsonNode begun =
          scene
              .person()
              .await(path, now -> now.path("plan").path("steps").get(0).hasNonNull("action"));
      path = "/api/actions/" + begun.path("plan").path("steps").get(0).path("action").asText();
    }
    return of(scene.person().await(path, now -> wished.test(of(now))));
  }

  private JsonNode end(String path) throws IOException {
    return of(scene.person().await(path, now -> ENDS.contains(state(of(now)))));
  }

  private JsonNode one(String path) throws IOException {
    return of(scene.person().get(path).body());
  }

  private static JsonNode of(JsonNode reply) {
    return reply.has("plan") && reply.path("plan").isObject()
        ? reply.path("plan")
        : reply.has("action") && reply.path("action").isObject() ? reply.path("action") : reply;
  }

  private static String path(JsonNode asked, boolean plan) {
    return (plan ? "/api/plans/" : "/api/actions/") + asked.path("id").asText();
  }

  private static String state(JsonNode action) {
    return action.path("state").asText();
  }

  /** Something that the lab tells. */
  private interface Sight {
    boolean seen() throws IOException;
  }

  private static void awaitLab(Sight sight) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!sight.seen()) {
      assertThat(System.nanoTime()).as("the lab gets there").isLessThan(deadline);
      // Between two looks: the lab has no other way to tell.
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }
}

package org.jarvis.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.resource.Bytes;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.Incarnation;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.Observation;
import org.jarvis.api.resource.ResourceKind;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.TaskId;
import org.jarvis.api.resource.TaskState;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.AspectState;
import org.jarvis.api.resource.detail.ConnectionDetail;
import org.jarvis.api.resource.detail.Details;
import org.jarvis.api.resource.detail.GuestRuntime;
import org.jarvis.api.resource.detail.RecentTasks;
import org.jarvis.gateway.GatewayServer;
import org.jarvis.gateway.Home;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What REST tells of details, and what it reads on demand. */
class LivingRestTest {
  private static final ResourceRef GUEST = ResourceRef.guest(Home.ID, new GuestId(101));
  private static final ResourceRef CLUSTER = ResourceRef.cluster(Home.ID);
  private static final String UPID =
      "UPID:pve1:000038AB:0009A815:6B03403B:qmstart:101:root@pam!token:";

  private final Instant now = Instant.now();
  private GatewayServer server;

  @BeforeEach
  void start() throws Exception {
    server = new GatewayServer();
    ClusterSnapshot bare = Home.at(now, Guest.Status.RUNNING, 0.5, Duration.ofHours(1));
    server.core.show(
        new ClusterSnapshot(
            bare.cluster(),
            bare.nodes(),
            bare.guests(),
            bare.storages(),
            Map.of(GUEST, guest(), CLUSTER, cluster()),
            Map.of(new GuestId(101), new Incarnation("first"))));
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  private Details guest() {
    GuestRuntime runtime =
        new GuestRuntime(
            "running", 4711L, new Bytes(5), null, null, null, null, null, null, null, null, true);
    return Details.of(
        List.of(
            new AspectState(
                Aspect.RUNTIME,
                runtime,
                new Observation("pve:home", now.minusSeconds(600), Duration.ofSeconds(60)),
                null,
                new AspectState.Failure(ErrorCode.UNREACHABLE, "pve1 does not answer.", now)),
            AspectState.failed(
                Aspect.AGENT, ErrorCode.PRIVILEGE_MISSING, "VM.Monitor is missing.", now)));
  }

  private Details cluster() {
    ConnectionDetail connection =
        new ConnectionDetail(
            List.of(
                new ConnectionDetail.Member(
                    "https://10.0.0.1:8006",
                    new NodeName("pve1"),
                    true,
                    ConnectionDetail.Member.State.ANSWERING,
                    now,
                    null,
                    null,
                    Duration.ofSeconds(45))),
            new ConnectionDetail.Traffic(24, 31, 2, 1, Duration.ofMillis(12), 4096, 900));
    TaskState task =
        new TaskState(
            new TaskId(new NodeName("pve1"), UPID),
            "qmstart",
            "101",
            "root@pam!token",
            now,
            now,
            "OK");
    return Details.of(
        List.of(
            AspectState.read(connection, observation()),
            AspectState.readPartly(
                new RecentTasks(List.of(task)), observation(), "Sys.Audit is missing on /.")));
  }

  private Observation observation() {
    return new Observation("pve:home", now, Duration.ofSeconds(10));
  }

  private JsonNode get(String path) throws Exception {
    HttpResponse<String> response = server.token("GET", path, null);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return new ObjectMapper().readTree(response.body());
  }

  private void refuses(String path, int status, String code) throws Exception {
    HttpResponse<String> response = server.token("GET", path, null);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(new ObjectMapper().readTree(response.body()).path("code").asText()).isEqualTo(code);
  }

  @Test
  void saysWhatADetailLeavesOut() throws Exception {
    JsonNode details = get("/api/resources/" + CLUSTER).path("details");

    assertThat(details.path("tasks").path("value").path("tasks")).hasSize(1);
    assertThat(details.path("tasks").path("incomplete").asText())
        .isEqualTo("Sys.Audit is missing on /.");
    assertThat(details.path("connection").has("incomplete")).isFalse();
  }

  @Test
  void tellsEachDetailWithItsAgeAndWhyItCannotBeReadAnyMore() throws Exception {
    JsonNode guest = get("/api/resources/" + GUEST);

    assertThat(guest.path("incarnation").asText()).isEqualTo("first");
    JsonNode runtime = guest.path("details").path("runtime");
    assertThat(runtime.path("stale").asBoolean()).isTrue();
    assertThat(runtime.path("intervalSeconds").asInt()).isEqualTo(60);
    assertThat(runtime.path("source").asText()).isEqualTo("pve:home");
    assertThat(runtime.path("code").asText()).isEqualTo("unreachable");
    assertThat(runtime.path("value").path("memoryUsedBytes").asInt()).isEqualTo(5);
    assertThat(runtime.path("value").path("agentRunning").asBoolean()).isTrue();
    assertThat(runtime.path("value").has("balloonBytes")).isFalse();
    JsonNode agent = guest.path("details").path("agent");
    assertThat(agent.has("value")).isFalse();
    assertThat(agent.path("code").asText()).isEqualTo("privilege-missing");
    assertThat(agent.path("reason").asText()).isEqualTo("VM.Monitor is missing.");
  }

  @Test
  void attendsToWhatSomebodyLooksAt() throws Exception {
    get("/api/resources/" + GUEST);

    assertThat(server.readings.attended).containsExactly(GUEST);
    assertThat(server.readings.asked).isEmpty();
  }

  @Test
  void readsWhatIsAskedForBeforeItAnswers() throws Exception {
    JsonNode guest = get("/api/resources/" + GUEST + "?refresh=snapshots,runtime");

    assertThat(server.readings.asked)
        .containsExactlyInAnyOrder(GUEST + " snapshots", GUEST + " runtime");
    JsonNode runtime = guest.path("details").path("runtime");
    assertThat(runtime.path("code").asText()).isEqualTo("privilege-missing");
    assertThat(runtime.path("value").path("state").asText()).isEqualTo("running");
  }

  @Test
  void refusesToRefreshWhatAResourceDoesNotHave() throws Exception {
    refuses("/api/resources/" + GUEST + "?refresh=services", 422, "invalid-input");
    refuses("/api/resources/" + GUEST + "?refresh=dreams", 422, "invalid-input");
    refuses("/api/resources/pve:home:guest:999?refresh=agent", 404, "not-found");
    assertThat(server.readings.asked).isEmpty();
  }

  @Test
  void refreshesFourAspectsOfARequestAtMost() throws Exception {
    List<String> words = Aspect.of(ResourceKind.NODE).stream().map(Aspect::word).toList();
    String node = "/api/resources/" + ResourceRef.node(Home.ID, new NodeName("pve1"));
    assertThat(words).hasSizeGreaterThan(4);

    HttpResponse<String> refusal =
        server.token("GET", node + "?refresh=" + String.join(",", words.subList(0, 5)), null);

    assertThat(refusal.statusCode()).isEqualTo(422);
    JsonNode error = new ObjectMapper().readTree(refusal.body()).path("errors").get(0);
    assertThat(error.path("field").asText()).isEqualTo("refresh");
    assertThat(error.path("message").asText()).contains("at most 4");
    assertThat(server.readings.asked).isEmpty();
    get(node + "?refresh=" + String.join(",", words.subList(0, 4)));
    assertThat(server.readings.asked).hasSize(4);
  }

  @Test
  void throttlesOneThatHasTooMuchReadAtATime() throws Exception {
    String upid = URLEncoder.encode(UPID, StandardCharsets.UTF_8);
    List<String> reading =
        List.of(
            "/api/resources/" + GUEST + "?refresh=snapshots",
            "/api/resources/" + GUEST + "/course",
            "/api/clusters/home/test",
            "/api/clusters/home/tasks/" + upid + "/log");
    server.readings.open = new CountDownLatch(1);
    ExecutorService requests = Executors.newFixedThreadPool(Turnstile.OF_ONE);
    List<Future<HttpResponse<String>>> waiting = new ArrayList<>();
    try {
      for (String path : reading.subList(0, Turnstile.OF_ONE)) {
        waiting.add(requests.submit(() -> server.token("GET", path, null)));
      }
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
      while (server.readings.held.get() < Turnstile.OF_ONE && System.nanoTime() < end) {
        TimeUnit.MILLISECONDS.sleep(5);
      }

      for (String path : reading) {
        HttpResponse<String> refusal = server.token("GET", path, null);
        assertThat(refusal.statusCode()).as(path).isEqualTo(429);
        assertThat(refusal.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(refusal.body()).contains("\"throttled\"");
      }
      get("/api/resources/" + GUEST);
    } finally {
      server.readings.open.countDown();
      requests.shutdown();
    }
    for (Future<HttpResponse<String>> one : waiting) {
      assertThat(one.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void tellsMembersAndTrafficOfEachCluster() throws Exception {
    JsonNode home = get("/api/clusters").path("items").get(0);

    assertThat(home.path("members").get(0).path("state").asText()).isEqualTo("answering");
    assertThat(home.path("members").get(0).path("node").asText()).isEqualTo("pve1");
    assertThat(home.path("members").get(0).path("clockOffsetSeconds").asDouble()).isEqualTo(45);
    assertThat(home.path("warnings").isArray()).isTrue();
    assertThat(home.path("traffic").path("slow").asInt()).isEqualTo(31);
    assertThat(home.path("traffic").path("usualTimeSeconds").asDouble()).isEqualTo(0.012);
    assertThat(home.path("connection").asText()).isEqualTo("live");
  }

  @Test
  void tellsTasksByTheirIds() throws Exception {
    JsonNode task =
        get("/api/resources/" + CLUSTER)
            .path("details")
            .path("tasks")
            .path("value")
            .path("tasks")
            .get(0);

    assertThat(task.path("id").asText()).isEqualTo(UPID);
    assertThat(task.path("node").asText()).isEqualTo("pve1");
    assertThat(task.path("succeeded").asBoolean()).isTrue();
  }

  @Test
  void examinesAClusterOnDemand() throws Exception {
    JsonNode examination = get("/api/clusters/home/test");

    assertThat(examination.path("passed").asBoolean()).isTrue();
    assertThat(examination.path("checks").get(1).path("outcome").asText()).isEqualTo("limited");
    assertThat(examination.path("checks").get(1).path("cure").asText()).startsWith("pveum acl");
    refuses("/api/clusters/office/test", 404, "not-found");
  }

  @Test
  void tellsTheLogOfATask() throws Exception {
    String path =
        "/api/clusters/home/tasks/" + URLEncoder.encode(UPID, StandardCharsets.UTF_8) + "/log";

    JsonNode log = get(path + "?start=3&limit=7");

    assertThat(log.path("lines").get(1).asText()).isEqualTo("TASK OK");
    assertThat(server.readings.asked).containsExactly("home pve1 3 7");
    refuses(path.replace("UPID", "DUPI"), 422, "invalid-input");
    refuses(path + "?limit=5001", 422, "invalid-input");
    refuses(path.replace("home", "office"), 404, "not-found");
  }

  @Test
  void tellsTheCourseThatTheClusterRecorded() throws Exception {
    JsonNode course = get("/api/resources/" + GUEST + "/course?timeframe=week");

    assertThat(course.path("timeframe").asText()).isEqualTo("week");
    assertThat(course.path("points").get(0).path("figures").path("cpu").asDouble()).isEqualTo(0.25);
    assertThat(course.path("points").get(1).path("figures")).isEmpty();
    refuses("/api/resources/" + GUEST + "/course?timeframe=eon", 422, "invalid-input");
  }

  @Test
  void filtersBySeveralThingsAtOnce() throws Exception {
    Guest media = Home.guest(101, "media", Guest.Status.RUNNING, 0.5, Duration.ofHours(3), now);
    Guest web = Home.guest(102, "web", Guest.Status.STOPPED, 0.0, Duration.ZERO, now);
    Guest old =
        Home.guest(
            103, "old", Guest.Status.RUNNING, 0.1, Duration.ofHours(1), now.minusSeconds(500));
    server.core.show(Home.with(Home.cluster(now, Cluster.Connection.LIVE, null), media, web, old));

    assertThat(names("kind=guest")).containsExactly("media", "old", "web");
    assertThat(names("kind=guest&status=running")).containsExactly("media", "old");
    assertThat(names("status=running&stale=false")).containsExactly("media");
    assertThat(names("stale=true")).containsExactly("old");
    assertThat(names("tag=prod&q=WEB")).containsExactly("web");
    assertThat(names("tag=test")).isEmpty();
    assertThat(names("type=qemu")).hasSize(3);
    assertThat(names("type=lxc")).isEmpty();
    assertThat(names("type=dir")).containsExactly("local");
    assertThat(names("node=pve1&kind=node")).containsExactly("pve1");
    assertThat(names("node=pve1")).hasSize(5);
    assertThat(names("cluster=office")).isEmpty();
    assertThat(names("pool=none")).isEmpty();
    refuses("/api/resources?stale=maybe", 422, "invalid-input");
  }

  @Test
  void sortsByFiguresAndNumbers() throws Exception {
    server.core.show(
        Home.with(
            Home.cluster(now, Cluster.Connection.LIVE, null),
            Home.guest(1000, "a", Guest.Status.RUNNING, 0.9, Duration.ofHours(30), now),
            Home.guest(200, "b", Guest.Status.RUNNING, 0.05, Duration.ofDays(40), now),
            Home.guest(300, "c", Guest.Status.STOPPED, 0.5, null, now)));

    assertThat(names("kind=guest&sort=vmid")).containsExactly("b", "c", "a");
    assertThat(names("kind=guest&sort=-cpu")).containsExactly("a", "c", "b");
    assertThat(names("kind=guest&sort=uptime")).containsExactly("c", "a", "b");
    assertThat(names("kind=guest&sort=-memory")).containsExactly("c", "b", "a");
  }

  @Test
  void pagesByFiguresWithoutRepeatOrGap() throws Exception {
    Guest[] guests = new Guest[45];
    for (int i = 0; i < guests.length; i++) {
      guests[i] =
          Home.guest(101 + i, "g", Guest.Status.RUNNING, (i % 7) / 10.0, Duration.ofHours(1), now);
    }
    server.core.show(Home.with(Home.cluster(now, Cluster.Connection.LIVE, null), guests));
    List<String> seen = new ArrayList<>();
    String next = "";
    do {
      JsonNode page =
          get(
              "/api/resources?kind=guest&sort=-cpu&limit=10"
                  + (next.isEmpty() ? "" : "&cursor=" + next));
      page.path("items").forEach(item -> seen.add(item.path("ref").asText()));
      assertThat(page.path("total").asInt()).isEqualTo(45);
      next = page.path("next").asText("");
    } while (!next.isEmpty() && !next.equals("null"));

    assertThat(seen).hasSize(45).doesNotHaveDuplicates();
  }

  private List<String> names(String query) throws Exception {
    List<String> names = new ArrayList<>();
    get("/api/resources?" + query)
        .path("items")
        .forEach(item -> names.add(item.path("name").asText()));
    return names;
  }
}

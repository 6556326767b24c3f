package org.jarvis.itests.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Jarvis watching a cluster of 32 nodes and 5,000 guests, the lab in a process of its own. Prints
 * figures and asserts nothing. {@code -Djarvis.large.seconds=N} sets how long each state is watched
 * (120).
 */
class LargeClusterBenchmark {
  private static final int NODES = 32;
  private static final int GUESTS = 5000;
  private static final Duration WATCHED =
      Duration.ofSeconds(Integer.getInteger("jarvis.large.seconds", 120));
  private static final Duration SETTLED = Duration.ofSeconds(90);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration CYCLE = Duration.ofSeconds(10);
  private static final int OFTEN_SECONDS = 2;
  private static final Duration WARM = Duration.ofMinutes(3);
  private static final int STARTS = 15;
  private static final int ANSWERS = 20;
  private static final int SHOWN = 50;
  private static final int JOINING = 100;
  private static final Duration JOIN_EVERY = Duration.ofMillis(200);
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  private RunningLab lab;
  private RunningJarvis jarvis;
  private JarvisClient person;
  private JarvisClient metrics;

  /** The newest reading of which a delta has told. */
  private long told;

  /** Only for what is not yet begun. */
  @BeforeEach
  void nothingYet() {
    lab = null;
    jarvis = null;
  }

  @AfterEach
  void end() throws IOException {
    if (jarvis != null) {
      jarvis.close();
    }
    if (lab != null) {
      lab.kill();
    }
  }

  private void begin(int guests, String speed) throws IOException {
    int port = Ports.forLab();
    lab =
        RunningLab.startWith(
            folder.resolve("lab"),
            port,
            "--nodes",
            Integer.toString(NODES),
            "--guests",
            Integer.toString(guests),
            "--speed",
            speed);
    configure("");
    jarvis = RunningJarvis.run(folder.resolve("data"), "--etc", folder.resolve("etc").toString());
    person = JarvisClient.firstPerson(jarvis);
    metrics = JarvisClient.token(jarvis.url());
    person.await("/api/resources?limit=1", found -> found.path("total").asInt() > guests);
  }

  /** Writes the connector's configuration with this line more, which a running Jarvis takes up. */
  private void configure(String line) throws IOException {
    Path etc = Files.createDirectories(folder.resolve("etc"));
    Files.writeString(
        etc.resolve("org.jarvis.connector.proxmox-home.cfg"),
        lab.configurationWithDefaults() + line + "\n");
  }

  /**
   * What one reading more costs, with all that follows from it: the same Jarvis is watched reading
   * at its usual pace and five times as often, and what it does anyway cancels out.
   */
  @Test
  void oneCycleMore() throws IOException {
    begin(GUESTS, "1");
    try (PageSocket page = person.socket("/ws/cluster")) {
      page.await(text -> text.contains("\"snapshot\""), PATIENCE);
      page.send(shown());
      configure("poll.interval.seconds=" + OFTEN_SECONDS);
      pass(WARM);
      Readings often = readings(page);
      configure("");
      pass(CYCLE.multipliedBy(3));
      Readings usual = readings(page);
      long more = (long) often.count() - usual.count();
      print(
          "one cycle of fetch, parse, diff, publish and record",
          "%.0f ms of processor time, from %d readings against %d in %d s each"
              .formatted(
                  (often.spent().total().toMillis() - usual.spent().total().toMillis())
                      / (double) more,
                  often.count(),
                  usual.count(),
                  WATCHED.toSeconds()));
      System.out.println("  by thread, in all, often: " + often.spent().most(14));
      System.out.println("  by thread, in all, usual: " + usual.spent().most(14));
    }
  }

  /**
   * A time of watching.
   *
   * @param count how many readings there were, as the page was told
   * @param spent the processor time of Jarvis
   */
  private record Readings(int count, ThreadTimes spent) {}

  private Readings readings(PageSocket page) throws IOException {
    page.drain();
    ThreadTimes before = ThreadTimes.of(jarvis.process().pid());
    pass(WATCHED);
    ThreadTimes spent = ThreadTimes.of(jarvis.process().pid()).minus(before);
    Set<String> observed = new HashSet<>();
    for (PageSocket.Frame frame : page.drain()) {
      JSON.readTree(frame.text()).path("observed").forEach(at -> observed.add(at.asText()));
    }
    return new Readings(observed.size(), spent);
  }

  @Test
  void aLivingCluster() throws IOException {
    begin(GUESTS, "1");
    pass(SETTLED);
    watch("nobody watches", WATCHED);
    try (PageSocket page = person.socket("/ws/cluster")) {
      PageSocket.Frame snapshot = page.await(text -> text.contains("\"snapshot\""), PATIENCE);
      page.send(shown());
      long frames = watch("a page shows " + SHOWN + " guests", WATCHED, page);
      print(
          "what the page received a minute",
          "%d kB".formatted(frames * 60 / WATCHED.toSeconds() / 1000));
      printChange(page, bytes(snapshot));
      printStarts(page);
      printJoining(page);
    }
    printMemory();
  }

  @Test
  void aClusterThatStands() throws IOException {
    begin(GUESTS, "0.00001");
    pass(SETTLED);
    try (PageSocket page = person.socket("/ws/cluster")) {
      page.await(text -> text.contains("\"snapshot\""), PATIENCE);
      page.send(shown());
      pass(CYCLE);
      page.drain();
      pass(WATCHED);
      long deltas = 0;
      long bytes = 0;
      for (PageSocket.Frame frame : page.drain()) {
        bytes += bytes(frame);
        if (frame.text().contains("\"type\":\"delta\"")) {
          deltas++;
          System.out.println("  told: " + frame.text());
        }
      }
      print(
          "an unchanging cluster, a page that shows " + SHOWN + " guests",
          "%.1f kB a minute, %d deltas in %d s"
              .formatted(bytes * 60 / 1000.0 / WATCHED.toSeconds(), deltas, WATCHED.toSeconds()));
    }
  }

  @Test
  void aListOfTenThousand() throws IOException {
    begin(2 * GUESTS, "1");
    for (String query :
        List.of(
            "?kind=guest&limit=50",
            "?kind=guest&limit=50&sort=-cpu",
            "?kind=guest&limit=50&sort=name",
            "?q=web&limit=50")) {
      List<Long> took = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        long begun = System.nanoTime();
        JarvisClient.Reply reply = person.get("/api/resources" + query);
        if (reply.status() != 200) {
          throw new IOException(query + " answered " + reply);
        }
        took.add(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - begun));
      }
      List<Long> warm = new ArrayList<>(took.subList(50, took.size()));
      print(
          "50 of " + 2 * GUESTS + " guests by " + query,
          "median %.1f ms, p99 %.1f ms; the first %.1f ms"
              .formatted(
                  share(warm, 0.5) / 1000.0, share(warm, 0.99) / 1000.0, took.get(0) / 1000.0));
    }
  }

  private void watch(String state, Duration time) throws IOException {
    watch(state, time, null);
  }

  /** Prints what watching costs for so long; how many bytes the page got meanwhile. */
  private long watch(String state, Duration time, PageSocket page) throws IOException {
    if (page != null) {
      page.drain();
    }
    ThreadTimes before = ThreadTimes.of(jarvis.process().pid());
    List<Long> hot = new ArrayList<>();
    List<Long> slow = new ArrayList<>();
    List<Long> ages = new ArrayList<>();
    long bytes = 0;
    long until = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < until) {
      pass(CYCLE);
      String text = metrics.text("/metrics");
      hot.add(figure(text, "jarvis_cluster_requests{cluster=\"home\",lane=\"hot\"}"));
      slow.add(figure(text, "jarvis_cluster_requests{cluster=\"home\",lane=\"slow\"}"));
      if (page != null) {
        for (PageSocket.Frame frame : page.drain()) {
          bytes += bytes(frame);
          ages.addAll(age(frame));
        }
      }
    }
    ThreadTimes spent = ThreadTimes.of(jarvis.process().pid()).minus(before);
    print(
        state,
        ("%.0f ms of processor time a cycle of 10 s, all of Jarvis included; requests a minute at"
                + " most: hot lane %d, slow lane %d")
            .formatted(
                spent.total().toMillis() / (time.toMillis() / (double) CYCLE.toMillis()),
                share(hot, 1),
                share(slow, 1)));
    System.out.println("  by thread: " + spent.most(12));
    if (!ages.isEmpty()) {
      print(
          "  from the begin of a reading to its delta on the page",
          "median %d ms, p99 %d ms, of %d; the lab's own answer takes %s of it"
              .formatted(share(ages, 0.5), share(ages, 0.99), ages.size(), answerOfTheLab()));
    }
    return bytes;
  }

  /** How long the lab takes to answer with all resources, which it need not pack for this. */
  private String answerOfTheLab() throws IOException {
    LabApi api = new LabApi(lab.line("addresses").split(",", -1)[0], lab.line("token"));
    List<Long> took = new ArrayList<>();
    for (int i = 0; i < ANSWERS; i++) {
      long begun = System.nanoTime();
      api.get("/cluster/resources");
      took.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
      pass(Duration.ofMillis(500));
    }
    return "median %d ms, worst %d ms".formatted(share(took, 0.5), share(took, 1));
  }

  /**
   * How long ago the reading began that a delta is the first to tell of, in milliseconds; nothing
   * for other frames.
   */
  private List<Long> age(PageSocket.Frame frame) throws IOException {
    if (!frame.text().contains("\"type\":\"delta\"")) {
      return List.of();
    }
    long received =
        System.currentTimeMillis() - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - frame.at());
    long reading = 0;
    for (JsonNode at : JSON.readTree(frame.text()).path("observed")) {
      reading = Math.max(reading, Instant.parse(at.asText()).toEpochMilli());
    }
    if (reading <= told) {
      return List.of();
    }
    told = reading;
    return List.of(received - reading);
  }

  /** One of a hundred guests changes: what is sent of it. */
  private void printChange(PageSocket page, long snapshot) throws IOException {
    LabFaults faults = LabFaults.of(folder.resolve("lab"));
    List<JsonNode> guests = guests("running");
    page.drain();
    int count = GUESTS / 100;
    for (int i = 0; i < count; i++) {
      faults.on("guest-locked?vmid=" + guests.get(i * 7).path("vmid").asInt());
    }
    pass(CYCLE.plusSeconds(5));
    long sent = 0;
    int heard = 0;
    for (PageSocket.Frame frame : page.drain()) {
      JsonNode changed = JSON.readTree(frame.text()).path("changed");
      for (JsonNode patch : changed) {
        if (patch.has("lock")) {
          heard++;
          sent += patch.toString().length() + 1;
        }
      }
    }
    print(
        "1 of 100 guests changes",
        "%d of %d told in %d bytes, %.2f %% of a snapshot of %d kB"
            .formatted(heard, count, sent, 100.0 * sent / snapshot, snapshot / 1000));
    for (int i = 0; i < count; i++) {
      faults.off("guest-locked?vmid=" + guests.get(i * 7).path("vmid").asInt());
    }
  }

  /** Somebody else starts guests: how long until the page says that they run. */
  private void printStarts(PageSocket page) throws IOException {
    LabApi api = new LabApi(lab.line("addresses").split(",", -1)[0], lab.line("token"));
    List<JsonNode> stopped = guests("stopped");
    List<Long> took = new ArrayList<>();
    for (int i = 0; i < STARTS; i++) {
      JsonNode guest = stopped.get(i * 3);
      page.drain();
      String path =
          "/nodes/%s/%s/%d"
              .formatted(
                  guest.path("node").asText(),
                  guest.path("type").asText(),
                  guest.path("vmid").asInt());
      api.post(path + "/status/start");
      while (!api.get(path + "/status/current").path("status").asText().equals("running")) {
        pass(Duration.ofMillis(20));
      }
      long runs = System.nanoTime();
      PageSocket.Frame frame =
          page.await(text -> tellsRunning(text, guest.path("ref").asText()), PATIENCE);
      took.add(Math.max(0, TimeUnit.NANOSECONDS.toMillis(frame.at() - runs)));
    }
    print(
        "a guest started by somebody else, from running to the page",
        "median %d ms, worst %d ms, of %d"
            .formatted(share(took, 0.5), share(took, 1), took.size()));
  }

  private static boolean tellsRunning(String text, String ref) {
    if (!text.contains(ref)) {
      return false;
    }
    try {
      for (JsonNode patch : JSON.readTree(text).path("changed")) {
        if (patch.path("ref").asText().equals(ref)
            && patch.path("status").asText().equals("running")) {
          return true;
        }
      }
      return false;
    } catch (IOException broken) {
      throw new IllegalStateException(broken);
    }
  }

  /** A hundred pages are opened one after the other: what the one that was there notices. */
  private void printJoining(PageSocket page) throws IOException {
    List<PageSocket> joined = new ArrayList<>();
    page.drain();
    pass(JOIN_EVERY.multipliedBy(JOINING));
    long gapBefore = longestGap(page.drain());
    ThreadTimes before = ThreadTimes.of(jarvis.process().pid());
    List<PageSocket.Frame> meanwhile;
    List<Long> ages = new ArrayList<>();
    try {
      for (int i = 0; i < JOINING; i++) {
        joined.add(person.socket("/ws/cluster"));
        pass(JOIN_EVERY);
      }
      meanwhile = page.drain();
      for (PageSocket.Frame frame : meanwhile) {
        ages.addAll(age(frame));
      }
    } finally {
      joined.forEach(PageSocket::close);
    }
    ThreadTimes spent = ThreadTimes.of(jarvis.process().pid()).minus(before);
    long gapMeanwhile = longestGap(meanwhile);
    print(
        "while " + JOINING + " pages join, one in 200 ms",
        ("from the begin of a reading to the delta on the page that was there: median %d ms, worst"
                + " %d ms, of %d; the longest time between two of its frames %d ms, and %d ms before"
                + " anybody joined; %.1f ms of processor time a page, reading included")
            .formatted(
                share(ages, 0.5),
                share(ages, 1),
                ages.size(),
                gapMeanwhile,
                gapBefore,
                spent.total().toMillis() / (double) JOINING));
  }

  /** How long a page heard nothing at most, in milliseconds: a heartbeat comes every second. */
  private static long longestGap(List<PageSocket.Frame> frames) {
    long longest = 0;
    for (int i = 1; i < frames.size(); i++) {
      longest = Math.max(longest, frames.get(i).at() - frames.get(i - 1).at());
    }
    return TimeUnit.NANOSECONDS.toMillis(longest);
  }

  private void printMemory() throws IOException {
    long pid = jarvis.process().pid();
    long resident = ProcessMemory.residentMegabytes(pid);
    print(
        "memory",
        "resident %d MB, live heap after a collection %.1f MB"
            .formatted(resident, ProcessMemory.liveHeapMegabytes(pid)));
  }

  private String shown() throws IOException {
    ObjectNode frame = JSON.createObjectNode().put("type", "show");
    ArrayNode refs = frame.putArray("refs");
    guests("running").stream().limit(SHOWN).forEach(guest -> refs.add(guest.path("ref").asText()));
    return frame.toString();
  }

  private List<JsonNode> guests(String status) throws IOException {
    List<JsonNode> found = new ArrayList<>();
    JsonNode page = person.get("/api/resources?kind=guest&limit=500").body();
    while (true) {
      for (JsonNode guest : page.path("items")) {
        if (guest.path("status").asText().equals(status) && !guest.path("template").asBoolean()) {
          found.add(guest);
        }
      }
      String next = page.path("next").asText("");
      if (next.isEmpty() || page.path("next").isNull()) {
        return found;
      }
      page = person.get("/api/resources?kind=guest&limit=500&cursor=" + next).body();
    }
  }

  private static long figure(String text, String name) throws IOException {
    return text.lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToLong(line -> Math.round(Double.parseDouble(line.substring(name.length() + 1))))
        .findFirst()
        .orElseThrow(() -> new IOException("No " + name + " in the metrics"));
  }

  private static long bytes(PageSocket.Frame frame) {
    return frame.text().getBytes(StandardCharsets.UTF_8).length;
  }

  private static long share(List<Long> values, double share) {
    List<Long> sorted = values.stream().sorted().toList();
    return sorted.isEmpty()
        ? 0
        : sorted.get((int) Math.min(sorted.size() - 1L, (long) (sorted.size() * share)));
  }

  private static void print(String what, String figures) {
    System.out.println(what + ": " + figures);
  }

  private static void pass(Duration time) throws IOException {
    try {
      TimeUnit.NANOSECONDS.sleep(time.toNanos());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
  }
}

package org.jarvis.connector.proxmox;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.jarvis.testkit.connector.WatchedSystem;

/** A node of Proxmox VE with two VMs that can be switched on and off, by tasks that end later. */
final class OperableNode implements WatchedSystem {
  static final TestCertificate CERTIFICATE = TestCertificate.make();
  static final String ACCOUNT = "root@pam!full";
  static final String SECRET = "canary-4711";

  /** What its threads are called. */
  static final String THREAD = "fake-member";

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Pattern POWER =
      Pattern.compile("POST /nodes/pve1/qemu/([0-9]+)/status/(start|stop|shutdown|reboot)");
  private static final Pattern GUEST = Pattern.compile("GET /nodes/pve1/qemu/([0-9]+)/(.*)");
  private static final Pattern TASK = Pattern.compile("GET /nodes/pve1/tasks/([^/]+)/(status|log)");

  private final Map<Integer, Boolean> runs =
      new ConcurrentSkipListMap<>(Map.of(201, true, 202, false));
  private final Map<String, String> tasks = new ConcurrentHashMap<>();
  private final List<String> changes = new CopyOnWriteArrayList<>();
  private final AtomicInteger numbers = new AtomicInteger(1);
  private volatile FakeMember member;
  private volatile boolean failing;
  private volatile boolean losing;
  private volatile Gate readings = Gate.open();
  private volatile Gate works = Gate.open();

  OperableNode() {
    member = listening(0);
  }

  private FakeMember listening(int port) {
    return new FakeMember(CERTIFICATE, "127.0.0.1", port).otherwise(this::answer);
  }

  URI address() {
    return member.address();
  }

  private byte[] answer(FakeMember.Request request) {
    String call = request.call();
    Matcher power = POWER.matcher(call);
    if (power.matches()) {
      return power(Integer.parseInt(power.group(1)), power.group(2));
    }
    Matcher task = TASK.matcher(call);
    if (task.matches()) {
      return task(URLDecoder.decode(task.group(1), StandardCharsets.UTF_8), task.group(2));
    }
    Matcher guest = GUEST.matcher(call);
    if (guest.matches()) {
      return guest(Integer.parseInt(guest.group(1)), guest.group(2));
    }
    return switch (call) {
      case "GET /version" -> data("{\"version\":\"9.2.11\"}");
      case "GET /cluster/status" ->
          data("[{\"type\":\"node\",\"name\":\"pve1\",\"online\":1,\"local\":1}]");
      case "GET /cluster/resources" -> {
        readings.pass();
        yield data(resources(request.target().contains("type=vm")));
      }
      case "GET /cluster/tasks", "GET /nodes/pve1/tasks" -> data(listed());
      case "GET /access/permissions" -> Recorded.reply("get-access_permissions");
      default -> FakeMember.reply(501, "{\"message\":\"Method not implemented\",\"data\":null}");
    };
  }

  private static byte[] data(String data) {
    return FakeMember.reply(200, "{\"data\":" + data + "}");
  }

  private String resources(boolean guestsAlone) {
    List<String> rows = new ArrayList<>();
    if (!guestsAlone) {
      rows.add("{\"type\":\"node\",\"node\":\"pve1\",\"id\":\"node/pve1\",\"status\":\"online\"}");
    }
    runs.forEach(
        (id, running) ->
            rows.add(
                """
                {"type":"qemu","vmid":%1$d,"id":"qemu/%1$d","node":"pve1","name":"g%1$d",
                 "status":"%2$s"}
                """
                    .formatted(id, word(running))));
    return rows.toString();
  }

  private static String word(boolean running) {
    return running ? "running" : "stopped";
  }

  private byte[] guest(int id, String what) {
    Boolean running = runs.get(id);
    if (running == null) {
      return FakeMember.reply(
          500, "{\"message\":\"Configuration file 'qemu-server/x.conf' does not exist\"}");
    }
    return switch (what) {
      case "status/current" ->
          data("{\"status\":\"%s\",\"qmpstatus\":\"%1$s\"}".formatted(word(running)));
      case "config" -> data("{\"name\":\"g" + id + "\",\"digest\":\"d" + id + "\"}");
      default -> FakeMember.reply(501, "{\"message\":\"Method not implemented\",\"data\":null}");
    };
  }

  private byte[] power(int id, String verb) {
    changes.add(verb + " " + id);
    String upid =
        "UPID:pve1:%08X:0009A815:%08X:qm%s:%d:%s:"
            .formatted(
                numbers.getAndIncrement(), Instant.now().getEpochSecond(), verb, id, ACCOUNT);
    tasks.put(upid, "");
    Thread worker = new Thread(() -> work(upid, id, verb), THREAD);
    worker.setDaemon(true);
    worker.start();
    if (losing) {
      // It is longer than what comes: the connection breaks in the middle.
      return "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{".getBytes(StandardCharsets.UTF_8);
    }
    return data("\"" + upid + "\"");
  }

  private void work(String upid, int id, String verb) {
    Gate gate = works;
    gate.pass();
    if (failing || !runs.containsKey(id)) {
      tasks.put(upid, "start failed: QEMU exited with code 1");
      return;
    }
    runs.put(id, verb.equals("start") || verb.equals("reboot"));
    tasks.put(upid, "OK");
    gate.done.countDown();
  }

  private byte[] task(String upid, String what) {
    String exit = tasks.get(upid);
    if (exit == null) {
      return FakeMember.reply(
          400,
          "{\"message\":\"Parameter verification failed.\","
              + "\"errors\":{\"upid\":\"no such task\"}}");
    }
    if (what.equals("log")) {
      return data("[{\"n\":1,\"t\":\"a line\"}]");
    }
    return data(
        exit.isEmpty()
            ? "{\"status\":\"running\"}"
            : "{\"status\":\"stopped\",\"exitstatus\":\"" + exit + "\"}");
  }

  private String listed() {
    List<String> rows = new ArrayList<>();
    new TreeMap<>(tasks)
        .forEach(
            (upid, exit) -> {
              String end = exit.isEmpty() ? "" : ",\"endtime\":1,\"status\":\"" + exit + "\"";
              rows.add("{\"upid\":\"" + upid + "\"" + end + "}");
            });
    return rows.toString();
  }

  @Override
  public GuestId running() {
    return new GuestId(201);
  }

  @Override
  public GuestId stopped() {
    return new GuestId(202);
  }

  @Override
  public GuestId nobody() {
    return new GuestId(999);
  }

  @Override
  public Guest.Status status(GuestId guest) {
    return Boolean.TRUE.equals(runs.get(guest.value()))
        ? Guest.Status.RUNNING
        : Guest.Status.STOPPED;
  }

  @Override
  public List<String> changes() {
    return List.copyOf(changes);
  }

  @Override
  public Set<String> secrets() {
    return Set.of(SECRET);
  }

  @Override
  public void reachable(boolean now) {
    if (now) {
      member = listening(member.address().getPort());
    } else {
      member.close();
    }
  }

  @Override
  public void fail() {
    failing = true;
  }

  @Override
  public void loseAnswers() {
    losing = true;
  }

  @Override
  public Held holdReadings() {
    readings = Gate.closed(false);
    return readings;
  }

  @Override
  public Held holdChanges() {
    works = Gate.closed(true);
    return works;
  }

  @Override
  public void close() {
    readings.gate.countDown();
    works.gate.countDown();
    member.close();
  }

  /** Holds back who comes to it while it is closed. */
  private static final class Gate implements Held {
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch gate;
    private final CountDownLatch done;

    private Gate(int locks, int works) {
      gate = new CountDownLatch(locks);
      done = new CountDownLatch(works);
    }

    static Gate open() {
      return new Gate(0, 0);
    }

    static Gate closed(boolean forWorks) {
      return new Gate(1, forWorks ? 1 : 0);
    }

    void pass() {
      asked.countDown();
      try {
        gate.await();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void await() {
      await(asked);
    }

    @Override
    public void letGo() {
      gate.countDown();
      await(done);
    }

    private static void await(CountDownLatch latch) {
      try {
        if (latch.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
      throw new AssertionError("The node was not asked, or a task did not end.");
    }
  }
}

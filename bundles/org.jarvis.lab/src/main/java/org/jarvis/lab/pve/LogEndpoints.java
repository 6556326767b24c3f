package org.jarvis.lab.pve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jarvis.lab.sim.JournalEntry;
import org.jarvis.lab.sim.Node;
import org.jarvis.lab.sim.SimulatedCluster;
import org.jarvis.lab.sim.Task;
import org.jarvis.lab.sim.Upid;

/** The cluster's log and the nodes' journals. */
final class LogEndpoints {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int TASKS_PER_NODE = 100;
  private static final int INFO = 6;
  private static final int ERROR = 3;
  private static final int DAEMON = 1290;
  private static final int WHOLE_JOURNAL = 100_000;
  private static final Pattern CURSOR = Pattern.compile("s=[0-9a-f]+;t=([0-9a-f]{1,15})");
  private static final DateTimeFormatter LINE_TIME =
      DateTimeFormatter.ofPattern("MMM dd HH:mm:ss", Locale.ENGLISH).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter ASKED_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd[ HH:mm[:ss]]");

  private final SimulatedCluster cluster;

  LogEndpoints(SimulatedCluster cluster) {
    this.cluster = cluster;
  }

  List<Endpoint> all() {
    return List.of(
        Endpoint.get("/cluster/log", this::ofCluster)
            .takes(new Parameter("max", false, new Parameter.Form.Whole(1, Long.MAX_VALUE))),
        Endpoint.get("/nodes/{node}/journal", (arguments, caller) -> journal(arguments))
            .takes(
                Parameter.text("endcursor"),
                Parameter.whole("lastentries"),
                Parameter.whole("since"),
                Parameter.text("startcursor"),
                Parameter.whole("until"))
            .byWorker()
            .needs("Sys.Syslog", "/nodes/{node}"),
        Endpoint.get("/nodes/{node}/syslog", (arguments, caller) -> syslog(arguments))
            .takes(
                Parameter.whole("limit"),
                Parameter.text("service"),
                Parameter.text("since"),
                Parameter.whole("start"),
                Parameter.text("until"))
            .byWorker()
            .needs("Sys.Syslog", "/nodes/{node}"));
  }

  private record Line(Instant at, Upid upid, int priority, String message) {}

  /** What the nodes tell each other of their tasks, newest first. */
  private List<Map<String, Object>> ofCluster(Arguments arguments, Caller caller) {
    List<Line> lines = new ArrayList<>();
    for (Node node : cluster.snapshot().nodes()) {
      if (node.online()) {
        cluster.tasks(node.name(), TASKS_PER_NODE).forEach(task -> lines.addAll(lines(task)));
      }
    }
    lines.sort(Comparator.comparing(Line::at));
    boolean all = caller.may("Sys.Syslog", "/");
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = lines.size() - 1; i >= 0; i--) {
      Line line = lines.get(i);
      String tokenId = line.upid().tokenId();
      boolean own = tokenId != null && caller.owns(line.upid().user(), tokenId);
      if ((all || own) && rows.size() < arguments.whole("max", 500)) {
        rows.add(row(line, i + 1));
      }
    }
    return rows;
  }

  private static List<Line> lines(Task task) {
    Upid upid = task.upid();
    List<Line> lines = new ArrayList<>();
    lines.add(new Line(upid.startedAt(), upid, INFO, "starting task " + upid));
    Instant end = task.end();
    if (end != null) {
      int priority = "OK".equals(task.exitStatus()) ? INFO : ERROR;
      lines.add(new Line(end, upid, priority, "end task " + upid + ": " + task.exitStatus()));
    }
    return lines;
  }

  private static Map<String, Object> row(Line line, int number) {
    Upid upid = line.upid();
    boolean scheduled = upid.type().equals("vzdump") && upid.id().isEmpty();
    return new Row()
        .put("uid", String.valueOf(number))
        .put("id", number + ":" + upid.node())
        .put("time", line.at().getEpochSecond())
        .put("node", upid.node())
        .put("pid", DAEMON)
        .put("tag", scheduled ? "pvescheduler" : "pvedaemon")
        .put("pri", line.priority())
        .put("user", upid.tokenId() == null ? upid.user() : upid.user() + "!" + upid.tokenId())
        .put("msg", line.message())
        .fields();
  }

  /**
   * The lines between two cursors, which are those of the first and the last one: what the real
   * reader prints, compressed as it always is.
   */
  private Endpoint.Compressed journal(Arguments arguments) throws PveError {
    String node = arguments.required("node");
    Instant from = seconds(arguments, "since").orElse(Instant.EPOCH);
    Instant to = seconds(arguments, "until").orElse(Instant.MAX);
    if (arguments.text("startcursor").isPresent()) {
      from = cursor(arguments.required("startcursor")).plusNanos(1000);
    }
    if (arguments.text("endcursor").isPresent()) {
      to = cursor(arguments.required("endcursor")).minusNanos(1000);
    }
    long most = arguments.whole("lastentries", WHOLE_JOURNAL);
    List<JournalEntry> entries =
        cluster.journal(node, from, to, (int) Math.min(WHOLE_JOURNAL, most));
    List<String> lines = new ArrayList<>();
    if (!entries.isEmpty()) {
      lines.add(cursor(node, entries.get(0)));
      entries.forEach(entry -> lines.add(text(node, entry)));
      lines.add(cursor(node, entries.get(entries.size() - 1)));
    }
    try {
      return new Endpoint.Compressed(JSON.writeValueAsString(Map.of("data", lines)));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a list of lines cannot fail to be written", impossible);
    }
  }

  private static Optional<Instant> seconds(Arguments arguments, String name) {
    return arguments.text(name).map(Long::parseLong).map(Instant::ofEpochSecond);
  }

  private static String cursor(String node, JournalEntry entry) {
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, entry.at());
    return "s=%s;t=%x".formatted(GuestConfigs.digest(node).substring(0, 32), micros);
  }

  private static Instant cursor(String text) throws PveError {
    Matcher matcher = CURSOR.matcher(text);
    if (!matcher.matches()) {
      throw PveError.internal("Failed to seek to cursor: Invalid argument");
    }
    long micros = Long.parseLong(matcher.group(1), 16);
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  private static String text(String node, JournalEntry entry) {
    String program =
        entry.pid() == 0 ? entry.identifier() : entry.identifier() + "[" + entry.pid() + "]";
    return "%s %s %s: %s".formatted(LINE_TIME.format(entry.at()), node, program, entry.message());
  }

  private Endpoint.WithTotal syslog(Arguments arguments) throws PveError {
    String node = arguments.required("node");
    List<JournalEntry> entries =
        cluster.journal(
            node,
            asked(arguments, "since").orElse(Instant.EPOCH),
            asked(arguments, "until").orElse(Instant.MAX),
            WHOLE_JOURNAL);
    String service = arguments.text("service").orElse("");
    List<String> lines = new ArrayList<>();
    for (JournalEntry entry : entries) {
      if (service.isEmpty() || entry.identifier().equals(service)) {
        lines.add(text(node, entry));
      }
    }
    if (lines.isEmpty()) {
      lines.add("-- No entries --");
    }
    long start = arguments.whole("start", 0);
    long limit = arguments.whole("limit", 50);
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = (int) Math.min(start, lines.size());
        i < lines.size() && rows.size() < limit;
        i++) {
      rows.add(new Row().put("n", i + 1).put("t", lines.get(i)).fields());
    }
    return new Endpoint.WithTotal(rows, lines.size());
  }

  private static Optional<Instant> asked(Arguments arguments, String name) throws PveError {
    Optional<String> text = arguments.text(name);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      String whole = text.get().length() == 10 ? text.get() + " 00:00:00" : text.get();
      return Optional.of(LocalDateTime.parse(whole, ASKED_TIME).toInstant(ZoneOffset.UTC));
    } catch (DateTimeParseException malformed) {
      throw PveError.parameters(Map.of(name, "value does not match the regex pattern"));
    }
  }
}

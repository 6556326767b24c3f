package org.jarvis.lab.shell;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jarvis.lab.sim.JournalEntry;
import org.jarvis.lab.sim.NodeService;

/** {@code journalctl} of systemd 257, and {@code dmesg}. */
final class JournalctlProgram {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int WHOLE = 100_000;
  private static final Duration LOOKS_EVERY = Duration.ofSeconds(1);
  private static final Pattern AGO =
      Pattern.compile(
          "-?\\s*(\\d+(?:\\.\\d+)?)\\s*(s|sec|second|m|min|minute|h|hour|hr|d|day|w|week|month)s?(?:\\s+ago)?");
  private static final List<String> PRIORITIES =
      List.of("emerg", "alert", "crit", "err", "warning", "notice", "info", "debug");

  private final Call call;
  private final Options options;
  private final Machine machine;

  private JournalctlProgram(Call call, Options options) {
    this.call = call;
    this.options = options;
    this.machine = call.machine();
  }

  static int run(Call call) throws IOException {
    try {
      Options options =
          Options.of(
              call.arguments(),
              "u:t:n?S:U:p:g:o:rkb?efxqamN",
              "unit:=u",
              "identifier:=t",
              "lines=n",
              "since:=S",
              "until:=U",
              "priority:=p",
              "grep:=g",
              "output:=o",
              "reverse=r",
              "dmesg=k",
              "boot=b",
              "follow=f",
              "pager-end=e",
              "no-pager",
              "no-hostname",
              "no-tail",
              "utc",
              "quiet=q",
              "catalog=x",
              "all=a",
              "full=l",
              "case-sensitive",
              "disk-usage",
              "list-boots",
              "vacuum-size:",
              "system",
              "version");
      return new JournalctlProgram(call, options).answer();
    } catch (Options.Unknown mistake) {
      return call.fail(1, mistake.said());
    }
  }

  static int dmesg(Call call) throws IOException {
    if (!call.login().isRoot()) {
      return call.fail(1, "read kernel buffer failed: Operation not permitted");
    }
    Machine machine = call.machine();
    boolean clock =
        call.arguments().stream().anyMatch(word -> word.matches("-[a-zA-Z]*T[a-zA-Z]*|--ctime"));
    Instant boot = machine.vitals().bootedAt();
    for (JournalEntry entry :
        machine.cluster().journal(machine.key(), boot, machine.now(), WHOLE)) {
      if (entry.identifier().equals("kernel")) {
        String time =
            clock
                ? DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH)
                    .format(entry.at().atZone(machine.zone()))
                : String.format(
                    Locale.ROOT, "%12.6f", Duration.between(boot, entry.at()).toMillis() / 1000.0);
        call.out().println("[" + time + "] " + entry.message());
      }
    }
    return 0;
  }

  /** The latest lines of a service. */
  static List<JournalEntry> ofUnit(Machine machine, NodeService service, int most) {
    List<JournalEntry> lines = new ArrayList<>();
    Instant now = machine.now();
    for (JournalEntry entry :
        machine.cluster().journal(machine.key(), now.minus(Duration.ofHours(24)), now, WHOLE)) {
      if (unit(entry).equals(service.unit() + ".service")) {
        lines.add(entry);
      }
    }
    return lines.subList(Math.max(0, lines.size() - most), lines.size());
  }

  private static final Pattern NAMED_UNIT =
      Pattern.compile("(?:^|.*[ (])([A-Za-z0-9@._-]+\\.(?:service|scope))[ :.,].*", Pattern.DOTALL);

  /** Which unit a line belongs to: what systemd says of a unit counts as its own. */
  static String unit(JournalEntry entry) {
    if (entry.identifier().equals("systemd")) {
      Matcher matcher = NAMED_UNIT.matcher(entry.message() + " ");
      return matcher.matches() ? matcher.group(1) : "init.scope";
    }
    return switch (entry.identifier()) {
      case "kernel" -> "";
      case "CRON" -> "cron.service";
      case "pmxcfs" -> "pve-cluster.service";
      case "smartd" -> "smartmontools.service";
      case "dockerd" -> "docker.service";
      case "sshd", "sshd-session" -> "ssh.service";
      default -> entry.identifier() + ".service";
    };
  }

  /** As syslog counts. */
  static int priority(JournalEntry entry) {
    String message = entry.message();
    if (message.contains("Out of memory")
        || message.contains("segfault")
        || message.startsWith("problem with client")
        || message.contains("I/O error")) {
      return 3;
    }
    if (message.contains("Failed with result")
        || message.contains("oom-kill")
        || message.contains("status update time")) {
      return 4;
    }
    return message.contains("Main process exited")
            || (message.contains("end task") && !message.endsWith(": OK"))
        ? 5
        : 6;
  }

  private int answer() throws IOException, Options.Unknown {
    if (options.has("version")) {
      call.out().println("systemd 257 (257.8-1~deb13u2)");
      return 0;
    }
    if (options.value("vacuum-size").isPresent()) {
      if (!call.login().isRoot()) {
        return call.fail(1, "Failed to open directory /var/log/journal: Permission denied");
      }
      machine.cluster().works().nodes().cleaned(machine.name());
      call.out()
          .println(
              "Vacuuming done, freed 448M of archived journals from /var/log/journal/"
                  + machine.machineId()
                  + ".");
      return 0;
    }
    if (options.has("disk-usage")) {
      call.out()
          .println(
              "Archived and active journals take up "
                  + machine.number("journal", 80, 900)
                  + "M in the file system.");
      return 0;
    }
    if (options.has("list-boots")) {
      call.out()
          .println("IDX BOOT ID                          FIRST ENTRY                 LAST ENTRY");
      DateTimeFormatter format =
          DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm:ss zzz", Locale.ENGLISH);
      call.out()
          .println(
              "  0 "
                  + machine.machineId()
                  + " "
                  + format.format(machine.vitals().bootedAt().atZone(machine.zone()))
                  + " "
                  + format.format(machine.now().atZone(machine.zone())));
      return 0;
    }
    Instant from = options.value("S").isPresent() ? moment(options.value("S", "")) : Instant.EPOCH;
    Instant to = options.value("U").isPresent() ? moment(options.value("U", "")) : Instant.MAX;
    if (options.has("b") && from.isBefore(machine.vitals().bootedAt())) {
      from = machine.vitals().bootedAt();
    }
    List<JournalEntry> lines = matching(from, to.equals(Instant.MAX) ? machine.now() : to);
    int most = lines();
    List<JournalEntry> shown =
        new ArrayList<>(lines.subList(Math.max(0, lines.size() - most), lines.size()));
    if (options.has("r")) {
      Collections.reverse(shown);
    }
    if (shown.isEmpty() && !options.has("q") && !options.has("f")) {
      call.out().println("-- No entries --");
    }
    for (JournalEntry line : shown) {
      write(line);
    }
    if (options.has("f")) {
      follow();
    }
    // As the real one: nothing found by a pattern is a failure, nothing found otherwise is not.
    return shown.isEmpty() && options.has("g") ? 1 : 0;
  }

  private int lines() throws Options.Unknown {
    if (!options.has("n")) {
      return options.has("f") && !options.has("no-tail")
          ? 10
          : options.has("e") ? 1000 : Integer.MAX_VALUE;
    }
    String text = options.value("n", "");
    // The number may also be the next word, which is read as an operand then.
    if (text.isEmpty()) {
      text =
          options.operands().stream()
              .filter(word -> word.matches("\\d+|all"))
              .findFirst()
              .orElse("10");
    }
    if (text.equals("all")) {
      return Integer.MAX_VALUE;
    }
    if (!text.matches("\\+?[0-9]{1,9}")) {
      throw new Options.Unknown("Failed to parse lines '" + text + "'");
    }
    return Integer.parseInt(text.replace("+", ""));
  }

  private void follow() throws IOException, Options.Unknown {
    Instant last = machine.now();
    while (true) {
      call.out().flush();
      call.job().pause(LOOKS_EVERY);
      Instant now = machine.now();
      for (JournalEntry line : matching(last.plusNanos(1), now)) {
        write(line);
      }
      last = now;
    }
  }

  private List<JournalEntry> matching(Instant from, Instant to) throws Options.Unknown {
    Pattern pattern = options.has("g") ? pattern(options.value("g", "")) : null;
    int[] range = priorities();
    List<JournalEntry> lines = new ArrayList<>();
    Instant begin = from.equals(Instant.EPOCH) ? machine.now().minus(Duration.ofDays(7)) : from;
    for (JournalEntry entry : machine.cluster().journal(machine.key(), begin, to, WHOLE)) {
      boolean wanted =
          (pattern == null || pattern.matcher(entry.message()).find())
              && priority(entry) >= range[0]
              && priority(entry) <= range[1]
              && (!options.has("k") || entry.identifier().equals("kernel"))
              && (!options.has("t") || options.values("t").contains(entry.identifier()))
              && (!options.has("u")
                  || options.values("u").stream().anyMatch(unit -> fits(unit, entry)));
      if (wanted) {
        lines.add(entry);
      }
    }
    return lines;
  }

  private static boolean fits(String wanted, JournalEntry entry) {
    String unit = wanted.contains(".") ? wanted : wanted + ".service";
    String named = unit.equals("sshd.service") ? "ssh.service" : unit;
    return Globs.compiled(named, true).matcher(unit(entry)).matches();
  }

  private static Pattern pattern(String text) throws Options.Unknown {
    try {
      // All in lower case means that case does not matter.
      boolean insensitive = text.equals(text.toLowerCase(Locale.ROOT));
      return Pattern.compile(text, insensitive ? Pattern.CASE_INSENSITIVE : 0);
    } catch (PatternSyntaxException unusable) {
      throw new Options.Unknown("Bad pattern \"" + text + "\": " + unusable.getDescription());
    }
  }

  private int[] priorities() throws Options.Unknown {
    if (!options.has("p")) {
      return new int[] {0, 7};
    }
    String text = options.value("p", "");
    int dots = text.indexOf("..");
    int from = dots < 0 ? 0 : priority(text.substring(0, dots));
    int to = priority(dots < 0 ? text : text.substring(dots + 2));
    return new int[] {Math.min(from, to), Math.max(from, to)};
  }

  private static int priority(String word) throws Options.Unknown {
    String name = word.equals("error") ? "err" : word.equals("warn") ? "warning" : word;
    int number = name.matches("[0-7]") ? Integer.parseInt(name) : PRIORITIES.indexOf(name);
    if (number < 0) {
      throw new Options.Unknown("Unknown log level " + word);
    }
    return number;
  }

  /** As {@code systemd.time} says it: relative, a word, or a date. */
  private Instant moment(String text) throws Options.Unknown {
    Instant now = machine.now();
    String word = text.strip();
    Matcher ago = AGO.matcher(word);
    if (ago.matches()) {
      return now.minusMillis(
          Math.round(Double.parseDouble(ago.group(1)) * seconds(ago.group(2)) * 1000));
    }
    LocalDate today = now.atZone(machine.zone()).toLocalDate();
    switch (word) {
      case "now" -> {
        return now;
      }
      case "today" -> {
        return today.atStartOfDay(machine.zone()).toInstant();
      }
      case "yesterday" -> {
        return today.minusDays(1).atStartOfDay(machine.zone()).toInstant();
      }
      default -> {}
    }
    if (word.matches("@\\d{1,11}")) {
      return Instant.ofEpochSecond(Long.parseLong(word.substring(1)));
    }
    boolean utc = word.endsWith(" UTC");
    String plain = utc ? word.substring(0, word.length() - 4) : word;
    try {
      LocalDateTime local =
          plain.matches("\\d{4}-\\d\\d-\\d\\d")
              ? LocalDate.parse(plain).atStartOfDay()
              : plain.matches("\\d\\d:\\d\\d(:\\d\\d)?")
                  ? today.atTime(LocalTime.parse(plain))
                  : LocalDateTime.parse(plain.replace(' ', 'T'));
      return utc ? local.toInstant(ZoneOffset.UTC) : local.atZone(machine.zone()).toInstant();
    } catch (DateTimeParseException unreadable) {
      throw new Options.Unknown("Failed to parse timestamp: " + text);
    }
  }

  private static double seconds(String unit) {
    return switch (unit.charAt(0)) {
      case 's' -> 1;
      case 'h' -> 3600;
      case 'd' -> 86_400;
      case 'w' -> 604_800;
      default -> unit.startsWith("mo") ? 2_629_800 : 60;
    };
  }

  private void write(JournalEntry line) throws IOException {
    String output = options.value("o", "short");
    switch (output) {
      case "cat" -> call.out().println(line.message());
      case "json", "json-pretty" -> call.out().println(json(line, output.endsWith("pretty")));
      case "short-iso" ->
          call.out().println(shortLine(machine, line, "yyyy-MM-dd'T'HH:mm:ssxxx", host()));
      case "short-iso-precise" ->
          call.out().println(shortLine(machine, line, "yyyy-MM-dd'T'HH:mm:ss.SSSSSSxxx", host()));
      case "short-precise" ->
          call.out().println(shortLine(machine, line, "MMM dd HH:mm:ss.SSSSSS", host()));
      case "short-unix" ->
          call.out()
              .println(
                  String.format(Locale.ROOT, "%.6f ", micros(line) / 1e6)
                      + shortLine(machine, line, "", host()).strip());
      case "short-full" ->
          call.out().println(shortLine(machine, line, "EEE yyyy-MM-dd HH:mm:ss zzz", host()));
      default -> call.out().println(shortLine(machine, line, "MMM dd HH:mm:ss", host()));
    }
  }

  private boolean host() {
    return !options.has("no-hostname");
  }

  static String shortLine(Machine machine, JournalEntry line, String format, boolean host) {
    String time =
        format.isEmpty()
            ? ""
            : DateTimeFormatter.ofPattern(format, Locale.ENGLISH)
                .format(line.at().atZone(machine.zone()));
    String process = line.pid() > 0 ? "[" + line.pid() + "]" : "";
    return time
        + (host ? " " + machine.name() : "")
        + " "
        + line.identifier()
        + process
        + ": "
        + line.message();
  }

  private static long micros(JournalEntry line) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, line.at());
  }

  private String json(JournalEntry line, boolean pretty) {
    Map<String, String> fields = new LinkedHashMap<>();
    long micros = micros(line);
    boolean kernel = line.identifier().equals("kernel");
    fields.put(
        "__CURSOR", "s=%s;i=%x;t=%x".formatted(machine.machineId(), micros % 0xFFFFFF, micros));
    fields.put("__REALTIME_TIMESTAMP", String.valueOf(micros));
    fields.put("_BOOT_ID", machine.machineId());
    fields.put("_MACHINE_ID", machine.machineId());
    fields.put("_HOSTNAME", machine.name());
    fields.put("PRIORITY", String.valueOf(priority(line)));
    fields.put("_TRANSPORT", kernel ? "kernel" : "syslog");
    fields.put("SYSLOG_IDENTIFIER", line.identifier());
    if (!kernel) {
      fields.put("_PID", String.valueOf(line.pid()));
      fields.put("_SYSTEMD_UNIT", line.identifier().equals("systemd") ? "init.scope" : unit(line));
    }
    fields.put("MESSAGE", line.message());
    try {
      return pretty
          ? JSON.writerWithDefaultPrettyPrinter().writeValueAsString(fields)
          : JSON.writeValueAsString(fields);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("texts can always be written", impossible);
    }
  }
}

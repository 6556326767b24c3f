package org.jarvis.lab.shell;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jarvis.lab.sim.JournalEntry;
import org.jarvis.lab.sim.NodeService;
import org.jspecify.annotations.Nullable;

/** {@code systemctl} of systemd 257. */
final class SystemctlProgram {

  private static final int INACTIVE = 3;
  private static final int NO_SUCH_UNIT = 4;
  private static final int NOT_LOADED = 5;
  private static final int LINES = 10;
  private static final Duration RESTART = Duration.ofMillis(250);
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm:ss zzz", Locale.ENGLISH);

  private final Call call;
  private final Options options;
  private final Machine machine;

  private SystemctlProgram(Call call, Options options) {
    this.call = call;
    this.options = options;
    this.machine = call.machine();
  }

  static int run(Call call) throws IOException {
    try {
      Options options =
          Options.of(
              call.arguments(),
              "alqfp:t:n:o:H:",
              "all=a",
              "full=l",
              "quiet=q",
              "no-pager",
              "no-legend",
              "plain",
              "failed",
              "property:=p",
              "value",
              "type:=t",
              "state:",
              "lines:=n",
              "output:=o",
              "no-ask-password",
              "no-block",
              "now",
              "system",
              "version");
      return new SystemctlProgram(call, options).command();
    } catch (Options.Unknown mistake) {
      return call.fail(1, mistake.said());
    }
  }

  private int command() throws IOException {
    if (options.has("version")) {
      call.out().println("systemd 257 (257.8-1~deb13u2)");
      return 0;
    }
    List<String> words = new ArrayList<>(options.operands());
    String verb = words.isEmpty() ? "list-units" : words.remove(0);
    switch (verb) {
      case "list-units" -> {
        return units(words);
      }
      case "list-unit-files" -> {
        return files();
      }
      case "status" -> {
        return words.isEmpty() ? overall() : each(words, this::status);
      }
      case "is-active" -> {
        return states(words, NodeService::activeState, "active", INACTIVE);
      }
      case "is-failed" -> {
        return states(words, NodeService::activeState, "failed", 1);
      }
      case "is-enabled" -> {
        return states(words, NodeService::unitState, "enabled", 1);
      }
      case "is-system-running" -> {
        boolean degraded = machine.services().stream().anyMatch(SystemctlProgram::failed);
        call.out().println(degraded ? "degraded" : "running");
        return degraded ? 1 : 0;
      }
      case "show" -> {
        return each(words.isEmpty() ? List.of("") : words, this::show);
      }
      case "cat" -> {
        return each(words, this::file);
      }
      case "list-timers" -> {
        call.out().println("NEXT LEFT LAST PASSED UNIT ACTIVATES\n\n0 timers listed.");
        return 0;
      }
      case "start", "stop", "restart", "reload", "try-restart", "reload-or-restart" -> {
        return change(verb, words);
      }
      case "enable", "disable", "mask", "unmask" -> {
        call.err().println("Failed to " + verb + " unit: Read-only file system");
        return 1;
      }
      case "daemon-reload", "reset-failed" -> {
        return 0;
      }
      default -> {
        call.err().println("Unknown command verb '" + verb + "'.");
        return 1;
      }
    }
  }

  private interface OfUnit {
    int run(String unit) throws IOException;
  }

  private static int each(List<String> units, OfUnit what) throws IOException {
    int status = 0;
    for (String unit : units) {
      int one = what.run(unit);
      status = one == 0 ? status : one;
    }
    return status;
  }

  private static boolean failed(NodeService service) {
    return service.activeState().equals("failed");
  }

  private @Nullable NodeService find(String word) {
    String bare = bare(word);
    return machine.services().stream()
        .filter(service -> service.installed())
        .filter(
            service ->
                service.unit().equals(bare)
                    // The name that Debian keeps for what used to be called so.
                    || (service.id().equals("sshd") && bare.equals("sshd")))
        .findFirst()
        .orElse(null);
  }

  private static String bare(String word) {
    return word.endsWith(".service")
        ? word.substring(0, word.length() - ".service".length())
        : word;
  }

  private static String named(String word) {
    return word.contains(".") ? word : word + ".service";
  }

  private int units(List<String> patterns) throws IOException {
    boolean failedOnly = options.has("failed") || options.value("state", "").equals("failed");
    List<NodeService> shown = new ArrayList<>();
    for (NodeService service : machine.services()) {
      boolean wanted =
          service.installed()
              && (!failedOnly || failed(service))
              && (options.has("a") || !service.activeState().equals("inactive") || failedOnly)
              && (!options.value("state", "").equals("running") || service.running())
              && options.value("t", "service").contains("service")
              && (patterns.isEmpty()
                  || patterns.stream()
                      .anyMatch(
                          pattern ->
                              Globs.compiled(pattern, true)
                                  .matcher(service.unit() + ".service")
                                  .matches()));
      if (wanted) {
        shown.add(service);
      }
    }
    int width = 4;
    for (NodeService service : shown) {
      width = Math.max(width, service.unit().length() + 8);
    }
    boolean legend = !options.has("no-legend");
    boolean dotted = shown.stream().anyMatch(SystemctlProgram::failed) && !options.has("plain");
    String indent = dotted || !options.has("plain") ? "  " : "";
    if (legend && !shown.isEmpty()) {
      call.out()
          .println(
              indent + SystemPrograms.left("UNIT", width) + " LOAD   ACTIVE SUB     DESCRIPTION");
    }
    for (NodeService service : shown) {
      call.out()
          .printf(
              "%s%s loaded %-6s %-7s %s\n",
              failed(service) && dotted ? "● " : indent,
              SystemPrograms.left(service.unit() + ".service", width),
              service.activeState(),
              service.subState(),
              service.description());
    }
    if (legend) {
      if (!shown.isEmpty()) {
        call.out()
            .println(
                "\nLegend: LOAD   → Reflects whether the unit definition was properly loaded.");
        call.out()
            .println(
                "        ACTIVE → The high-level unit activation state, i.e. generalization of SUB.");
        call.out()
            .println(
                "        SUB    → The low-level unit activation state, values depend on unit type.\n");
      }
      call.out()
          .println(
              shown.size()
                  + " loaded units listed."
                  + (failedOnly || options.has("a")
                      ? ""
                      : " Pass --all to see loaded but inactive units, too."));
    }
    return 0;
  }

  private int files() throws IOException {
    call.out().println("UNIT FILE                     STATE           PRESET");
    int count = 0;
    for (NodeService service : machine.services()) {
      if (service.installed()) {
        count++;
        call.out()
            .printf("%-29s %-15s enabled\n", service.unit() + ".service", service.unitState());
      }
    }
    call.out().println("\n" + count + " unit files listed.");
    return 0;
  }

  private int overall() throws IOException {
    boolean degraded = machine.services().stream().anyMatch(SystemctlProgram::failed);
    call.out().println("● " + machine.name());
    call.out().println("    State: " + (degraded ? "degraded" : "running"));
    call.out()
        .println("    Units: " + machine.services().size() + " loaded (incl. loaded aliases)");
    call.out().println("     Jobs: 0 queued");
    call.out()
        .println(
            "   Failed: "
                + machine.services().stream().filter(SystemctlProgram::failed).count()
                + " units");
    call.out().println("    Since: " + since(machine.vitals().bootedAt()));
    return 0;
  }

  private String since(Instant moment) {
    return STAMP.format(moment.atZone(machine.zone())).replace(" Z", " UTC")
        + "; "
        + ago(Duration.between(moment, machine.now()))
        + " ago";
  }

  /** As systemd rounds: two units at most. */
  static String ago(Duration length) {
    long days = length.toDays();
    if (days >= 14) {
      return days / 7 + " weeks " + days % 7 + " days";
    }
    if (days > 0) {
      return days + (days == 1 ? " day " : " days ") + length.toHoursPart() + "h";
    }
    if (length.toHours() > 0) {
      return length.toHours() + "h " + length.toMinutesPart() + "min";
    }
    return length.toMinutes() > 0
        ? length.toMinutes() + "min " + length.toSecondsPart() + "s"
        : Math.max(0, length.toSeconds()) + "s";
  }

  private Instant changed(NodeService service) {
    return machine
        .cluster()
        .serviceSince(machine.key(), service.id())
        .orElse(machine.vitals().bootedAt().plusSeconds(9));
  }

  private int status(String word) throws IOException {
    NodeService service = find(word);
    if (service == null) {
      call.err().println("Unit " + named(word) + " could not be found.");
      return NO_SUCH_UNIT;
    }
    String unit = service.unit() + ".service";
    Instant since = changed(service);
    int pid = ProcessPrograms.pid(machine, service);
    call.out()
        .println(
            (failed(service) ? "×" : service.running() ? "●" : "○")
                + " "
                + unit
                + " - "
                + service.description());
    call.out()
        .println(
            "     Loaded: loaded (/usr/lib/systemd/system/"
                + unit
                + "; "
                + service.unitState()
                + "; preset: enabled)");
    if (service.running()) {
      call.out().println("     Active: active (running) since " + since(since));
      call.out().println(" Invocation: " + machine.machineId());
      call.out().println("   Main PID: " + pid + " (" + service.unit() + ")");
      call.out().println("      Tasks: " + machine.number(unit, 1, 12) + " (limit: 76893)");
      call.out()
          .println(
              "     Memory: " + machine.number(unit + "memory", 4, 180) + ".4M (peak: 212.1M)");
      call.out()
          .println(
              "        CPU: "
                  + machine.number(unit + "cpu", 1, 59)
                  + "."
                  + machine.number(unit, 100, 999)
                  + "s");
      call.out().println("     CGroup: /system.slice/" + unit);
      call.out().println("             └─" + pid + " " + service.unit());
    } else if (failed(service)) {
      call.out().println("     Active: failed (Result: exit-code) since " + since(since));
      call.out().println("   Main PID: " + pid + " (code=exited, status=1/FAILURE)");
    } else {
      call.out().println("     Active: inactive (dead) since " + since(since));
    }
    List<JournalEntry> lines = JournalctlProgram.ofUnit(machine, service, number("n", LINES));
    if (!lines.isEmpty()) {
      call.out().println("");
      for (JournalEntry line : lines) {
        call.out().println(JournalctlProgram.shortLine(machine, line, "MMM dd HH:mm:ss", true));
      }
    }
    return service.running() ? 0 : INACTIVE;
  }

  private int number(String key, int otherwise) {
    String text = options.value(key, String.valueOf(otherwise));
    return text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : otherwise;
  }

  private interface State {
    String of(NodeService service);
  }

  private int states(List<String> words, State state, String good, int otherwise)
      throws IOException {
    boolean found = false;
    for (String word : words) {
      NodeService service = find(word);
      String value =
          service == null ? good.equals("enabled") ? "not-found" : "inactive" : state.of(service);
      if (!options.has("q")) {
        call.out().println(value);
      }
      found |= value.startsWith(good) || (good.equals("enabled") && value.equals("static"));
      if (service == null && !good.equals("failed")) {
        otherwise = NO_SUCH_UNIT;
      }
    }
    return found ? 0 : otherwise;
  }

  private int show(String word) throws IOException {
    Map<String, String> properties = new LinkedHashMap<>();
    NodeService service = find(word);
    if (service == null) {
      properties.put("MainPID", "0");
      properties.put("Id", named(word));
      properties.put("LoadState", "not-found");
      properties.put("ActiveState", "inactive");
      properties.put("SubState", "dead");
    } else {
      String since = STAMP.format(changed(service).atZone(machine.zone())).replace(" Z", " UTC");
      properties.put("Type", "simple");
      properties.put("Restart", "on-failure");
      properties.put("NRestarts", "0");
      properties.put("Result", failed(service) ? "exit-code" : "success");
      properties.put(
          "MainPID",
          service.running() ? String.valueOf(ProcessPrograms.pid(machine, service)) : "0");
      properties.put("ExecMainStatus", failed(service) ? "1" : "0");
      properties.put(
          "MemoryCurrent",
          service.running()
              ? String.valueOf((long) machine.number(service.id() + "memory", 4, 170) << 20)
              : "[not set]");
      properties.put("Id", service.unit() + ".service");
      properties.put("Names", service.unit() + ".service");
      properties.put("Description", service.description());
      properties.put("LoadState", "loaded");
      properties.put("ActiveState", service.activeState());
      properties.put("SubState", service.subState());
      properties.put("FragmentPath", "/usr/lib/systemd/system/" + service.unit() + ".service");
      properties.put("UnitFileState", service.unitState());
      properties.put("ActiveEnterTimestamp", service.running() ? since : "");
      properties.put("InactiveEnterTimestamp", service.running() ? "" : since);
      properties.put("StateChangeTimestamp", since);
    }
    List<String> wanted = new ArrayList<>();
    options.values("p").forEach(list -> wanted.addAll(List.of(list.split(",", -1))));
    for (Map.Entry<String, String> property : properties.entrySet()) {
      if (wanted.isEmpty() || wanted.contains(property.getKey())) {
        call.out()
            .println((options.has("value") ? "" : property.getKey() + "=") + property.getValue());
      }
    }
    return 0;
  }

  private int file(String word) throws IOException {
    NodeService service = find(word);
    if (service == null) {
      call.err().println("No files found for " + named(word) + ".");
      return 1;
    }
    call.out().println("# /usr/lib/systemd/system/" + service.unit() + ".service");
    call.out()
        .println(
            "[Unit]\nDescription="
                + service.description()
                + "\n\n[Service]\nExecStart=/usr/bin/"
                + service.unit()
                + " start\nRestart=on-failure\n\n[Install]\nWantedBy=multi-user.target");
    return 0;
  }

  private int change(String verb, List<String> words) throws IOException {
    if (!call.login().isRoot()) {
      for (String word : words) {
        call.err()
            .println(
                "Failed to "
                    + verb
                    + " "
                    + named(word)
                    + ": Interactive authentication required.\nSee system logs and 'systemctl status "
                    + named(word)
                    + "' for details.");
      }
      return 1;
    }
    int status = 0;
    for (String word : words) {
      Optional<NodeService> service = Optional.ofNullable(find(word));
      if (service.isEmpty()) {
        call.err()
            .println(
                "Failed to " + verb + " " + named(word) + ": Unit " + named(word) + " not found.");
        status = NOT_LOADED;
      } else {
        call.job().pause(RESTART);
        String plain = verb.contains("restart") ? "restart" : verb;
        machine.cluster().works().nodes().unit(machine.key(), service.get(), plain);
      }
    }
    return status;
  }
}

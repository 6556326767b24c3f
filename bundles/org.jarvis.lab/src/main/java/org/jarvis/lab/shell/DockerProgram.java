package org.jarvis.lab.shell;

import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jarvis.lab.sim.DockerContainer;
import org.jarvis.lab.sim.DockerWork;

/** {@code docker} 28, of a guest that runs it. */
final class DockerProgram {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration STOP = Duration.ofMillis(400);
  private static final int SHORT_ID = 12;
  private static final int SHORT_COMMAND = 20;
  private static final Pattern FIELD = Pattern.compile("\\{\\{ *(json )?\\.?([A-Za-z.]*) *}}");

  private final Call call;
  private final int vmid;
  private final DockerWork docker;

  private DockerProgram(Call call) {
    this.call = call;
    this.vmid = ((GuestMachine) call.machine()).vmid();
    this.docker = call.machine().cluster().works().docker();
  }

  /** Whether a machine runs it. */
  static boolean isOn(Machine machine) {
    return machine instanceof GuestMachine guest
        && machine.cluster().guestHosts().stream().anyMatch(host -> host.vmid() == guest.vmid());
  }

  static int run(Call call) throws IOException {
    DockerProgram program = new DockerProgram(call);
    List<String> words = new ArrayList<>(call.arguments());
    String verb = words.isEmpty() ? "help" : words.remove(0);
    if (verb.equals("container") && !words.isEmpty()) {
      verb = words.remove(0);
      verb = verb.equals("ls") || verb.equals("list") ? "ps" : verb;
    }
    if (!call.login().isRoot()) {
      call.err()
          .println(
              "permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock");
      return 1;
    }
    boolean up =
        call.machine().services().stream()
            .anyMatch(service -> service.id().equals("docker") && service.running());
    if (!up && !verb.equals("--version")) {
      call.err()
          .println(
              "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?");
      return 1;
    }
    try {
      return program.command(verb, words);
    } catch (Options.Unknown mistake) {
      call.err()
          .println(
              mistake
                  .said()
                  .replace("unrecognized option", "unknown flag:")
                  .replace("invalid option --", "unknown shorthand flag:"));
      call.err()
          .println(
              "\nUsage:  docker "
                  + verb
                  + " [OPTIONS]\n\nRun 'docker "
                  + verb
                  + " --help' for more information");
      return 125;
    }
  }

  private int command(String verb, List<String> words) throws IOException, Options.Unknown {
    return switch (verb) {
      case "ps" -> ps(words);
      case "logs" -> logs(words);
      case "restart", "start", "stop" -> change(verb, words);
      case "inspect" -> inspect(words);
      case "stats" -> stats(words);
      case "images", "image" -> images();
      case "top" -> top(words);
      case "compose" -> compose(words);
      case "--version", "-v" -> {
        call.out().println("Docker version 28.5.1, build e180ab8");
        yield 0;
      }
      case "version" -> {
        call.out()
            .println(
                "Client: Docker Engine - Community\n Version:           28.5.1\n API version:       1.51\n\nServer: Docker Engine - Community\n Engine:\n  Version:          28.5.1\n  API version:      1.51 (minimum version 1.24)");
        yield 0;
      }
      case "info" -> info();
      case "volume", "network" -> {
        call.out()
            .println(
                verb.equals("volume")
                    ? "DRIVER    VOLUME NAME\nlocal     portainer_data\nlocal     immich_model-cache"
                    : "NETWORK ID     NAME      DRIVER    SCOPE\n0c5c2a7f31de   bridge    bridge    local\n5b8f0de2c4aa   host      host      local\n9d1f7c0b36e5   none      null      local");
        yield 0;
      }
      case "exec" -> exec(words);
      default -> {
        call.err()
            .println(
                "docker: unknown command: docker "
                    + verb
                    + "\n\nRun 'docker --help' for more information");
        yield 1;
      }
    };
  }

  private Instant now() {
    return call.machine().now();
  }

  /** As the Docker client says lengths. */
  static String length(Duration length) {
    long seconds = Math.max(0, length.toSeconds());
    if (seconds < 1) {
      return "Less than a second";
    }
    if (seconds < 60) {
      return seconds + (seconds == 1 ? " second" : " seconds");
    }
    long minutes = seconds / 60;
    if (minutes < 46) {
      return minutes == 1 ? "About a minute" : minutes + " minutes";
    }
    long hours = Math.round(seconds / 3600.0);
    if (hours < 48) {
      return hours == 1 ? "About an hour" : hours + " hours";
    }
    long days = hours / 24;
    return days < 14 ? days + " days" : days < 60 ? days / 7 + " weeks" : days / 30 + " months";
  }

  private String status(DockerContainer container) {
    Duration since = Duration.between(container.changedAt(), now());
    if (!container.running()) {
      return "Exited (" + container.exitCode() + ") " + length(since) + " ago";
    }
    String health =
        !container.checked() ? "" : since.toSeconds() < 30 ? " (health: starting)" : " (healthy)";
    return "Up " + length(since) + health;
  }

  private Map<String, String> row(DockerContainer container, boolean whole) {
    Map<String, String> row = new LinkedHashMap<>();
    String command = container.command();
    row.put(
        "Command",
        "\""
            + (whole || command.length() <= SHORT_COMMAND
                ? command
                : command.substring(0, SHORT_COMMAND - 1) + "…")
            + "\"");
    row.put(
        "CreatedAt",
        DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss xx zzz", Locale.ENGLISH)
            .format(container.createdAt().atZone(call.machine().zone())));
    row.put("ID", whole ? container.id() : container.id().substring(0, SHORT_ID));
    row.put("Image", container.image());
    row.put(
        "Labels",
        "com.docker.compose.project="
            + container.project()
            + ",com.docker.compose.service="
            + container.name());
    row.put("LocalVolumes", "1");
    row.put("Mounts", "/srv/compose/" + container.project());
    row.put("Names", container.name());
    row.put("Networks", container.project() + "_default");
    row.put("Ports", container.running() ? container.ports() : "");
    row.put("RunningFor", length(Duration.between(container.createdAt(), now())) + " ago");
    row.put("Size", "0B");
    row.put("State", container.running() ? "running" : "exited");
    row.put("Status", status(container));
    return row;
  }

  private int ps(List<String> words) throws IOException, Options.Unknown {
    Options options =
        Options.of(
            words,
            "aqn:lsf:",
            "all=a",
            "quiet=q",
            "no-trunc",
            "format:",
            "filter:=f",
            "last:=n",
            "latest=l",
            "size=s");
    List<DockerContainer> shown = new ArrayList<>();
    for (DockerContainer container : docker.of(vmid)) {
      boolean filtered =
          options.values("f").stream().anyMatch(filter -> filter.startsWith("status="));
      if ((options.has("a") || filtered || container.running())
          && options.values("f").stream().allMatch(filter -> fits(container, filter))) {
        shown.add(container);
      }
    }
    shown.sort((one, other) -> other.createdAt().compareTo(one.createdAt()));
    boolean whole = options.has("no-trunc");
    if (options.has("q")) {
      for (DockerContainer container : shown) {
        call.out().println(row(container, whole).getOrDefault("ID", ""));
      }
      return 0;
    }
    String format = options.value("format", "");
    List<Map<String, String>> rows =
        shown.stream().map(container -> row(container, whole)).toList();
    if (format.equals("json") || format.equals("{{json .}}")) {
      for (Map<String, String> row : rows) {
        call.out().println(JSON.writeValueAsString(row));
      }
    } else if (!format.isEmpty()) {
      templated(format, rows);
    } else {
      table(
          List.of("CONTAINER ID", "IMAGE", "COMMAND", "CREATED", "STATUS", "PORTS", "NAMES"),
          List.of("ID", "Image", "Command", "RunningFor", "Status", "Ports", "Names"),
          rows);
    }
    return 0;
  }

  private static boolean fits(DockerContainer container, String filter) {
    int mark = filter.indexOf('=');
    String value = filter.substring(mark + 1);
    return switch (mark < 0 ? "" : filter.substring(0, mark)) {
      case "name" -> container.name().contains(value);
      case "id" -> container.id().startsWith(value);
      case "status" -> value.equals(container.running() ? "running" : "exited");
      case "health" -> container.checked() && value.equals("healthy");
      default -> true;
    };
  }

  private void templated(String format, List<Map<String, String>> rows) throws IOException {
    boolean table = format.startsWith("table ");
    String template = (table ? format.substring(6) : format).replace("\\t", "\t");
    List<Map<String, String>> all = rows;
    if (table) {
      List<String> fields = new ArrayList<>();
      Matcher matcher = FIELD.matcher(template);
      while (matcher.find()) {
        fields.add(matcher.group(2));
      }
      table(
          fields.stream()
              .map(
                  field ->
                      field.equals("ID")
                          ? "CONTAINER ID"
                          : field.equals("RunningFor") ? "CREATED" : field.toUpperCase(Locale.ROOT))
              .toList(),
          fields,
          all);
      return;
    }
    for (Map<String, String> row : all) {
      Matcher matcher = FIELD.matcher(template);
      StringBuilder line = new StringBuilder();
      while (matcher.find()) {
        String value = row.getOrDefault(matcher.group(2), "");
        matcher.appendReplacement(
            line,
            Matcher.quoteReplacement(
                matcher.group(1) != null ? JSON.writeValueAsString(value) : value));
      }
      matcher.appendTail(line);
      call.out().println(line.toString());
    }
  }

  private void table(List<String> heads, List<String> fields, List<Map<String, String>> rows)
      throws IOException {
    int[] widths = new int[fields.size()];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = heads.get(i).length();
      for (Map<String, String> row : rows) {
        widths[i] = Math.max(widths[i], row.getOrDefault(fields.get(i), "").length());
      }
    }
    StringBuilder head = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      head.append(SystemPrograms.left(heads.get(i), widths[i] + 3));
    }
    call.out().println(head.toString().stripTrailing());
    for (Map<String, String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        line.append(SystemPrograms.left(row.getOrDefault(fields.get(i), ""), widths[i] + 3));
      }
      call.out().println(line.toString().stripTrailing());
    }
  }

  private int change(String verb, List<String> words) throws IOException, Options.Unknown {
    Options options = Options.of(words, "t:s:ai", "time:=t", "timeout:=t", "signal:=s");
    if (options.operands().isEmpty()) {
      call.err().println("docker: 'docker " + verb + "' requires at least 1 argument");
      return 1;
    }
    int status = 0;
    for (String word : options.operands()) {
      Optional<DockerContainer> found = docker.find(vmid, word);
      if (found.isEmpty()) {
        call.err().println("Error response from daemon: No such container: " + word);
        status = 1;
        continue;
      }
      String name = found.get().name();
      if (!verb.equals("start") && found.get().running()) {
        call.job().pause(STOP);
        docker.set(vmid, name, false);
      }
      if (!verb.equals("stop") && !(verb.equals("start") && found.get().running())) {
        docker.set(vmid, name, true);
      }
      call.out().println(word);
    }
    return status;
  }

  private int logs(List<String> words) throws IOException, Options.Unknown {
    Options options =
        Options.of(
            words, "fn:t", "follow=f", "tail:=n", "timestamps=t", "since:", "until:", "details");
    if (options.operands().size() != 1) {
      call.err()
          .println(
              "docker: 'docker logs' requires 1 argument\n\nUsage:  docker logs [OPTIONS] CONTAINER");
      return 1;
    }
    Optional<DockerContainer> found = docker.find(vmid, options.operands().get(0));
    if (found.isEmpty()) {
      call.err()
          .println("Error response from daemon: No such container: " + options.operands().get(0));
      return 1;
    }
    String tail = options.value("n", "all");
    int most = tail.matches("[0-9]{1,6}") ? Integer.parseInt(tail) : 2000;
    Instant from = since(options.value("since", ""));
    List<String> lines = DockerLogs.of(found.get(), from, now(), options.has("t"));
    for (String line : lines.subList(Math.max(0, lines.size() - most), lines.size())) {
      call.out().println(line);
    }
    Instant last = now();
    while (options.has("f")) {
      call.out().flush();
      call.job().pause(Duration.ofSeconds(1));
      Instant until = now();
      for (String line : DockerLogs.of(found.get(), last.plusNanos(1), until, options.has("t"))) {
        call.out().println(line);
      }
      last = until;
    }
    return 0;
  }

  private Instant since(String text) {
    Matcher matcher = Pattern.compile("(\\d+)([smhd])").matcher(text);
    if (!matcher.matches()) {
      return Instant.EPOCH;
    }
    long factor =
        switch (matcher.group(2)) {
          case "s" -> 1;
          case "m" -> 60;
          case "h" -> 3600;
          default -> 86_400;
        };
    return now().minusSeconds(Long.parseLong(matcher.group(1)) * factor);
  }

  private int inspect(List<String> words) throws IOException, Options.Unknown {
    Options options = Options.of(words, "f:s", "format:=f", "size=s", "type:");
    List<Map<String, Object>> all = new ArrayList<>();
    int status = 0;
    for (String word : options.operands()) {
      Optional<DockerContainer> found = docker.find(vmid, word);
      if (found.isEmpty()) {
        call.err().println("Error: No such object: " + word);
        status = 1;
        continue;
      }
      DockerContainer container = found.get();
      Map<String, Object> state = new LinkedHashMap<>();
      state.put("Status", container.running() ? "running" : "exited");
      state.put("Running", container.running());
      state.put("Paused", false);
      state.put("Restarting", false);
      state.put("OOMKilled", false);
      state.put("Dead", false);
      state.put("ExitCode", container.running() ? 0 : container.exitCode());
      state.put("StartedAt", container.changedAt().toString());
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("Id", container.id());
      row.put("Created", container.createdAt().toString());
      row.put("State", state);
      row.put("Name", "/" + container.name());
      row.put("RestartCount", 0);
      row.put(
          "Config",
          Map.of("Image", container.image(), "Hostname", container.id().substring(0, SHORT_ID)));
      if (options.has("f")) {
        Map<String, String> flat = new LinkedHashMap<>();
        state.forEach((key, value) -> flat.put("State." + key, String.valueOf(value)));
        flat.put("Name", "/" + container.name());
        flat.put("Id", container.id());
        flat.put("RestartCount", "0");
        flat.put("State.Health.Status", container.checked() ? "healthy" : "");
        templated(options.value("f", ""), List.of(flat));
      }
      all.add(row);
    }
    if (!options.has("f")) {
      call.out().println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(all));
    }
    return status;
  }

  private int stats(List<String> words) throws IOException, Options.Unknown {
    Options options = Options.of(words, "a", "all=a", "no-stream", "no-trunc", "format:");
    List<Map<String, String>> rows = new ArrayList<>();
    long memory = call.machine().vitals().memory();
    for (DockerContainer container : docker.of(vmid)) {
      if (container.running()) {
        double cpu =
            4
                * call.machine()
                    .cluster()
                    .figures()
                    .wandering(container.name() + "cpu", now(), Duration.ofSeconds(20));
        long used = (long) call.machine().number(container.name() + "memory", 20, 700) << 20;
        Map<String, String> row = new LinkedHashMap<>();
        row.put("BlockIO", "12.3MB / 4.1MB");
        row.put("CPUPerc", String.format(Locale.ROOT, "%.2f%%", cpu));
        row.put("Container", container.id().substring(0, SHORT_ID));
        row.put("ID", container.id().substring(0, SHORT_ID));
        row.put("MemPerc", String.format(Locale.ROOT, "%.2f%%", 100.0 * used / memory));
        row.put(
            "MemUsage",
            String.format(
                Locale.ROOT, "%dMiB / %.2fGiB", used >> 20, memory / (double) (1L << 30)));
        row.put("Name", container.name());
        row.put("NetIO", "1.2MB / 890kB");
        row.put("PIDs", String.valueOf(call.machine().number(container.name() + "pids", 3, 60)));
        rows.add(row);
      }
    }
    String format = options.value("format", "");
    if (format.equals("json") || format.equals("{{json .}}")) {
      for (Map<String, String> row : rows) {
        call.out().println(JSON.writeValueAsString(row));
      }
    } else if (!format.isEmpty()) {
      templated(format, rows);
    } else {
      table(
          List.of(
              "CONTAINER ID",
              "NAME",
              "CPU %",
              "MEM USAGE / LIMIT",
              "MEM %",
              "NET I/O",
              "BLOCK I/O",
              "PIDS"),
          List.of("ID", "Name", "CPUPerc", "MemUsage", "MemPerc", "NetIO", "BlockIO", "PIDs"),
          rows);
    }
    return 0;
  }

  private int images() throws IOException {
    List<Map<String, String>> rows = new ArrayList<>();
    for (DockerContainer container : docker.of(vmid)) {
      int colon = container.image().lastIndexOf(':');
      rows.add(
          Map.of(
              "Repository",
              container.image().substring(0, colon),
              "Tag",
              container.image().substring(colon + 1),
              "ID",
              container.id().substring(20, 32),
              "CreatedSince",
              "4 weeks ago",
              "Size",
              call.machine().number(container.image(), 20, 900) + "MB"));
    }
    table(
        List.of("REPOSITORY", "TAG", "IMAGE ID", "CREATED", "SIZE"),
        List.of("Repository", "Tag", "ID", "CreatedSince", "Size"),
        rows);
    return 0;
  }

  private int top(List<String> words) throws IOException {
    Optional<DockerContainer> found = docker.find(vmid, words.isEmpty() ? "" : words.get(0));
    if (found.isEmpty() || !found.get().running()) {
      call.err()
          .println(
              "Error response from daemon: No such container: "
                  + (words.isEmpty() ? "" : words.get(0)));
      return 1;
    }
    call.out()
        .println(
            "UID                 PID                 PPID                C                   STIME               TTY                 TIME                CMD");
    call.out()
        .printf(
            "%-20s%-20d%-20d%-20d%-20s%-20s%-20s%s\n",
            "root",
            call.machine().number(found.get().name(), 1200, 9000),
            1180,
            0,
            "06:12",
            "?",
            "00:00:04",
            found.get().command());
    return 0;
  }

  private int compose(List<String> words) throws IOException, Options.Unknown {
    String verb = words.isEmpty() ? "" : words.get(0);
    if (verb.equals("ls")) {
      List<Map<String, String>> rows = new ArrayList<>();
      Map<String, Integer> running = new LinkedHashMap<>();
      docker
          .of(vmid)
          .forEach(
              container ->
                  running.merge(container.project(), container.running() ? 1 : 0, Integer::sum));
      running.forEach(
          (name, count) ->
              rows.add(
                  Map.of(
                      "Name",
                      name,
                      "Status",
                      count > 0 ? "running(" + count + ")" : "exited(1)",
                      "Files",
                      "/srv/compose/" + name + "/compose.yaml")));
      table(List.of("NAME", "STATUS", "CONFIG FILES"), List.of("Name", "Status", "Files"), rows);
      return 0;
    }
    if (verb.equals("ps")) {
      return ps(words.subList(1, words.size()));
    }
    if (verb.equals("version")) {
      call.out().println("Docker Compose version v2.40.3");
      return 0;
    }
    call.err().println("no configuration file provided: not found");
    return 14;
  }

  private int info() throws IOException {
    List<DockerContainer> all = docker.of(vmid);
    long running = all.stream().filter(DockerContainer::running).count();
    call.out()
        .println(
            "Server:\n Containers: "
                + all.size()
                + "\n  Running: "
                + running
                + "\n  Paused: 0\n  Stopped: "
                + (all.size() - running)
                + "\n Images: "
                + all.size()
                + "\n Server Version: 28.5.1\n Storage Driver: overlay2\n Operating System: "
                + call.machine().system()
                + "\n Name: "
                + call.machine().name());
    return 0;
  }

  private int exec(List<String> words) throws IOException {
    while (!words.isEmpty() && words.get(0).startsWith("-")) {
      String option = words.remove(0);
      if (List.of("-u", "--user", "-w", "--workdir", "-e", "--env").contains(option)
          && !words.isEmpty()) {
        words.remove(0);
      }
    }
    if (words.size() < 2) {
      call.err().println("docker: 'docker exec' requires at least 2 arguments");
      return 1;
    }
    Optional<DockerContainer> found = docker.find(vmid, words.remove(0));
    if (found.isEmpty() || !found.get().running()) {
      call.err().println("Error response from daemon: No such container or it is not running");
      return 1;
    }
    if (Programs.pathOf(call.machine(), words.get(0)) == null || words.get(0).equals("docker")) {
      call.err()
          .println(
              "OCI runtime exec failed: exec failed: unable to start container process: exec: \""
                  + words.get(0)
                  + "\": executable file not found in $PATH");
      return 127;
    }
    return Programs.start(
        call.with(words.get(0), words.subList(1, words.size()), call.environment()), "");
  }
}

package org.jarvis.lab.shell;

import java.io.IOException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Small programs, and those that run other programs. */
final class Basics {

  private static final int NOT_FOUND = 127;
  private static final int TIMED_OUT = 124;
  private static final int INVALID = 125;
  private static final byte[] AFFIRMATIVE =
      "y\n".repeat(2048).getBytes(java.nio.charset.StandardCharsets.US_ASCII);

  private Basics() {}

  static int echo(Call call) throws IOException {
    List<String> words = new ArrayList<>(call.arguments());
    boolean line = true;
    boolean escapes = false;
    while (!words.isEmpty() && words.get(0).matches("-[neE]+")) {
      String option = words.remove(0);
      line &= !option.contains("n");
      escapes |= option.contains("e");
    }
    String text = String.join(" ", words);
    call.out().print((escapes ? unescaped(text) : text) + (line ? "\n" : ""));
    return 0;
  }

  static int printf(Call call) throws IOException {
    if (call.arguments().isEmpty()) {
      return call.fail(2, "usage: printf [-v var] format [arguments]");
    }
    String format = unescaped(call.arguments().get(0));
    List<String> values = new ArrayList<>(call.arguments().subList(1, call.arguments().size()));
    do {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < format.length(); i++) {
        char c = format.charAt(i);
        if (c == '%' && i + 1 < format.length()) {
          char kind = format.charAt(++i);
          text.append(kind == '%' ? "%" : values.isEmpty() ? "" : values.remove(0));
        } else {
          text.append(c);
        }
      }
      call.out().print(text.toString());
    } while (!values.isEmpty() && format.contains("%"));
    return 0;
  }

  private static String unescaped(String text) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        char next = text.charAt(++i);
        switch (next) {
          case 'n' -> plain.append('\n');
          case 't' -> plain.append('\t');
          case 'r' -> plain.append('\r');
          case 'a' -> plain.append('\u0007');
          case 'e' -> plain.append('\u001b');
          case '\\' -> plain.append('\\');
          case '0' -> {
            int end = i + 1;
            while (end < text.length()
                && end < i + 4
                && Character.digit(text.charAt(end), 8) >= 0) {
              end++;
            }
            plain.append(
                (char) (end == i + 1 ? 0 : Integer.parseInt(text.substring(i + 1, end), 8)));
            i = end - 1;
          }
          default -> plain.append('\\').append(next);
        }
      } else {
        plain.append(c);
      }
    }
    return plain.toString();
  }

  /** An endless output; it goes as fast as somebody reads, and ends when they leave. */
  static int yes(Call call) throws IOException {
    if (!call.arguments().isEmpty()) {
      String line = String.join(" ", call.arguments());
      while (true) {
        call.out().println(line);
      }
    }
    while (true) {
      call.out().write(AFFIRMATIVE);
    }
  }

  static int env(Call call) throws IOException {
    Map<String, String> environment = new LinkedHashMap<>(call.environment());
    List<String> words = new ArrayList<>(call.arguments());
    while (!words.isEmpty() && (words.get(0).startsWith("-") || words.get(0).contains("="))) {
      String word = words.remove(0);
      if (word.equals("--")) {
        while (!words.isEmpty() && words.get(0).contains("=")) {
          put(environment, words.remove(0));
        }
        break;
      } else if (word.equals("-i") || word.equals("-") || word.equals("--ignore-environment")) {
        environment.clear();
      } else if (word.equals("-u") && !words.isEmpty()) {
        environment.remove(words.remove(0));
      } else if (word.startsWith("-")) {
        call.fail(INVALID, "invalid option -- '" + word.substring(1) + "'");
        call.err().println("Try 'env --help' for more information.");
        return INVALID;
      } else {
        put(environment, word);
      }
    }
    if (words.isEmpty()) {
      for (Map.Entry<String, String> variable : environment.entrySet()) {
        call.out().println(variable.getKey() + "=" + variable.getValue());
      }
      return 0;
    }
    return started(call, words, environment, "env: ‘%s’: No such file or directory");
  }

  private static void put(Map<String, String> environment, String assignment) {
    int mark = assignment.indexOf('=');
    environment.put(assignment.substring(0, mark), assignment.substring(mark + 1));
  }

  private static int started(
      Call call, List<String> words, Map<String, String> environment, String otherwise)
      throws IOException {
    if (Programs.pathOf(call.machine(), words.get(0)) == null) {
      boolean unicode =
          environment.values().stream()
              .anyMatch(value -> value.toUpperCase(Locale.ROOT).contains("UTF-8"));
      String message = otherwise.formatted(words.get(0));
      call.err().println(unicode ? message : message.replace('‘', '\'').replace('’', '\''));
      return NOT_FOUND;
    }
    return Programs.start(
        call.with(words.get(0), words.subList(1, words.size()), environment), call.name() + ": ");
  }

  static int sudo(Call call) throws IOException {
    List<String> words = new ArrayList<>(call.arguments());
    String user = "root";
    boolean lists = false;
    while (!words.isEmpty() && words.get(0).startsWith("-")) {
      String option = words.remove(0);
      if (option.equals("--")) {
        break;
      } else if (option.equals("-u") && !words.isEmpty()) {
        user = words.remove(0);
      } else if (option.equals("-l")) {
        lists = true;
      }
    }
    if (lists) {
      call.out()
          .println(
              "User "
                  + call.login().user()
                  + " may run the following commands on "
                  + call.machine().name()
                  + ":");
      call.out().println("    (root) NOPASSWD: ALL");
      return 0;
    }
    if (words.isEmpty()) {
      call.err().println("usage: sudo -h | -K | -k | -V");
      return 1;
    }
    Map<String, String> environment = new LinkedHashMap<>(call.environment());
    while (!words.isEmpty() && words.get(0).contains("=")) {
      put(environment, words.remove(0));
    }
    return started(
        call.as(call.login().as(user)), words, environment, "sudo: %s: command not found");
  }

  static int timeout(Call call) throws IOException {
    List<String> words = new ArrayList<>(call.arguments());
    while (!words.isEmpty() && words.get(0).startsWith("-")) {
      String option = words.remove(0);
      if ((option.equals("-k") || option.equals("-s")) && !words.isEmpty()) {
        words.remove(0);
      }
    }
    if (words.size() < 2) {
      return call.fail(INVALID, "missing operand");
    }
    Duration length = duration(words.remove(0));
    Job inner = new Job();
    Call within =
        new Call(
            words.get(0),
            words.subList(1, words.size()),
            call.environment(),
            call.login(),
            inner,
            call.in(),
            new Output(call.out(), inner),
            new Output(call.err(), inner));
    Thread watch =
        new Thread(
            () -> {
              try {
                call.job().pause(length);
                inner.cancel(15);
              } catch (IOException ended) {
                inner.cancel(Math.max(1, call.job().signal()));
              }
            },
            "lab-ssh-timeout");
    watch.setDaemon(true);
    watch.start();
    try {
      int status =
          started(
              within,
              words,
              call.environment(),
              "timeout: failed to run command ‘%s’: No such file or directory");
      within.out().flush();
      within.err().flush();
      return status;
    } catch (IOException ended) {
      call.job().check();
      if (inner.signal() == 0) {
        throw ended;
      }
      return TIMED_OUT;
    } finally {
      watch.interrupt();
    }
  }

  private static Duration duration(String text) {
    String number = text.replaceAll("[smhd]$", "");
    double seconds;
    try {
      seconds = Double.parseDouble(number);
    } catch (NumberFormatException none) {
      return Duration.ZERO;
    }
    double factor =
        text.endsWith("m") ? 60 : text.endsWith("h") ? 3600 : text.endsWith("d") ? 86_400 : 1;
    return Duration.ofMillis(Math.round(seconds * factor * 1000));
  }

  static int sleep(Call call) throws IOException {
    if (call.arguments().isEmpty()) {
      return call.fail(1, "missing operand");
    }
    Duration all = Duration.ZERO;
    for (String word : call.arguments()) {
      if (!word.matches("[0-9.]+[smhd]?")) {
        return call.fail(1, "invalid time interval '" + word + "'");
      }
      all = all.plus(duration(word));
    }
    call.job().pause(all);
    return 0;
  }

  /** Programs that only run another one in some other way: {@code nice}, {@code stdbuf}, … */
  static int wrapper(Call call) throws IOException {
    List<String> words = new ArrayList<>(call.arguments());
    while (!words.isEmpty() && words.get(0).startsWith("-")) {
      String option = words.remove(0);
      if (option.matches("-[nc]") && !words.isEmpty()) {
        words.remove(0);
      }
    }
    return words.isEmpty()
        ? 0
        : started(call, words, call.environment(), call.name() + ": %s: No such file or directory");
  }

  static int date(Call call) throws IOException {
    List<String> words = new ArrayList<>(call.arguments());
    ZoneId zone =
        words.removeIf(word -> word.equals("-u") || word.equals("--utc"))
            ? ZoneOffset.UTC
            : call.machine().zone();
    ZonedDateTime now = call.machine().now().atZone(zone);
    String format = words.stream().filter(word -> word.startsWith("+")).findFirst().orElse("");
    if (words.contains("-Is") || words.contains("--iso-8601=seconds")) {
      call.out().println(DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx").format(now));
    } else if (format.isEmpty()) {
      call.out()
          .println(
              DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss zzz yyyy", Locale.ENGLISH)
                  .format(now)
                  .replace(" Z ", " UTC "));
    } else {
      call.out().println(formatted(now, format.substring(1)));
    }
    return 0;
  }

  private static String formatted(ZonedDateTime now, String format) {
    String text = format.replace("%F", "%Y-%m-%d").replace("%T", "%H:%M:%S");
    return text.replace("%s", String.valueOf(now.toEpochSecond()))
        .replace("%Y", DateTimeFormatter.ofPattern("yyyy").format(now))
        .replace("%m", DateTimeFormatter.ofPattern("MM").format(now))
        .replace("%d", DateTimeFormatter.ofPattern("dd").format(now))
        .replace("%H", DateTimeFormatter.ofPattern("HH").format(now))
        .replace("%M", DateTimeFormatter.ofPattern("mm").format(now))
        .replace("%S", DateTimeFormatter.ofPattern("ss").format(now))
        .replace("%N", String.format(Locale.ROOT, "%09d", now.getNano()))
        .replace("%z", DateTimeFormatter.ofPattern("xx").format(now))
        .replace("%%", "%");
  }

  static int id(Call call) throws IOException {
    boolean root = call.login().isRoot();
    if (call.arguments().contains("-u")) {
      call.out()
          .println(call.arguments().contains("-n") ? call.login().user() : root ? "0" : "1000");
    } else if (call.arguments().contains("-un")) {
      call.out().println(call.login().user());
    } else {
      call.out()
          .println(
              root
                  ? "uid=0(root) gid=0(root) groups=0(root)"
                  : "uid=1000(%1$s) gid=1000(%1$s) groups=1000(%1$s)"
                      .formatted(call.login().user()));
    }
    return 0;
  }

  static int uname(Call call) throws IOException {
    Options options;
    try {
      options =
          Options.of(
              call.arguments(),
              "asnrvmpio",
              "all=a",
              "kernel-release=r",
              "kernel-name=s",
              "nodename=n",
              "machine=m");
    } catch (Options.Unknown mistake) {
      return Filters.withOptions(call, mistake, 1);
    }
    boolean all = options.has("a");
    List<String> parts = new ArrayList<>();
    boolean none = call.arguments().isEmpty();
    add(parts, all || none || options.has("s"), "Linux");
    add(parts, all || options.has("n"), call.machine().name());
    add(parts, all || options.has("r"), call.machine().kernel());
    add(parts, all || options.has("v"), call.machine().kernelBuild());
    add(parts, all || options.has("m"), "x86_64");
    add(parts, options.has("p") || options.has("i"), "unknown");
    add(parts, all || options.has("o"), "GNU/Linux");
    call.out().println(String.join(" ", parts));
    return 0;
  }

  private static void add(List<String> parts, boolean wanted, String part) {
    if (wanted) {
      parts.add(part);
    }
  }

  static int hostname(Call call) throws IOException {
    String name = call.machine().name();
    List<String> words = call.arguments();
    if (words.contains("-f") || words.contains("--fqdn")) {
      call.out().println(name + ".lan");
    } else if (words.contains("-I")) {
      call.out().println(call.machine().address() + " ");
    } else if (words.contains("-i")) {
      call.out().println(call.machine().address());
    } else if (words.contains("-d")) {
      call.out().println("lan");
    } else if (!words.isEmpty() && !words.get(0).startsWith("-")) {
      return call.fail(1, "you must be root to change the host name");
    } else {
      call.out().println(name);
    }
    return 0;
  }

  static int which(Call call) throws IOException {
    int status = 0;
    for (String name : call.arguments()) {
      String path = Programs.pathOf(call.machine(), name);
      if (path == null) {
        status = 1;
      } else {
        call.out().println(path);
      }
    }
    return status;
  }

  static int seq(Call call) throws IOException {
    List<Long> numbers = call.arguments().stream().map(Long::valueOf).toList();
    long from = numbers.size() > 1 ? numbers.get(0) : 1;
    long step = numbers.size() > 2 ? numbers.get(1) : 1;
    long to = numbers.isEmpty() ? 0 : numbers.get(numbers.size() - 1);
    for (long i = from; step > 0 ? i <= to : i >= to; i += step) {
      call.out().println(String.valueOf(i));
    }
    return 0;
  }

  static int basename(Call call) throws IOException {
    String path = call.arguments().isEmpty() ? "" : call.arguments().get(0);
    String name = FileTree.name(path);
    String suffix = call.arguments().size() > 1 ? call.arguments().get(1) : "";
    call.out()
        .println(
            call.name().equals("dirname")
                ? path.contains("/") ? FileTree.parent(path) : "."
                : !suffix.isEmpty() && name.endsWith(suffix)
                    ? name.substring(0, name.length() - suffix.length())
                    : name);
    return 0;
  }

  static int stty(Call call) throws IOException {
    Screen screen = call.login().screen();
    if (screen == null) {
      call.err().println("stty: 'standard input': Inappropriate ioctl for device");
      return 1;
    }
    if (call.name().equals("resize")) {
      call.out()
          .printf(
              "COLUMNS=%d;\nLINES=%d;\nexport COLUMNS LINES;\n", screen.columns(), screen.rows());
    } else if (call.arguments().contains("size")) {
      call.out().printf("%d %d\n", screen.rows(), screen.columns());
    } else {
      call.out()
          .printf(
              "speed 38400 baud; rows %d; columns %d; line = 0;\n",
              screen.rows(), screen.columns());
    }
    return 0;
  }

  static int clear(Call call) throws IOException {
    call.out().print("\u001b[H\u001b[2J\u001b[3J");
    return 0;
  }

  static int help(Call call) throws IOException {
    call.out()
        .println(
            "This is the shell of a simulated host. It knows pipes, lists, quotes, variables,");
    call.out().println("patterns, /dev/null, and these programs:");
    call.out().println("");
    StringBuilder line = new StringBuilder();
    int width = call.login().screen() == null ? 80 : call.login().screen().columns();
    for (String name : Programs.names(call.machine())) {
      if (line.length() + name.length() + 1 >= width) {
        call.out().println(line.toString());
        line.setLength(0);
      }
      line.append(line.length() == 0 ? "" : " ").append(name);
    }
    call.out().println(line.toString());
    call.out().println("");
    call.out().println("cd, exit, export and unset are its own.");
    return 0;
  }
}

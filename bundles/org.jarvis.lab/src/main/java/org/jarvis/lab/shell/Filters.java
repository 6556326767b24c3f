package org.jarvis.lab.shell;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Programs that read lines and write some of them. */
final class Filters {

  private static final int CHUNK = 16_384;

  private Filters() {}

  private interface Body {
    int run(Options options) throws IOException, Options.Unknown;
  }

  /** Reads the options and complains of those that make no sense. */
  static int withOptions(Call call, Options.Unknown mistake, int status) throws IOException {
    call.fail(status, mistake.said());
    call.err().println("Try '" + call.name() + " --help' for more information.");
    return status;
  }

  private static int guarded(Call call, String letters, Body body, String... names)
      throws IOException {
    try {
      return body.run(Options.of(call.arguments(), letters, names));
    } catch (Options.Unknown mistake) {
      return withOptions(call, mistake, 1);
    }
  }

  /** Opens a file, or what comes in for {@code -}; null, after a complaint, where it cannot. */
  static @Nullable InputStream open(Call call, FileTree files, String path) throws IOException {
    if (path.equals("-")) {
      return call.in();
    }
    FileTree.Entry entry = files.at(FileTree.absolute(call.login().folder(), path));
    if (entry instanceof FileTree.Entry.File file) {
      if (file.forRootAlone() && !call.login().isRoot()) {
        call.fail(1, path + ": Permission denied");
        return null;
      }
      return file.content().get();
    }
    if (entry instanceof FileTree.Entry.Device) {
      return path.endsWith("zero") ? new Zeros() : InputStream.nullInputStream();
    }
    call.fail(1, path + (entry == null ? ": No such file or directory" : ": Is a directory"));
    return null;
  }

  private static final class Zeros extends InputStream {
    @Override
    public int read() {
      return 0;
    }

    @Override
    public int read(byte[] into, int offset, int count) {
      java.util.Arrays.fill(into, offset, offset + count, (byte) 0);
      return count;
    }
  }

  static BufferedReader reader(InputStream in) {
    return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
  }

  private static List<String> inputs(Options options) {
    return options.operands().isEmpty() ? List.of("-") : options.operands();
  }

  static int cat(Call call) throws IOException {
    return guarded(
        call,
        "nAuvET",
        options -> {
          FileTree files = call.machine().files();
          int status = 0;
          long number = 0;
          for (String path : inputs(options)) {
            InputStream in = open(call, files, path);
            if (in == null) {
              status = 1;
            } else if (options.has("n")) {
              BufferedReader lines = reader(in);
              for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                call.out().printf("%6d\t%s\n", ++number, line);
              }
            } else {
              copy(in, call.out());
            }
          }
          return status;
        });
  }

  /** Passes on what there is as soon as it is there. */
  static void copy(InputStream in, Output out) throws IOException {
    byte[] chunk = new byte[CHUNK];
    for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
      out.write(chunk, 0, count);
      if (in.available() == 0) {
        out.flush();
      }
    }
  }

  static int head(Call call) throws IOException {
    return guarded(
        call.with(call.name(), numbers(call.arguments()), call.environment()),
        "n:c:qv",
        options -> {
          FileTree files = call.machine().files();
          int status = 0;
          boolean first = true;
          long lines = Long.parseLong(options.value("n", "10").replace("+", ""));
          for (String path : inputs(options)) {
            InputStream in = open(call, files, path);
            if (in == null) {
              status = 1;
              continue;
            }
            heading(call, options, path, first);
            first = false;
            if (options.has("c")) {
              call.out().write(in.readNBytes(Integer.parseInt(options.value("c", "0"))));
            } else if (lines < 0) {
              List<String> all = reader(in).lines().toList();
              for (String line : all.subList(0, (int) Math.max(0, all.size() + lines))) {
                call.out().println(line);
              }
            } else {
              firstLines(in, lines, call.out());
            }
          }
          return status;
        },
        "lines:=n",
        "bytes:=c",
        "quiet=q");
  }

  /** By bytes, so that nothing is read that another program could still want. */
  private static void firstLines(InputStream in, long lines, Output out) throws IOException {
    byte[] chunk = new byte[CHUNK];
    long left = lines;
    while (left > 0) {
      int count = in.read(chunk);
      if (count < 0) {
        return;
      }
      int end = 0;
      while (end < count && left > 0) {
        if (chunk[end++] == '\n') {
          left--;
        }
      }
      out.write(chunk, 0, end);
    }
  }

  private static void heading(Call call, Options options, String path, boolean first)
      throws IOException {
    if ((options.operands().size() > 1 && !options.has("q")) || options.has("v")) {
      String name = path.equals("-") ? "standard input" : path;
      call.out().println((first ? "" : "\n") + "==> " + name + " <==");
    }
  }

  /** The old way to say how many, {@code -5}. */
  private static List<String> numbers(List<String> arguments) {
    return arguments.stream()
        .map(word -> word.matches("-[0-9]+") ? "-n" + word.substring(1) : word)
        .toList();
  }

  static int tail(Call call) throws IOException {
    return guarded(
        call.with(call.name(), numbers(call.arguments()), call.environment()),
        "n:c:qvfF",
        options -> {
          FileTree files = call.machine().files();
          int status = 0;
          boolean first = true;
          String wanted = options.value("n", "10");
          for (String path : inputs(options)) {
            InputStream in = open(call, files, path);
            if (in == null) {
              status = 1;
              continue;
            }
            heading(call, options, path, first);
            first = false;
            if (wanted.startsWith("+")) {
              from(reader(in), Long.parseLong(wanted.substring(1)), call.out());
            } else {
              lastLines(reader(in), Integer.parseInt(wanted.replace("-", "")), call.out());
            }
          }
          if (options.has("f") || options.has("F")) {
            call.out().flush();
            call.job().pause(java.time.Duration.ofDays(365));
          }
          return status;
        },
        "lines:=n",
        "follow=f",
        "quiet=q");
  }

  private static void from(BufferedReader lines, long begin, Output out) throws IOException {
    long number = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (++number >= begin) {
        out.println(line);
      }
    }
  }

  private static void lastLines(BufferedReader lines, int most, Output out) throws IOException {
    Deque<String> kept = new ArrayDeque<>();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      kept.addLast(line);
      if (kept.size() > most) {
        kept.removeFirst();
      }
    }
    for (String line : kept) {
      out.println(line);
    }
  }

  static int wc(Call call) throws IOException {
    return guarded(
        call,
        "lwcm",
        options -> {
          FileTree files = call.machine().files();
          boolean all =
              !options.has("l") && !options.has("w") && !options.has("c") && !options.has("m");
          boolean alone = !all && options.operands().size() < 2;
          for (String path : inputs(options)) {
            InputStream in = open(call, files, path);
            if (in == null) {
              return 1;
            }
            long[] counts = count(in);
            StringBuilder line = new StringBuilder();
            column(line, all || options.has("l"), counts[0], alone);
            column(line, all || options.has("w"), counts[1], alone);
            column(line, all || options.has("c") || options.has("m"), counts[2], alone);
            call.out().println(line + (path.equals("-") ? "" : " " + path));
          }
          return 0;
        },
        "lines=l",
        "words=w",
        "bytes=c",
        "chars=m");
  }

  private static void column(StringBuilder line, boolean wanted, long count, boolean alone) {
    if (wanted) {
      line.append(line.length() > 0 ? " " : "")
          .append(alone ? String.valueOf(count) : String.format(Locale.ROOT, "%7d", count));
    }
  }

  private static long[] count(InputStream in) throws IOException {
    long[] counts = new long[3];
    byte[] chunk = new byte[CHUNK];
    boolean inWord = false;
    for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
      counts[2] += read;
      for (int i = 0; i < read; i++) {
        counts[0] += chunk[i] == '\n' ? 1 : 0;
        boolean blank = chunk[i] == ' ' || chunk[i] == '\n' || chunk[i] == '\t';
        counts[1] += !blank && !inWord ? 1 : 0;
        inWord = !blank;
      }
    }
    return counts;
  }

  static List<String> allLines(Call call, Options options) throws IOException {
    FileTree files = call.machine().files();
    List<String> lines = new ArrayList<>();
    for (String path : inputs(options)) {
      InputStream in = open(call, files, path);
      if (in != null) {
        BufferedReader from = reader(in);
        for (String line = from.readLine(); line != null; line = from.readLine()) {
          lines.add(line);
        }
      }
    }
    return lines;
  }

  static int sort(Call call) throws IOException {
    return guarded(
        call,
        "nrukhfbdVt:k:",
        options -> {
          List<String> lines = allLines(call, options);
          lines.sort(order(options));
          String before = null;
          for (String line : lines) {
            if (!options.has("u") || !Objects.equals(before, line)) {
              call.out().println(line);
            }
            before = line;
          }
          return 0;
        },
        "numeric-sort=n",
        "reverse=r",
        "unique=u",
        "human-numeric-sort=h",
        "key:=k",
        "field-separator:=t");
  }

  private static Comparator<String> order(Options options) {
    String separator = options.value("t").map(Pattern::quote).orElse("\\s+");
    String key = options.value("k", "");
    boolean numeric =
        options.has("n") || options.has("h") || key.matches("[0-9.,]+[nh].*|.*[nh]r?");
    int field = key.isEmpty() ? 0 : Integer.parseInt(key.replaceAll("[^0-9].*", ""));
    Comparator<String> byKey =
        Comparator.comparing(
            line -> field(line, separator, field),
            numeric ? Comparator.comparingDouble(Filters::size) : Comparator.naturalOrder());
    Comparator<String> whole = byKey.thenComparing(Comparator.naturalOrder());
    return options.has("r") || key.endsWith("r") ? whole.reversed() : whole;
  }

  private static String field(String line, String separator, int field) {
    if (field == 0) {
      return line;
    }
    String[] parts = line.strip().split(separator, -1);
    return field <= parts.length ? parts[field - 1] : "";
  }

  private static double size(String text) {
    java.util.regex.Matcher matcher =
        Pattern.compile("\\s*(-?[0-9]+(?:\\.[0-9]+)?)([KMGTP]?).*", Pattern.DOTALL).matcher(text);
    if (!matcher.matches()) {
      return 0;
    }
    int power = " KMGTP".indexOf(matcher.group(2).isEmpty() ? " " : matcher.group(2));
    return Double.parseDouble(matcher.group(1)) * Math.pow(1024, power);
  }

  static int uniq(Call call) throws IOException {
    return guarded(
        call,
        "cdui",
        options -> {
          List<String> lines = allLines(call, options);
          for (int i = 0; i < lines.size(); ) {
            int end = i + 1;
            while (end < lines.size() && lines.get(end).equals(lines.get(i))) {
              end++;
            }
            boolean wanted = options.has("d") ? end - i > 1 : !options.has("u") || end - i == 1;
            if (wanted) {
              call.out()
                  .println(
                      (options.has("c") ? String.format(Locale.ROOT, "%7d ", end - i) : "")
                          + lines.get(i));
            }
            i = end;
          }
          return 0;
        },
        "count=c",
        "repeated=d",
        "unique=u");
  }

  static int cut(Call call) throws IOException {
    return guarded(
        call,
        "d:f:c:b:s",
        options -> {
          String list =
              options
                  .value("f")
                  .or(() -> options.value("c"))
                  .or(() -> options.value("b"))
                  .orElse("");
          if (list.isEmpty()) {
            throw new Options.Unknown("you must specify a list of bytes, characters, or fields");
          }
          for (String line : allLines(call, options)) {
            call.out()
                .println(options.has("f") ? fields(line, options, list) : characters(line, list));
          }
          return 0;
        },
        "delimiter:=d",
        "fields:=f",
        "characters:=c",
        "only-delimited=s");
  }

  private static String fields(String line, Options options, String list) {
    String mark = options.value("d", "\t");
    if (!line.contains(mark)) {
      return line;
    }
    String[] parts = line.split(Pattern.quote(mark), -1);
    List<String> kept = new ArrayList<>();
    for (int i = 0; i < parts.length; i++) {
      if (within(i + 1, list)) {
        kept.add(parts[i]);
      }
    }
    return String.join(mark, kept);
  }

  private static String characters(String line, String list) {
    StringBuilder kept = new StringBuilder();
    for (int i = 0; i < line.length(); i++) {
      if (within(i + 1, list)) {
        kept.append(line.charAt(i));
      }
    }
    return kept.toString();
  }

  private static boolean within(int number, String list) {
    for (String range : list.split(",", -1)) {
      int dash = range.indexOf('-');
      String from = dash < 0 ? range : range.substring(0, dash);
      String to = dash < 0 ? range : range.substring(dash + 1);
      if (number >= (from.isEmpty() ? 1 : Integer.parseInt(from))
          && number <= (to.isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(to))) {
        return true;
      }
    }
    return false;
  }

  static int tac(Call call) throws IOException {
    return guarded(
        call,
        "",
        options -> {
          List<String> lines = allLines(call, options);
          Collections.reverse(lines);
          for (String line : lines) {
            call.out().println(line);
          }
          return 0;
        });
  }

  static int tr(Call call) throws IOException {
    return guarded(
        call,
        "ds",
        options -> {
          String from = set(options.operands().isEmpty() ? "" : options.operands().get(0));
          String to = set(options.operands().size() < 2 ? "" : options.operands().get(1));
          String text = new String(call.in().readAllBytes(), StandardCharsets.UTF_8);
          StringBuilder result = new StringBuilder();
          for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int place = from.indexOf(c);
            boolean squeezed =
                options.has("s")
                    && place >= 0
                    && result.length() > 0
                    && result.charAt(result.length() - 1)
                        == (to.isEmpty() ? c : to.charAt(Math.min(place, to.length() - 1)));
            if (place < 0) {
              result.append(c);
            } else if (!options.has("d") && !squeezed) {
              result.append(to.isEmpty() ? c : to.charAt(Math.min(place, to.length() - 1)));
            }
          }
          call.out().print(result.toString());
          return 0;
        });
  }

  private static String set(String text) {
    String plain =
        text.replace("\\n", "\n")
            .replace("\\t", "\t")
            .replace("[:upper:]", "A-Z")
            .replace("[:lower:]", "a-z")
            .replace("[:space:]", " \t\n");
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < plain.length(); i++) {
      if (i + 2 < plain.length() && plain.charAt(i + 1) == '-') {
        for (char c = plain.charAt(i); c <= plain.charAt(i + 2); c++) {
          all.append(c);
        }
        i += 2;
      } else {
        all.append(plain.charAt(i));
      }
    }
    return all.toString();
  }
}

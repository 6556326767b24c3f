package org.jarvis.lab.shell;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Programs that tell which files there are. */
final class FilePrograms {

  private static final DateTimeFormatter LISTED =
      DateTimeFormatter.ofPattern("MMM ppd HH:mm", Locale.ENGLISH);
  private static final String BLUE = "\u001b[01;34m";
  private static final String CYAN = "\u001b[01;36m";
  private static final String GREEN = "\u001b[01;32m";
  private static final String PLAIN = "\u001b[0m";

  private FilePrograms() {}

  static int ls(Call call) throws IOException {
    Options options;
    try {
      options =
          Options.of(
              call.arguments(),
              "laA1hdtrRSFiLsnpg",
              "all=a",
              "human-readable=h",
              "color=color",
              "directory=d",
              "recursive=R",
              "almost-all=A");
    } catch (Options.Unknown mistake) {
      return Filters.withOptions(call, mistake, 2);
    }
    FileTree files = call.machine().files();
    List<String> paths = options.operands().isEmpty() ? List.of(".") : options.operands();
    int status = 0;
    List<String> bare = new ArrayList<>();
    List<String> folders = new ArrayList<>();
    for (String path : paths) {
      String absolute = FileTree.absolute(call.login().folder(), path);
      FileTree.Entry entry = files.at(absolute);
      if (entry == null && files.itself(absolute) == null) {
        call.err().println("ls: cannot access '" + path + "': No such file or directory");
        status = 2;
      } else if (entry instanceof FileTree.Entry.Folder
          && !options.has("d")
          && !(options.has("l")
              && files.itself(absolute) instanceof FileTree.Entry.Link
              && !path.endsWith("/"))) {
        folders.add(path);
      } else {
        bare.add(path);
      }
    }
    Listing listing = new Listing(call, options, files);
    listing.write("", bare, bare);
    for (String folder : folders) {
      if (folders.size() + bare.size() > 1) {
        call.out()
            .println((folder.equals(folders.get(0)) && bare.isEmpty() ? "" : "\n") + folder + ":");
      }
      listing.folder(FileTree.absolute(call.login().folder(), folder));
    }
    return status;
  }

  /** Writes names as {@code ls} does. */
  private record Listing(Call call, Options options, FileTree files) {

    void folder(String path) throws IOException {
      List<String> names = new ArrayList<>();
      if (options.has("a")) {
        names.add(".");
        names.add("..");
      }
      for (String name : files.names(path)) {
        if (options.has("a") || options.has("A") || !name.startsWith(".")) {
          names.add(name);
        }
      }
      if (options.has("l")) {
        call.out().println("total " + names.size() * 4);
      }
      write(path.equals("/") ? "/" : path + "/", names, names);
    }

    void write(String prefix, List<String> names, List<String> shown) throws IOException {
      boolean screen = call.login().screen() != null && call.environment().containsKey("TERM");
      List<String> cells = new ArrayList<>();
      for (int i = 0; i < names.size(); i++) {
        String path = FileTree.absolute(call.login().folder(), prefix + names.get(i));
        FileTree.Entry entry = files.itself(path);
        String cell = coloured(shown.get(i), entry, screen);
        if (options.has("l")) {
          call.out()
              .println(
                  row(path, entry == null ? files.at(path) : entry) + " " + cell + target(entry));
        } else {
          cells.add(cell);
        }
      }
      if (!cells.isEmpty()) {
        boolean oneEach = options.has("1") || !screen;
        columns(cells, shown, oneEach);
      }
    }

    private void columns(List<String> cells, List<String> names, boolean oneEach)
        throws IOException {
      int widest = names.stream().mapToInt(String::length).max().orElse(0) + 2;
      Screen screen = call.login().screen();
      int across = oneEach || screen == null ? 1 : Math.max(1, screen.columns() / widest);
      int rows = (cells.size() + across - 1) / across;
      for (int row = 0; row < rows; row++) {
        StringBuilder line = new StringBuilder();
        for (int i = row; i < cells.size(); i += rows) {
          line.append(cells.get(i));
          if (i + rows < cells.size()) {
            line.append(" ".repeat(widest - names.get(i).length()));
          }
        }
        call.out().println(line.toString());
      }
    }

    private static String coloured(
        String name, FileTree.@org.jspecify.annotations.Nullable Entry entry, boolean screen) {
      if (!screen) {
        return name;
      }
      if (entry instanceof FileTree.Entry.Folder) {
        return BLUE + name + PLAIN;
      }
      if (entry instanceof FileTree.Entry.Link) {
        return CYAN + name + PLAIN;
      }
      boolean program = entry instanceof FileTree.Entry.File file && file.size() == 5;
      return program ? GREEN + name + PLAIN : name;
    }

    private static String target(FileTree.@org.jspecify.annotations.Nullable Entry entry) {
      return entry instanceof FileTree.Entry.Link link ? " -> " + link.target() : "";
    }

    private String row(String path, FileTree.@org.jspecify.annotations.Nullable Entry entry) {
      String mode = mode(entry);
      long size =
          entry instanceof FileTree.Entry.File file
              ? file.size()
              : entry instanceof FileTree.Entry.Folder ? 4096 : 0;
      Instant changed =
          call.machine().now().minus(Duration.ofHours(1 + Math.floorMod(path.hashCode(), 2000)));
      String shown = options.has("h") ? Sizes.binary(size) : String.valueOf(size);
      return String.format(
          Locale.ROOT,
          "%s %d root root %8s %s",
          mode,
          entry instanceof FileTree.Entry.Folder ? 2 : 1,
          shown,
          LISTED.format(changed.atZone(call.machine().zone())));
    }

    private static String mode(FileTree.@org.jspecify.annotations.Nullable Entry entry) {
      if (entry instanceof FileTree.Entry.Folder) {
        return "drwxr-xr-x";
      }
      if (entry instanceof FileTree.Entry.Link) {
        return "lrwxrwxrwx";
      }
      if (entry instanceof FileTree.Entry.Device device) {
        return device.block() ? "brw-rw----" : "crw-rw-rw-";
      }
      return entry instanceof FileTree.Entry.File file && file.forRootAlone()
          ? "-rw-------"
          : "-rw-r--r--";
    }
  }

  /** {@code find} with the tests that people use to look at things. */
  static int find(Call call) throws IOException {
    List<String> words = new ArrayList<>(call.arguments());
    boolean follows = false;
    boolean followsAsked = false;
    while (!words.isEmpty() && List.of("-L", "-H", "-P").contains(words.get(0))) {
      String how = words.remove(0);
      follows = how.equals("-L");
      followsAsked = how.equals("-H");
    }
    List<String> starts = new ArrayList<>();
    while (!words.isEmpty()
        && !words.get(0).startsWith("-")
        && !words.get(0).equals("(")
        && !words.get(0).equals("!")) {
      starts.add(words.remove(0));
    }
    Search search;
    try {
      search = Search.of(call, words, follows, followsAsked);
    } catch (Options.Unknown mistake) {
      return call.fail(1, mistake.said());
    }
    int status = 0;
    for (String start : starts.isEmpty() ? List.of(".") : starts) {
      String absolute = FileTree.absolute(call.login().folder(), start);
      if (search.files.itself(absolute) == null && search.files.at(absolute) == null) {
        call.err().println("find: ‘" + start + "’: No such file or directory");
        status = 1;
      } else {
        search.visit(start, absolute, 0);
      }
    }
    return status;
  }

  private static final class Search {
    private final Call call;
    private final FileTree files;
    private final boolean follows;
    private final boolean followsAsked;
    private final List<List<Test>> alternatives = new ArrayList<>();
    private int deepest = 32;
    private int shallowest;
    private boolean zeros;

    private interface Test {
      boolean fits(String name, String path, FileTree.Entry entry);
    }

    private Search(Call call, boolean follows, boolean followsAsked) {
      this.call = call;
      this.files = call.machine().files();
      this.follows = follows;
      this.followsAsked = followsAsked;
      alternatives.add(new ArrayList<>());
    }

    static Search of(Call call, List<String> words, boolean follows, boolean followsAsked)
        throws Options.Unknown {
      Search search = new Search(call, follows || words.contains("-follow"), followsAsked);
      boolean negated = false;
      for (int i = 0; i < words.size(); i++) {
        String word = words.get(i);
        if (List.of("-print", "-follow", "(", ")", "-a", "-xdev", "-mount", "-readable")
            .contains(word)) {
          continue;
        }
        if (word.equals("-print0")) {
          search.zeros = true;
        } else if (word.equals("!") || word.equals("-not")) {
          negated = !negated;
        } else if (word.equals("-o")) {
          search.alternatives.add(new ArrayList<>());
        } else {
          if (i + 1 == words.size()) {
            throw new Options.Unknown("missing argument to `" + word + "'");
          }
          search.take(word, words.get(++i), negated);
          negated = false;
        }
      }
      return search;
    }

    private void take(String word, String value, boolean negated) throws Options.Unknown {
      List<Test> tests = alternatives.get(alternatives.size() - 1);
      Pattern pattern = Globs.compiled(value, true);
      Test test =
          switch (word) {
            case "-maxdepth" -> {
              deepest = Integer.parseInt(value);
              yield (name, path, entry) -> true;
            }
            case "-mindepth" -> {
              shallowest = Integer.parseInt(value);
              yield (name, path, entry) -> true;
            }
            case "-name" -> (name, path, entry) -> pattern.matcher(name).matches();
            case "-iname" ->
                (name, path, entry) ->
                    Globs.compiled(value.toLowerCase(Locale.ROOT), true)
                        .matcher(name.toLowerCase(Locale.ROOT))
                        .matches();
            case "-path", "-wholename" -> (name, path, entry) -> pattern.matcher(path).matches();
            case "-type" -> (name, path, entry) -> type(entry).equals(value);
            default -> throw new Options.Unknown("unknown predicate `" + word + "'");
          };
      tests.add(negated ? (name, path, entry) -> !test.fits(name, path, entry) : test);
    }

    private static String type(FileTree.Entry entry) {
      if (entry instanceof FileTree.Entry.Folder) {
        return "d";
      }
      if (entry instanceof FileTree.Entry.Link) {
        return "l";
      }
      return entry instanceof FileTree.Entry.Device device ? device.block() ? "b" : "c" : "f";
    }

    void visit(String shown, String absolute, int depth) throws IOException {
      boolean through = follows || (followsAsked && depth == 0) || shown.endsWith("/");
      FileTree.Entry entry = through ? files.at(absolute) : files.itself(absolute);
      if (entry == null) {
        entry = files.itself(absolute);
      }
      if (entry == null) {
        return;
      }
      FileTree.Entry found = entry;
      String name = FileTree.name(absolute);
      boolean fits =
          alternatives.stream()
              .anyMatch(tests -> tests.stream().allMatch(test -> test.fits(name, shown, found)));
      if (fits && depth >= shallowest) {
        call.out().print(shown + (zeros ? "\0" : "\n"));
      }
      if (entry instanceof FileTree.Entry.Folder && depth < deepest) {
        for (String child : files.names(absolute)) {
          String path = absolute.equals("/") ? "/" + child : absolute + "/" + child;
          visit(shown.endsWith("/") ? shown + child : shown + "/" + child, path, depth + 1);
        }
      }
    }
  }

  static int readlink(Call call) throws IOException {
    FileTree files = call.machine().files();
    boolean canonical =
        !call.name().equals("readlink")
            || call.arguments().stream().anyMatch(word -> word.matches("-[fem]+"));
    int status = 0;
    for (String path : call.arguments()) {
      if (path.startsWith("-")) {
        continue;
      }
      String absolute = FileTree.absolute(call.login().folder(), path);
      String real = canonical ? files.real(absolute) : null;
      if (real != null) {
        call.out().println(real);
      } else if (!canonical && files.itself(absolute) instanceof FileTree.Entry.Link link) {
        call.out().println(link.target());
      } else {
        status = 1;
      }
    }
    return status;
  }

  static int stat(Call call) throws IOException {
    FileTree files = call.machine().files();
    int status = 0;
    for (String path : call.arguments()) {
      FileTree.Entry entry = files.itself(FileTree.absolute(call.login().folder(), path));
      if (entry == null) {
        call.err().println("stat: cannot statx '" + path + "': No such file or directory");
        status = 1;
      } else {
        long size = entry instanceof FileTree.Entry.File file ? file.size() : 4096;
        call.out().println("  File: " + path);
        call.out()
            .printf(
                "  Size: %-10d\tBlocks: %-10d IO Block: 4096   %s\n",
                size,
                (size + 511) / 512,
                entry instanceof FileTree.Entry.Folder ? "directory" : "regular file");
      }
    }
    return status;
  }

  static int test(Call call) throws IOException {
    List<String> words = new ArrayList<>(call.arguments());
    if (call.name().equals("[")) {
      if (words.isEmpty() || !words.remove(words.size() - 1).equals("]")) {
        return call.fail(2, "missing `]'");
      }
    }
    boolean negated = !words.isEmpty() && words.get(0).equals("!");
    if (negated) {
      words.remove(0);
    }
    boolean holds = holds(call, words);
    return holds != negated ? 0 : 1;
  }

  private static boolean holds(Call call, List<String> words) {
    if (words.size() == 2) {
      FileTree files = call.machine().files();
      FileTree.Entry entry = files.at(FileTree.absolute(call.login().folder(), words.get(1)));
      return switch (words.get(0)) {
        case "-e", "-r" -> entry != null;
        case "-f" -> entry instanceof FileTree.Entry.File;
        case "-d" -> entry instanceof FileTree.Entry.Folder;
        case "-x" -> entry instanceof FileTree.Entry.File file && file.size() == 5;
        case "-n" -> !words.get(1).isEmpty();
        case "-z" -> words.get(1).isEmpty();
        default -> false;
      };
    }
    if (words.size() == 3) {
      return switch (words.get(1)) {
        case "=", "==" -> words.get(0).equals(words.get(2));
        case "!=" -> !words.get(0).equals(words.get(2));
        default -> false;
      };
    }
    return words.size() == 1 && !words.get(0).isEmpty();
  }
}

package org.jarvis.lab.shell;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** {@code grep}, {@code egrep} and {@code fgrep} of GNU. */
final class GrepProgram {

  private static final int TROUBLE = 2;

  private final Call call;
  private final Options options;
  private final Pattern pattern;
  private final FileTree files;
  private boolean found;
  private boolean troubled;

  private GrepProgram(Call call, Options options, Pattern pattern) {
    this.call = call;
    this.options = options;
    this.pattern = pattern;
    this.files = call.machine().files();
  }

  static int run(Call call) throws IOException {
    try {
      Options options =
          Options.of(
              call.arguments(),
              "ivnclLHhowxqrRsEFPGam:A:B:C:e:f:",
              "ignore-case=i",
              "invert-match=v",
              "line-number=n",
              "count=c",
              "files-with-matches=l",
              "files-without-match=L",
              "with-filename=H",
              "no-filename=h",
              "only-matching=o",
              "word-regexp=w",
              "line-regexp=x",
              "quiet=q",
              "silent=q",
              "recursive=r",
              "dereference-recursive=R",
              "no-messages=s",
              "extended-regexp=E",
              "fixed-strings=F",
              "perl-regexp=P",
              "basic-regexp=G",
              "text=a",
              "max-count:=m",
              "after-context:=A",
              "before-context:=B",
              "context:=C",
              "regexp:=e",
              "color=color",
              "colour=color");
      List<String> operands = new ArrayList<>(options.operands());
      List<String> wanted = new ArrayList<>(options.values("e"));
      if (wanted.isEmpty()) {
        if (operands.isEmpty()) {
          call.err().println("Usage: grep [OPTION]... PATTERNS [FILE]...");
          call.err().println("Try 'grep --help' for more information.");
          return TROUBLE;
        }
        wanted.add(operands.remove(0));
      }
      return new GrepProgram(call, options, compiled(call, options, wanted)).search(operands);
    } catch (Options.Unknown mistake) {
      call.fail(TROUBLE, mistake.said());
      call.err().println("Usage: grep [OPTION]... PATTERNS [FILE]...");
      call.err().println("Try 'grep --help' for more information.");
      return TROUBLE;
    } catch (PatternSyntaxException unusable) {
      return call.fail(TROUBLE, "Invalid regular expression");
    }
  }

  private static Pattern compiled(Call call, Options options, List<String> wanted) {
    List<String> alternatives = new ArrayList<>();
    boolean fixed = options.has("F") || call.name().equals("fgrep");
    boolean extended = options.has("E") || options.has("P") || call.name().equals("egrep");
    for (String expression : wanted) {
      for (String line : expression.split("\n", -1)) {
        alternatives.add(fixed ? Pattern.quote(line) : extended ? posix(line) : posix(basic(line)));
      }
    }
    String whole = "(?:" + String.join("|", alternatives) + ")";
    if (options.has("w")) {
      whole = "(?<![A-Za-z0-9_])" + whole + "(?![A-Za-z0-9_])";
    }
    if (options.has("x")) {
      whole = "^" + whole + "$";
    }
    return Pattern.compile(
        whole, options.has("i") ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0);
  }

  private static String posix(String expression) {
    return expression
        .replace("[:digit:]", "0-9")
        .replace("[:alpha:]", "A-Za-z")
        .replace("[:alnum:]", "A-Za-z0-9")
        .replace("[:space:]", "\\s")
        .replace("[:upper:]", "A-Z")
        .replace("[:lower:]", "a-z")
        .replace("\\<", "\\b")
        .replace("\\>", "\\b");
  }

  /** In basic expressions the marks mean something only behind a backslash. */
  private static String basic(String expression) {
    StringBuilder extended = new StringBuilder();
    for (int i = 0; i < expression.length(); i++) {
      char c = expression.charAt(i);
      if (c == '\\' && i + 1 < expression.length()) {
        char next = expression.charAt(++i);
        extended.append("(){}|+?".indexOf(next) >= 0 ? String.valueOf(next) : "\\" + next);
      } else if ("(){}|+?".indexOf(c) >= 0 || (c == '*' && extended.length() == 0)) {
        extended.append('\\').append(c);
      } else {
        extended.append(c);
      }
    }
    return extended.toString();
  }

  private int search(List<String> operands) throws IOException {
    boolean deep = options.has("r") || options.has("R");
    List<String> paths = operands.isEmpty() ? List.of(deep ? "." : "-") : operands;
    boolean named =
        options.has("H")
            || (!options.has("h") && (paths.size() > 1 || (deep && !operands.isEmpty()) || deep));
    for (String path : paths) {
      visit(path, named && !options.has("h"), deep, true);
      if (found && options.has("q")) {
        return 0;
      }
    }
    return troubled && !(found && options.has("q")) ? TROUBLE : found ? 0 : 1;
  }

  private void visit(String path, boolean named, boolean deep, boolean asked) throws IOException {
    if (path.equals("-")) {
      lines(call.in(), "(standard input)", named);
      return;
    }
    String absolute = FileTree.absolute(call.login().folder(), path);
    if (!asked && !options.has("R") && files.itself(absolute) instanceof FileTree.Entry.Link) {
      return;
    }
    FileTree.Entry entry = files.at(absolute);
    if (entry instanceof FileTree.Entry.Folder) {
      if (!deep) {
        complain(path + ": Is a directory");
        return;
      }
      for (String name : files.names(absolute)) {
        visit(path.endsWith("/") ? path + name : path + "/" + name, named, true, false);
      }
    } else if (entry instanceof FileTree.Entry.File file) {
      if (file.forRootAlone() && !call.login().isRoot()) {
        complain(path + ": Permission denied");
        troubled = true;
      } else {
        try (InputStream in = file.content().get()) {
          lines(in, path, named);
        }
      }
    } else if (entry == null) {
      complain(path + ": No such file or directory");
      troubled = true;
    }
  }

  private void complain(String message) throws IOException {
    if (!options.has("s")) {
      call.fail(TROUBLE, message);
    }
  }

  private void lines(InputStream in, String path, boolean named) throws IOException {
    BufferedReader reader = Filters.reader(in);
    int before = Integer.parseInt(options.value("B", options.value("C", "0")));
    int after = Integer.parseInt(options.value("A", options.value("C", "0")));
    long most = Long.parseLong(options.value("m", String.valueOf(Long.MAX_VALUE)));
    Deque<String> kept = new ArrayDeque<>();
    long number = 0;
    long matches = 0;
    int following = 0;
    for (String line = reader.readLine();
        line != null && matches < most;
        line = reader.readLine()) {
      number++;
      boolean matched = pattern.matcher(line).find() != options.has("v");
      if (matched) {
        found = true;
        matches++;
        if (options.has("q")) {
          return;
        }
        if (options.has("l")) {
          call.out().println(path);
          return;
        }
        long first = number - kept.size();
        for (String earlier : kept) {
          write(earlier, path, named, first++, '-');
        }
        kept.clear();
        write(line, path, named, number, ':');
        following = after;
      } else if (following > 0) {
        following--;
        write(line, path, named, number, '-');
      } else if (before > 0) {
        kept.addLast(line);
        if (kept.size() > before) {
          kept.removeFirst();
        }
      }
      if (matched && in.available() == 0) {
        call.out().flush();
      }
    }
    if (options.has("c")) {
      call.out().println((named ? path + ":" : "") + matches);
    }
    if (options.has("L") && matches == 0) {
      call.out().println(path);
    }
  }

  private void write(String line, String path, boolean named, long number, char mark)
      throws IOException {
    if (options.has("c") || options.has("L")) {
      return;
    }
    String prefix =
        (named ? path + mark : "") + (options.has("n") ? number + String.valueOf(mark) : "");
    if (options.has("o")) {
      Matcher matcher = pattern.matcher(line);
      while (matcher.find()) {
        if (!matcher.group().isEmpty()) {
          call.out().println(prefix + matcher.group());
        }
      }
    } else {
      call.out().println(prefix + line);
    }
  }
}

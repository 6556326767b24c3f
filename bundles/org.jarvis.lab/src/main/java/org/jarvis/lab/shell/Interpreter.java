package org.jarvis.lab.shell;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.UnaryOperator;
import org.jarvis.lab.shell.CommandLine.Command;
import org.jarvis.lab.shell.CommandLine.Redirection;
import org.jspecify.annotations.Nullable;

/**
 * Runs command lines as {@code bash} does. It keeps the variables, the folder and the last status
 * of one session; one thread at a time.
 */
public final class Interpreter {

  private static final int SYNTAX = 2;
  private static final int BROKEN_PIPE = 141;
  private static final int SIGNALLED = 128;

  private Login login;
  private final Map<String, String> variables = new LinkedHashMap<>();
  private int status;
  private boolean over;

  /** For somebody who has just logged in. */
  public Interpreter(Login login, Map<String, String> given) {
    this.login = login;
    variables.put("HOME", login.home());
    variables.put("LANG", "en_US.UTF-8");
    variables.put("LOGNAME", login.user());
    variables.put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
    variables.put("PWD", login.folder());
    variables.put("SHELL", "/bin/bash");
    variables.put("USER", login.user());
    variables.putAll(given);
  }

  /** Whether somebody left. */
  public boolean over() {
    return over;
  }

  /** The status of the last command. */
  public int status() {
    return status;
  }

  /** Where somebody is logged in, and in which folder. */
  public Login login() {
    return login;
  }

  /**
   * Runs a line.
   *
   * @param line as it was typed or sent
   * @param spoken how the shell names itself in front of its own complaints
   * @return the exit status
   */
  public int run(
      String line, String spoken, Job job, InputStream in, OutputStream out, OutputStream err) {
    Output output = new Output(out, job);
    Output errors = new Output(err, job);
    try {
      CommandLine parsed;
      try {
        parsed = CommandParser.parse(line);
      } catch (SyntaxError mistake) {
        errors.println(spoken + mistake.said()).flush();
        status = SYNTAX;
        return status;
      }
      for (CommandLine.Step step : parsed.steps()) {
        boolean runs =
            switch (step.when()) {
              case ALWAYS -> true;
              case AFTER_SUCCESS -> status == 0;
              case AFTER_FAILURE -> status != 0;
            };
        if (runs && !over) {
          int result = pipeline(step.commands(), job, in, output, errors);
          status = step.negated() ? (result == 0 ? 1 : 0) : result;
        }
      }
      output.flush();
      errors.flush();
    } catch (IOException ended) {
      status = SIGNALLED + Math.max(1, job.signal());
    }
    return status;
  }

  private int pipeline(List<Command> commands, Job job, InputStream in, Output out, Output err)
      throws IOException {
    if (commands.size() == 1) {
      return guarded(commands.get(0), job, in, out, err, true);
    }
    InputStream next = in;
    CountDownLatch others = new CountDownLatch(commands.size() - 1);
    boolean refused = false;
    for (int i = 0; i < commands.size() - 1; i++) {
      Pipe pipe = new Pipe(job);
      Command command = commands.get(i);
      InputStream source = next;
      try {
        login
            .threads()
            .execute(
                () -> {
                  try (source;
                      Output into = new Output(pipe.source(), job)) {
                    guarded(command, job, source, into, err, false);
                  } catch (IOException broken) {
                    // The next one does not read on, or somebody ended it all.
                  } finally {
                    others.countDown();
                  }
                });
      } catch (RejectedExecutionException full) {
        others.countDown();
        refused = true;
        pipe.source().close();
      }
      next = pipe.sink();
    }
    int result;
    try (InputStream last = next) {
      result = guarded(commands.get(commands.size() - 1), job, last, out, err, false);
    }
    out.flush();
    waitFor(others, job);
    if (refused) {
      err.println("bash: fork: retry: Resource temporarily unavailable");
    }
    return result;
  }

  private static void waitFor(CountDownLatch others, Job job) throws IOException {
    try {
      others.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      job.cancel(15);
      throw (InterruptedIOException)
          new InterruptedIOException("interrupted").initCause(interrupted);
    }
  }

  private int guarded(
      Command command, Job job, InputStream in, Output out, Output err, boolean here)
      throws IOException {
    try {
      return simple(command, job, in, out, err, here);
    } catch (Pipe.Broken unread) {
      return BROKEN_PIPE;
    }
  }

  private int simple(Command command, Job job, InputStream in, Output out, Output err, boolean here)
      throws IOException {
    UnaryOperator<String> values = name -> value(name);
    Map<String, String> environment = new LinkedHashMap<>(variables);
    for (Word assignment : command.assignments()) {
      String text = assignment.text(values);
      int mark = text.indexOf('=');
      (command.words().isEmpty() && here ? variables : environment)
          .put(text.substring(0, mark), text.substring(mark + 1));
    }
    Streams streams = new Streams(in, out, err);
    if (!redirect(command.redirections(), streams, job, err)) {
      return 1;
    }
    List<String> words = expanded(command.words());
    if (words.isEmpty()) {
      return 0;
    }
    int result = started(words, environment, job, streams, here);
    streams.out.flush();
    streams.err.flush();
    return result;
  }

  private static final class Streams {
    private InputStream in;
    private Output out;
    private Output err;

    Streams(InputStream in, Output out, Output err) {
      this.in = in;
      this.out = out;
      this.err = err;
    }
  }

  /** Only what is thrown away and the other stream can be written to: nothing here is kept. */
  private boolean redirect(List<Redirection> redirections, Streams streams, Job job, Output err)
      throws IOException {
    for (Redirection redirection : redirections) {
      String target = redirection.target().text(this::value);
      switch (redirection.kind()) {
        case READ -> {
          String path = FileTree.absolute(login.folder(), target);
          FileTree.Entry entry = login.machine().files().at(path);
          if (path.equals("/dev/null")) {
            streams.in = InputStream.nullInputStream();
          } else if (entry instanceof FileTree.Entry.File file) {
            streams.in = file.content().get();
          } else {
            err.println("bash: " + target + ": No such file or directory");
            return false;
          }
        }
        case DUPLICATE -> {
          Output other = target.equals("1") ? streams.out : target.equals("2") ? streams.err : null;
          if (other == null) {
            err.println("bash: " + target + ": Bad file descriptor");
            return false;
          }
          set(streams, redirection.descriptor(), other);
        }
        case WRITE, APPEND -> {
          if (!target.equals("/dev/null")) {
            err.println("bash: " + target + ": Read-only file system");
            return false;
          }
          set(streams, redirection.descriptor(), new Output(OutputStream.nullOutputStream(), job));
        }
      }
    }
    return true;
  }

  private static void set(Streams streams, int descriptor, Output output) {
    if (descriptor == 2) {
      streams.err = output;
    } else {
      streams.out = output;
    }
  }

  private int started(
      List<String> words, Map<String, String> environment, Job job, Streams streams, boolean here)
      throws IOException {
    String name = words.get(0);
    Call call =
        new Call(
            name,
            words.subList(1, words.size()),
            environment,
            login,
            job,
            streams.in,
            streams.out,
            streams.err);
    @Nullable Integer builtIn = builtIn(call, here);
    if (builtIn != null) {
      return builtIn;
    }
    return Programs.start(call, "bash: ");
  }

  private @Nullable Integer builtIn(Call call, boolean here) throws IOException {
    List<String> arguments = call.arguments();
    switch (call.name()) {
      case "cd" -> {
        String wanted = arguments.isEmpty() ? login.home() : arguments.get(0);
        String path = FileTree.absolute(login.folder(), wanted);
        FileTree.Entry entry = login.machine().files().at(path);
        if (!(entry instanceof FileTree.Entry.Folder)) {
          call.err()
              .println(
                  "bash: cd: "
                      + wanted
                      + (entry == null ? ": No such file or directory" : ": Not a directory"));
          return 1;
        }
        if (here) {
          login = login.in(path);
          variables.put("PWD", path);
        }
        return 0;
      }
      case "exit", "logout" -> {
        over = over || here;
        return arguments.isEmpty() ? status : number(arguments.get(0));
      }
      case "export" -> {
        for (String argument : arguments) {
          int mark = argument.indexOf('=');
          if (mark > 0 && here) {
            variables.put(argument.substring(0, mark), argument.substring(mark + 1));
          }
        }
        return 0;
      }
      case "unset" -> {
        arguments.forEach(variables::remove);
        return 0;
      }
      case "type", "command" -> {
        return lookedUp(call);
      }
      default -> {
        return null;
      }
    }
  }

  private static @Nullable Integer lookedUp(Call call) throws IOException {
    List<String> names = new ArrayList<>(call.arguments());
    boolean terse = names.remove("-v");
    if (call.name().equals("command") && !terse) {
      return null;
    }
    int result = 0;
    for (String name : names) {
      String path = Programs.pathOf(call.machine(), name);
      if (path == null) {
        result = 1;
        if (!terse) {
          call.err().println("bash: type: " + name + ": not found");
        }
      } else {
        call.out().println(terse ? path : name + " is " + path);
      }
    }
    return result;
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text) & 0xFF;
    } catch (NumberFormatException none) {
      return SYNTAX;
    }
  }

  private List<String> expanded(List<Word> words) {
    List<String> expanded = new ArrayList<>();
    for (Word word : words) {
      if (word.vanishes(this::value)) {
        continue;
      }
      String text = word.text(this::value);
      if (word.startsWithTilde()) {
        text = login.home() + text.substring(1);
      }
      List<String> matches =
          word.isPattern()
              ? login.machine().files().matching(login.folder(), word.pattern(this::value))
              : List.of();
      if (matches.isEmpty()) {
        expanded.add(text);
      } else {
        expanded.addAll(matches);
      }
    }
    return expanded;
  }

  private String value(String name) {
    return switch (name) {
      case "?" -> String.valueOf(status);
      case "$" -> "2184";
      case "0" -> "bash";
      case "#" -> "0";
      case "HOSTNAME" -> login.machine().name();
      default -> variables.getOrDefault(name, "");
    };
  }
}

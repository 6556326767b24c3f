package org.jarvis.safety.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A shell that lives as long as a test, and runs lines in which a function stands in for every
 * program: it notes the words that it was given.
 */
final class RealShell implements AutoCloseable {
  /** The name of that function. */
  static final String STAND_IN = "show";

  /** Programs that it stands in for under their own names. */
  static final Set<String> PROGRAMS = Set.of("ls", "grep", "qm", "zpool", "foo");

  /** Each call becomes one line: for each word its length, a colon, and the word. */
  private static final String PRELUDE =
      """
      exec 3>&1 >/dev/null 2>/dev/null
      ls() { show ls "$@"; }
      grep() { show grep "$@"; }
      qm() { show qm "$@"; }
      zpool() { show zpool "$@"; }
      foo() { show foo "$@"; }
      show() { _o=; for _a do _o=$_o${#_a}:$_a; done; printf '%s\\n' "$_o" >&3; return $status; }
      """;

  private static final String END = "end";

  private final Process process;
  private final Writer input;
  private final BufferedReader output;

  private RealShell(String program) throws IOException {
    process =
        new ProcessBuilder(
                program.endsWith("busybox")
                    ? List.of(program, "sh", "-c", PRELUDE + LOOP)
                    : List.of(program, "-c", PRELUDE + LOOP))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    input = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.US_ASCII);
    output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
  }

  /** Each line is run as the argument of a fresh parser, as sshd hands it to a login shell. */
  private static final String LOOP =
      """
      while IFS= read -r status && IFS= read -r line; do
        eval "$line"
        printf 'end\\n' >&3
      done
      """;

  /** Starts one. */
  static RealShell start(String program) throws IOException {
    return new RealShell(program);
  }

  static boolean isThere(String program) {
    return Files.isExecutable(Path.of(program));
  }

  /**
   * Runs a line.
   *
   * @param status what each program answers, 0 or 1
   * @return the words of each program that ran
   */
  List<List<String>> run(String line, int status) throws IOException {
    input.write(status + "\n" + line + "\n");
    input.flush();
    List<List<String>> calls = new ArrayList<>();
    for (String read = output.readLine(); !END.equals(read); read = output.readLine()) {
      if (read == null) {
        throw new IOException("The shell ended at: " + line);
      }
      calls.add(words(read));
    }
    return calls;
  }

  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    int at = 0;
    while (at < line.length()) {
      int colon = line.indexOf(':', at);
      int end = colon + 1 + Integer.parseInt(line.substring(at, colon));
      words.add(line.substring(colon + 1, end));
      at = end;
    }
    return words;
  }

  @Override
  public void close() throws IOException {
    input.close();
    process.destroy();
  }
}

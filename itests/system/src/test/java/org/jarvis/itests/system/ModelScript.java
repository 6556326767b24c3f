package org.jarvis.itests.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A model that is a script: it counts the questions that it was told of, and waits in the middle of
 * each answer until it may go on.
 */
final class ModelScript {
  static final String NAME = "own";
  static final String TITLE = "My own model";

  private final Path pid;
  private final Path go;

  private ModelScript(Path pid, Path go) {
    this.pid = pid;
    this.go = go;
  }

  /** Writes it, and the configuration that makes a model of it. */
  static ModelScript write(Path folder, Path etc) throws IOException {
    ModelScript script = new ModelScript(folder.resolve("pid"), folder.resolve("go"));
    Outcome made = Commands.run(folder, "mkfifo", script.go.toString());
    if (made.exitCode() != 0) {
      throw new IOException("There is no mkfifo: " + made);
    }
    Path file =
        Files.writeString(
            folder.resolve("model.sh"),
            """
            questions=$(grep -c '^Person:')
            echo $$ > '%s'
            printf 'Question %%s. ' "$questions"
            read word < '%s'
            printf 'Gr\\303\\274\\303\\237e.\\n'
            """
                .formatted(script.pid, script.go),
            UTF_8);
    Files.writeString(
        etc.resolve("org.jarvis.extension.command-own.cfg"),
        """
        name = %s
        title = %s
        command = /bin/sh, %s
        context.tokens = 32768
        """
            .formatted(NAME, TITLE, file),
        UTF_8);
    return script;
  }

  /** The process that answers. */
  ProcessHandle process() throws IOException {
    return ProcessHandle.of(Long.parseLong(Files.readString(pid, UTF_8).strip())).orElseThrow();
  }

  /** Lets it say the rest. */
  void goOn() throws IOException {
    Files.writeString(go, "on\n", UTF_8);
  }
}

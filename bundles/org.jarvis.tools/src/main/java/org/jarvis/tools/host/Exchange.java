package org.jarvis.tools.host;

import java.time.Duration;
import java.util.List;
import org.jarvis.api.command.CommandText;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.host.CommandResult;
import org.jarvis.api.host.Host;
import org.jarvis.api.host.HostCommands;
import org.jarvis.api.tool.ToolContext;
import org.jarvis.tools.form.Words;

/**
 * Asks one host while a tool runs.
 *
 * @param host the host
 * @param commands runs them there, through the gate
 */
record Exchange(Host host, HostCommands commands) {
  static final Duration PATIENCE = Duration.ofSeconds(20);

  /** What programs that do not exist end with, by POSIX. */
  private static final int NOT_FOUND = 127;

  /** With a host, while this tool runs. */
  static Exchange with(ToolContext context, Host host) {
    return new Exchange(host, context.host(host.id()));
  }

  /** Runs one program, to whatever end it comes. */
  CommandResult ask(String... words) {
    return commands.run(new CommandText.Words(List.of(words)), PATIENCE);
  }

  /**
   * What one program prints.
   *
   * @throws JarvisException where it did not end well
   */
  String answer(String... words) {
    CommandResult result = ask(words);
    requireEnd(result, words[0]);
    if (!isZero(result)) {
      throw failed(result, words[0]);
    }
    return result.output();
  }

  static boolean isZero(CommandResult result) {
    return result.exitStatus() != null && result.exitStatus() == 0;
  }

  /** Refuses what no program printed: it is not there, or may not be run. */
  void requireEnd(CommandResult result, String program) {
    Integer status = result.exitStatus();
    if (status != null && status == NOT_FOUND) {
      throw new JarvisException(
          ErrorCode.NOT_PRESENT, program + " is not installed on " + host.id() + ".");
    }
    if (result.errors().startsWith("sudo:")) {
      throw new JarvisException(
          ErrorCode.PRIVILEGE_MISSING,
          "The account "
              + host.user()
              + " may not run "
              + program
              + " with root's rights on "
              + host.id()
              + ": "
              + Words.said(result.errors()));
    }
  }

  /** How a program failed. */
  JarvisException failed(CommandResult result, String program) {
    String why = result.errors().isBlank() ? result.output() : result.errors();
    return new JarvisException(
        ErrorCode.REMOTE_ERROR,
        program
            + " on "
            + host.id()
            + " ended with "
            + end(result)
            + (why.isBlank() ? "." : ": " + Words.said(why)));
  }

  /** How a program ended, in words. */
  static String end(CommandResult result) {
    return result.exitStatus() == null
        ? "signal " + Words.said(String.valueOf(result.signal()))
        : "exit status " + result.exitStatus();
  }
}

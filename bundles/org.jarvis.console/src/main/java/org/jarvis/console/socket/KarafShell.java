package org.jarvis.console.socket;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Objects;
import org.apache.karaf.shell.api.console.Command;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.apache.karaf.shell.support.CommandException;
import org.jarvis.api.error.JarvisException;
import org.jarvis.console.command.ShippedCommands;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the commands of Jarvis that are registered with Karaf, and no others. The line does not go
 * to Karaf's own interpreter: that is a programming language which reaches every object in the
 * process, and so would be a way past the gate.
 */
final class KarafShell implements Shell {
  private static final Logger LOG = LoggerFactory.getLogger(KarafShell.class);
  private static final String SCOPE = "jarvis";

  /** A closed list: that another bundle registers in our scope does not put it behind this door. */
  private static final List<String> COMMANDS = ShippedCommands.names();

  private final SessionFactory sessions;
  private final PrintStream out;
  private final PrintStream err;
  private @Nullable Session session;

  KarafShell(SessionFactory sessions, PrintStream out, PrintStream err) {
    this.sessions = sessions;
    this.out = out;
    this.err = err;
  }

  @Override
  public boolean run(List<String> words) {
    String asked = words.get(0);
    if (asked.equals("help") || words.contains("--help")) {
      help();
      return true;
    }
    String name = asked.startsWith(SCOPE + ":") ? asked.substring(SCOPE.length() + 1) : asked;
    if (!COMMANDS.contains(name)) {
      err.println("there is no command '" + asked + "' here. 'help' lists those that are.");
      return false;
    }
    Command command = sessions.getRegistry().getCommand(SCOPE, name);
    if (command == null) {
      err.println(SCOPE + ":" + name + " is not there yet. Try again in a moment.");
      return false;
    }
    LOG.debug("A visitor runs {}:{}.", SCOPE, name); // without its arguments
    try {
      command.execute(session(), List.copyOf(words.subList(1, words.size())));
      return true;
    } catch (JarvisException refusal) {
      err.println(refusal.getMessage());
    } catch (CommandException wrongArguments) {
      err.println(Objects.requireNonNullElse(wrongArguments.getMessage(), "wrong arguments"));
    } catch (Exception failure) { // whatever Karaf or a part that is just leaving throws
      LOG.warn("{}:{} failed.", SCOPE, name, failure);
      err.println(SCOPE + ":" + name + " failed. The log says more.");
    }
    return false;
  }

  private void help() {
    for (String name : COMMANDS) {
      Command command = sessions.getRegistry().getCommand(SCOPE, name);
      if (command != null) {
        out.println("%s:%-16s %s".formatted(SCOPE, name, command.getDescription()));
      }
    }
  }

  private Session session() {
    if (session == null) {
      session = sessions.create(InputStream.nullInputStream(), out, err);
    }
    return session;
  }

  @Override
  public void close() {
    if (session != null) {
      session.close();
    }
  }
}

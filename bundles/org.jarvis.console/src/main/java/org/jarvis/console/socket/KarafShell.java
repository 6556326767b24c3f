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
import org.jarvis.console.Parts;
import org.jarvis.console.command.ShippedCommands;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the commands of Jarvis that are registered with Karaf, those that its other bundles offer as
 * services, and no others. The line does not go to Karaf's own interpreter: that is a programming
 * language which reaches every object in the process, and so would be a way past the gate.
 */
final class KarafShell implements Shell {
  private static final Logger LOG = LoggerFactory.getLogger(KarafShell.class);
  private static final String SCOPE = "jarvis";

  /** A closed list: that another bundle registers in our scope does not put it behind this door. */
  private static final List<String> COMMANDS = ShippedCommands.names();

  private final SessionFactory sessions;
  private final Parts parts;
  private final PrintStream out;
  private final PrintStream err;
  private @Nullable Session session;

  KarafShell(SessionFactory sessions, Parts parts, PrintStream out, PrintStream err) {
    this.sessions = sessions;
    this.parts = parts;
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
    int mark = asked.indexOf(':');
    String scope = mark < 0 ? SCOPE : asked.substring(0, mark);
    String name = asked.substring(mark + 1);
    Command command;
    if (scope.equals(SCOPE) && COMMANDS.contains(name)) {
      command = sessions.getRegistry().getCommand(SCOPE, name);
      if (command == null) {
        err.println(SCOPE + ":" + name + " is not there yet. Try again in a moment.");
        return false;
      }
    } else {
      // Our own scope is not for others, whoever they are.
      command = scope.equals(SCOPE) ? null : parts.command(scope, name).orElse(null);
      if (command == null) {
        err.println("there is no command '" + asked + "' here. 'help' lists those that are.");
        return false;
      }
    }
    return run(command, scope + ":" + name, words.subList(1, words.size()));
  }

  private boolean run(Command command, String name, List<String> arguments) {
    LOG.debug("A visitor runs {}.", name); // without its arguments
    try {
      command.execute(session(), List.copyOf(arguments));
      return true;
    } catch (JarvisException refusal) {
      err.println(refusal.getMessage());
    } catch (CommandException wrongArguments) {
      err.println(Objects.requireNonNullElse(wrongArguments.getMessage(), "wrong arguments"));
    } catch (Exception failure) { // whatever Karaf or a part that is just leaving throws
      LOG.warn("{} failed.", name, failure);
      err.println(name + " failed. The log says more.");
    }
    return false;
  }

  private void help() {
    for (String name : COMMANDS) {
      Command command = sessions.getRegistry().getCommand(SCOPE, name);
      if (command != null) {
        help(command);
      }
    }
    for (Command command : parts.commands()) {
      if (!command.getScope().equals(SCOPE)) {
        help(command);
      }
    }
  }

  private void help(Command command) {
    String name = command.getScope() + ":" + command.getName();
    out.println("%-23s %s".formatted(name, command.getDescription()));
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

package org.jarvis.lab.console;

import java.io.PrintStream;
import java.util.List;
import org.apache.karaf.shell.api.console.Command;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Parser;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.CommandException;
import org.jarvis.lab.Lab;

/**
 * {@code lab:fault}: the switches of a lab, for whatever shell finds this service. It completes
 * nothing and leaves it to the shell to part a line into words. Safe from any thread.
 */
@SuppressWarnings("NullAway") // Karaf takes null for "none", in an interface that does not say so.
public final class FaultCommand implements Command {

  private final FaultDesk desk;

  /** The command of this lab. */
  public FaultCommand(Lab lab) {
    this.desk = new FaultDesk(lab.faults(), lab.cluster());
  }

  @Override
  public Object execute(Session session, List<Object> arguments) throws CommandException {
    try {
      PrintStream out = session.getConsole();
      desk.answer(arguments.stream().map(String::valueOf).toList()).forEach(out::println);
      out.flush();
      return "";
    } catch (IllegalArgumentException mistake) {
      throw new CommandException(mistake.getMessage(), mistake);
    }
  }

  @Override
  public String getScope() {
    return "lab";
  }

  @Override
  public String getName() {
    return "fault";
  }

  @Override
  public String getDescription() {
    return "Lists what can go wrong in the lab, and switches it on and off";
  }

  @Override
  public Completer getCompleter(boolean scoped) {
    return null;
  }

  @Override
  public Parser getParser() {
    return null;
  }
}

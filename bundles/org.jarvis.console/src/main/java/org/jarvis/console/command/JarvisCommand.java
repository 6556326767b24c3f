package org.jarvis.console.command;

import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.console.Session;
import org.jarvis.api.text.InertText;
import org.jarvis.console.Parts;

/** What all commands have in common. Karaf makes one for each call and fills in the fields. */
@SuppressWarnings("NullAway.Init") // Karaf sets the fields before it calls.
abstract class JarvisCommand implements Action {
  @Reference Parts parts;
  @Reference Session session;

  @Override
  public final Object execute() {
    PrintStream out = session.getConsole();
    run(line -> out.println(InertText.printed(line)));
    out.flush();
    return NOTHING;
  }

  /** Does it. What it throws is the answer of a command that failed. */
  abstract void run(Lines lines);

  /** Karaf prints whatever a command returns, save an empty text. */
  private static final String NOTHING = "";
}

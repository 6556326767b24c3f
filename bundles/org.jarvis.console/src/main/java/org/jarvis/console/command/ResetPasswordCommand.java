package org.jarvis.console.command;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jarvis.api.auth.Secret;

/** {@code jarvis:reset-password}: a new random password for who has forgotten theirs. */
@Service
@Command(
    scope = "jarvis",
    name = "reset-password",
    description = "Gives an account a new random password and ends its sessions and tokens")
@SuppressWarnings("NullAway.Init") // Karaf sets the fields before it calls.
public final class ResetPasswordCommand extends JarvisCommand {
  @Argument(name = "user", description = "The name of the account", required = true)
  String user;

  @Override
  void run(Lines lines) {
    Secret password = parts.accounts().require().resetPassword(user);
    lines.add("New password of " + user + ": " + password.reveal());
    lines.add("It is shown only here. All sessions and tokens of " + user + " have ended.");
  }
}

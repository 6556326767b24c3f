package org.jarvis.console.command;

import java.util.Optional;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jarvis.api.auth.Authenticator;
import org.jarvis.api.auth.Secret;

/** {@code jarvis:setup-token}: the one-time token for the first account. */
@Service
@Command(
    scope = "jarvis",
    name = "setup-token",
    description = "The one-time token for making the first account")
public final class SetupTokenCommand extends JarvisCommand {
  @Override
  void run(Lines lines) {
    Authenticator authenticator = parts.authenticator().require();
    Optional<Secret> token = authenticator.setupToken();
    lines.add(
        token
            .map(secret -> "Setup token: " + secret.reveal())
            .orElse("The first account is made, so there is no setup token any more."));
  }
}

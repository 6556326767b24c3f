package org.jarvis.console.socket;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.jarvis.console.Parts;
import org.jarvis.console.client.ConsoleAddress;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the console's door open as long as this bundle runs; immediate, since nobody asks for it.
 */
@Component(
    service = {},
    immediate = true,
    reference = @Reference(name = "sessions", service = SessionFactory.class))
public final class ConsoleSocket {
  private static final Logger LOG = LoggerFactory.getLogger(ConsoleSocket.class);
  private static final String SHELL = "org.apache.karaf.shell.core";
  private static final int MOST_VISITORS = 8;
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final @Nullable Door door;

  /** Opens the door. Without a console Jarvis still does its work, so a failure is only told. */
  @Activate
  public ConsoleSocket(@Reference Parts parts, BundleContext context) {
    door = open(context, parts, context.getProperty("jarvis.data"));
  }

  private static @Nullable Door open(BundleContext context, Parts parts, @Nullable String data) {
    if (data == null) {
      LOG.warn("There is no console: jarvis.data does not say where the data folder is.");
      return null;
    }
    SessionFactory sessions = karafsOwn(context);
    if (sessions == null) {
      LOG.warn("There is no console: bundle {} does not offer its sessions.", SHELL);
      return null;
    }
    return open(sessions, parts, Path.of(data));
  }

  private static @Nullable Door open(SessionFactory sessions, Parts parts, Path data) {
    try {
      return Door.open(
          ConsoleAddress.of(data),
          (out, err) -> new KarafShell(sessions, parts, out, err),
          MOST_VISITORS,
          PATIENCE);
    } catch (IOException | UnsupportedOperationException e) {
      LOG.warn("There is no console: {}", e.getMessage());
      return null;
    }
  }

  /** By the bundle's name, whatever the ranking of others: nobody shall listen at the door. */
  private static @Nullable SessionFactory karafsOwn(BundleContext context) {
    try {
      for (ServiceReference<SessionFactory> reference :
          context.getServiceReferences(SessionFactory.class, null)) {
        if (SHELL.equals(reference.getBundle().getSymbolicName())) {
          return context.getService(reference);
        }
      }
      return null;
    } catch (InvalidSyntaxException impossible) {
      throw new IllegalStateException("no filter was given", impossible);
    }
  }

  @Deactivate
  void deactivate() {
    if (door != null) {
      door.close();
    }
  }
}

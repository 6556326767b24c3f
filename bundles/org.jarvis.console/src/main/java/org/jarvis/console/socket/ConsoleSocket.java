package org.jarvis.console.socket;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.jarvis.console.client.ConsoleAddress;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
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
    immediate = true)
public final class ConsoleSocket {
  private static final Logger LOG = LoggerFactory.getLogger(ConsoleSocket.class);
  private static final int MOST_VISITORS = 8;
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final @Nullable Door door;

  /** Opens the door. Without a console Jarvis still does its work, so a failure is only told. */
  @Activate
  public ConsoleSocket(@Reference SessionFactory sessions, BundleContext context) {
    door = open(sessions, context.getProperty("jarvis.data"));
  }

  private static @Nullable Door open(SessionFactory sessions, @Nullable String data) {
    if (data == null) {
      LOG.warn("There is no console: jarvis.data does not say where the data folder is.");
      return null;
    }
    try {
      return Door.open(
          ConsoleAddress.of(Path.of(data)),
          (out, err) -> new KarafShell(sessions, out, err),
          MOST_VISITORS,
          PATIENCE);
    } catch (IOException | UnsupportedOperationException e) {
      LOG.warn("There is no console: {}", e.getMessage());
      return null;
    }
  }

  @Deactivate
  void deactivate() {
    if (door != null) {
      door.close();
    }
  }
}

package org.jarvis.console.socket;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The socket in the data folder. It lies in a folder that only the user who runs Jarvis can enter,
 * and that folder is closed before the socket is made, so there is no moment in which others could
 * connect.
 */
final class Door implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Door.class);

  private final Path path;
  private final Shells shells;
  private final int mostVisitors;
  private final Duration patience;
  private final ServerSocketChannel server;
  private final Set<SocketChannel> visitors = ConcurrentHashMap.newKeySet();
  private final ScheduledThreadPoolExecutor clock;

  private Door(
      Path path, Shells shells, int mostVisitors, Duration patience, ServerSocketChannel server) {
    this.path = path;
    this.shells = shells;
    this.mostVisitors = mostVisitors;
    this.patience = patience;
    this.server = server;
    clock = new ScheduledThreadPoolExecutor(1, task -> daemon(task, "jarvis-console-clock"));
    clock.setRemoveOnCancelPolicy(true);
  }

  /**
   * Opens it.
   *
   * @param path where the socket shall be; the folder it is in is made and closed to others
   * @param shells what runs the commands
   * @param mostVisitors how many may be there at once
   * @param patience after what time without a command a visitor has to leave
   */
  static Door open(Path path, Shells shells, int mostVisitors, Duration patience)
      throws IOException {
    closeFolder(Objects.requireNonNull(path.getParent()));
    removeLeftOver(path);
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      server.bind(UnixDomainSocketAddress.of(path));
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
    } catch (IOException | RuntimeException e) {
      server.close();
      throw e;
    }
    Door door = new Door(path, shells, mostVisitors, patience, server);
    daemon(door::welcome, "jarvis-console").start();
    return door;
  }

  private static void closeFolder(Path folder) throws IOException {
    var ownerOnly = PosixFilePermissions.fromString("rwx------");
    try {
      Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(ownerOnly));
    } catch (FileAlreadyExistsException fromAnEarlierStart) {
      if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
        throw new IOException(folder + " is in the way. Move it out of the data folder.");
      }
      // Fails when the folder belongs to somebody else, who could open it again.
      Files.setPosixFilePermissions(folder, ownerOnly);
    }
  }

  /** A process that was killed leaves its socket behind. One that answers still lives. */
  private static void removeLeftOver(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    boolean answered;
    try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      answered = probe.connect(UnixDomainSocketAddress.of(path));
    } catch (IOException nobodyThere) {
      answered = false;
    }
    if (answered) {
      throw new IOException("another process already answers at " + path + ".");
    }
    Files.delete(path);
  }

  private void welcome() {
    while (server.isOpen()) {
      try {
        SocketChannel visitor = server.accept();
        if (visitors.size() >= mostVisitors) {
          turnAway(visitor);
        } else {
          visitors.add(visitor);
          daemon(() -> receive(visitor), "jarvis-console-visit").start();
        }
      } catch (IOException e) {
        if (server.isOpen()) {
          LOG.warn("The console cannot take visitors any more: {}", e.getMessage());
          close();
        }
      }
    }
  }

  private void turnAway(SocketChannel visitor) {
    try (visitor) {
      visitor.configureBlocking(false); // its own buffer has room, and else it is not told
      Visit.refuse(
          new NonBlockingStream(visitor),
          "the console already has " + mostVisitors + " visitors. Leave one, or wait.");
    } catch (IOException goneAlready) {
      LOG.debug("A visitor that was turned away had left.");
    }
  }

  private void receive(SocketChannel visitor) {
    AtomicReference<@Nullable ScheduledFuture<?>> limit = new AtomicReference<>();
    Runnable heardOf =
        () -> {
          ScheduledFuture<?> before =
              limit.getAndSet(
                  clock.schedule(() -> close(visitor), patience.toMillis(), TimeUnit.MILLISECONDS));
          if (before != null) {
            before.cancel(false);
          }
        };
    try {
      heardOf.run();
      new Visit(
              Channels.newInputStream(visitor), Channels.newOutputStream(visitor), shells, heardOf)
          .run();
    } catch (IOException | RuntimeException e) {
      LOG.debug("A visitor of the console has left in the middle of something.", e);
    } finally {
      ScheduledFuture<?> last = limit.get();
      if (last != null) {
        last.cancel(false);
      }
      close(visitor);
      visitors.remove(visitor);
    }
  }

  @Override
  public void close() {
    try {
      server.close();
      Files.deleteIfExists(path);
    } catch (IOException e) {
      LOG.warn("The console's socket {} could not be removed: {}", path, e.getMessage());
    }
    visitors.forEach(Door::close);
    clock.shutdownNow();
  }

  private static void close(SocketChannel visitor) {
    try {
      visitor.close();
    } catch (IOException e) {
      LOG.debug("A visitor of the console could not be closed.", e);
    }
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }
}

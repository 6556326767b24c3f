package org.example.libvirt;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.jarvis.testkit.connector.WatchedSystem;

/** A program that talks as virsh does; what it is asked and what its domains do lies in files. */
final class FakeVirsh implements WatchedSystem {
  static final String URI = "qemu+ssh://operator:canary-4711@attic/system";
  static final String PLAIN = "web server";
  static final String HOSTILE = "--help; $(touch pwned) 'x'";

  private static final UUID RUNNING = UUID.fromString("11111111-2222-4333-8444-555555555501");
  private static final UUID STOPPED = UUID.fromString("11111111-2222-4333-8444-555555555502");
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String SCRIPT =
      """
      #!/bin/sh
      uri=$2
      shift 2
      cd '%s' || exit 9
      for word in "$@"; do printf '[%%s]' "$word"; done >> asked
      echo >> asked
      hold() {
        if [ -e "hold-$1" ]; then
          : > "held-$1"
          while [ -e "hold-$1" ]; do sleep 0.05; done
        fi
      }
      if [ -e off ]; then
        echo "error: failed to connect to the hypervisor" >&2
        echo "error: cannot reach $uri: No route to host" >&2
        exit 1
      fi
      case "$1" in
        start|shutdown|destroy)
          echo "$*" >> changes
          hold changes
          if [ -e fail ]; then
            echo "error: Failed to $1 domain on $uri" >&2
            echo "error: internal error: no memory on $uri" >&2
            exit 1
          fi
          case "$1" in
            start) echo 1 > "state-$2" ;;
            destroy) echo 5 > "state-$2" ;;
            shutdown) [ -e ignored ] || echo 5 > "state-$2" ;;
          esac
          : > done
          [ -e hang ] && exec sleep 60
          if [ -e lost ]; then
            echo "error: Disconnected from $uri due to end of file" >&2
            echo "error: Failed to $1 domain" >&2
            exit 1
          fi
          ;;
        *) hold readings ;;
      esac
      case "$*" in
        "list --all --uuid --name"|"list --all --persistent --uuid"|"list --uuid")
          for file in state-*; do
            id=${file#state-}
            case "$*" in
              *--name) printf '%%-36s %%-30s\\n' "$id" "$(cat "name-$id")" ;;
              *--persistent*) [ -e "transient-$id" ] || echo "$id" ;;
              *) [ "$(cat "$file")" = 5 ] || echo "$id" ;;
            esac
          done
          ;;
        domstats*)
          for file in state-*; do
            printf "Domain: '%%s'\\n" "$(cat "name-${file#state-}")"
            printf '  state.state=%%s\\n  state.reason=1\\n' "$(cat "$file")"
            printf '  vcpu.current=2\\n  vcpu.maximum=2\\n'
            printf '  balloon.maximum=2097152\\n  balloon.rss=1048576\\n\\n'
          done
          ;;
        "dumpxml --inactive "*) echo "<domain>$3</domain>" ;;
        nodeinfo)
          printf 'CPU model:           x86_64\\nCPU(s):              8\\n'
          printf 'Memory size:         16326432 KiB\\n'
          ;;
        nodememstats)
          printf 'total  :             16326432 KiB\\nfree   :              6326432 KiB\\n'
          printf 'buffers:              1000000 KiB\\ncached :              2000000 KiB\\n'
          ;;
      esac
      exit 0
      """;

  private final Path folder;
  private final Path script;

  FakeVirsh(Path parent) {
    try {
      folder = Files.createDirectory(parent.resolve("machine"));
      script = Files.writeString(parent.resolve("virsh"), SCRIPT.formatted(folder), UTF_8);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    domain(RUNNING, PLAIN, "1");
    domain(STOPPED, HOSTILE, "5");
  }

  /** How it is configured: by the shell, since a file that was just written may be busy. */
  String command() {
    return "/bin/sh, " + script + ", --connect, " + URI;
  }

  void domain(UUID id, String name, String state) {
    write("name-" + id, name);
    write("state-" + id, state);
  }

  void isTransient(GuestId guest) {
    write("transient-" + id(guest), "");
  }

  void hang() {
    write("hang", "");
  }

  void ignoreShutdown() {
    write("ignored", "");
  }

  /** What it was asked, each word in brackets. */
  List<String> asked() {
    return lines("asked");
  }

  @Override
  public GuestId running() {
    return Domain.number(RUNNING);
  }

  @Override
  public GuestId stopped() {
    return Domain.number(STOPPED);
  }

  @Override
  public GuestId nobody() {
    return new GuestId(101);
  }

  private UUID id(GuestId guest) {
    return guest.equals(running()) ? RUNNING : STOPPED;
  }

  @Override
  public Guest.Status status(GuestId guest) {
    return lines("state-" + id(guest)).equals(List.of("1"))
        ? Guest.Status.RUNNING
        : Guest.Status.STOPPED;
  }

  @Override
  public List<String> changes() {
    return lines("changes");
  }

  @Override
  public Set<String> secrets() {
    return Set.of("canary-4711");
  }

  @Override
  public void reachable(boolean now) {
    if (now) {
      delete("off");
    } else {
      write("off", "");
    }
  }

  @Override
  public void fail() {
    write("fail", "");
  }

  @Override
  public void loseAnswers() {
    write("lost", "");
  }

  @Override
  public Held holdReadings() {
    return hold("readings", () -> true);
  }

  @Override
  public Held holdChanges() {
    return hold("changes", () -> Files.exists(folder.resolve("done")));
  }

  private Held hold(String what, BooleanSupplier done) {
    write("hold-" + what, "");
    return new Held() {
      @Override
      public void await() {
        until(() -> Files.exists(folder.resolve("held-" + what)));
      }

      @Override
      public void letGo() {
        delete("hold-" + what);
        until(done);
      }
    };
  }

  private static void until(BooleanSupplier seen) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!seen.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("virsh was not asked, or did not come to its end.");
      }
      LockSupport.parkNanos(5_000_000);
    }
  }

  private List<String> lines(String file) {
    try {
      Path path = folder.resolve(file);
      return Files.exists(path) ? Files.readAllLines(path) : List.of();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void write(String file, String text) {
    try {
      Files.writeString(folder.resolve(file), text + "\n");
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void delete(String file) {
    try {
      Files.deleteIfExists(folder.resolve(file));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Its folder is deleted afterwards, so nothing may still write there. */
  @Override
  public void close() {
    delete("hold-readings");
    delete("hold-changes");
    ProcessHandle.current().descendants().forEach(process -> process.onExit().join());
  }
}

package org.jarvis.connector.ssh;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A real SSH server on loopback, run as the current user from a folder of its own: OpenSSH or
 * Dropbear. Where it cannot be run, the test is skipped, and says so.
 */
final class RealServer implements AutoCloseable {
  /** Which server. */
  enum Kind {
    OPENSSH,
    DROPBEAR
  }

  private static final Path PRIVILEGE_SEPARATION = Path.of("/run/sshd");

  private final Kind kind;
  private final Path folder;
  private final int port;
  private final List<String> more;
  private @Nullable Process process;

  private RealServer(Kind kind, Path folder, int port, List<String> more) {
    this.kind = kind;
    this.folder = folder;
    this.port = port;
    this.more = more;
  }

  /**
   * Starts a server that lets in the key of {@link #userKey}.
   *
   * @param more further lines of sshd_config
   */
  static RealServer start(Kind kind, Path folder, String... more) {
    try {
      Files.createDirectories(folder);
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
      RealServer server = new RealServer(kind, folder, freePort(), List.of(more));
      server.prepare();
      server.start();
      return server;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  static String user() {
    return System.getProperty("user.name");
  }

  int port() {
    return port;
  }

  Path userKey() {
    return folder.resolve("user_key");
  }

  private Path hostKey() {
    return folder.resolve("host_key");
  }

  private void prepare() throws IOException {
    need("ssh-keygen");
    key(userKey(), "-t", "ed25519", "-N", "");
    key(hostKey(), "-t", "ed25519", "-N", "");
    switch (kind) {
      case OPENSSH -> prepareOpenSsh();
      case DROPBEAR -> prepareDropbear();
    }
  }

  static void key(Path file, String... options) throws IOException {
    List<String> command = new ArrayList<>(List.of("ssh-keygen", "-q", "-f", file.toString()));
    command.addAll(List.of(options));
    run(command);
  }

  private void prepareOpenSsh() throws IOException {
    need("sshd");
    if (!Files.isDirectory(PRIVILEGE_SEPARATION) && user().equals("root")) {
      Files.createDirectory(PRIVILEGE_SEPARATION);
    }
    skipUnless(
        Files.isDirectory(PRIVILEGE_SEPARATION) || !user().equals("root"),
        PRIVILEGE_SEPARATION + " is missing");
    List<String> lines =
        new ArrayList<>(
            List.of(
                "Port " + port,
                "ListenAddress 127.0.0.1",
                "HostKey " + hostKey(),
                "PidFile none",
                "AuthorizedKeysFile " + userKey() + ".pub",
                "StrictModes no",
                "UsePAM no",
                // What the account's own shell reads at its start is none of the test's.
                "SetEnv HOME=" + Files.createDirectories(folder.resolve("home")),
                "PermitRootLogin yes",
                "MaxStartups 200"));
    lines.addAll(more);
    Files.write(folder.resolve("sshd_config"), lines);
  }

  /**
   * Dropbear looks for authorized_keys at the account's home alone, so in its own mount namespace
   * /etc/passwd has another home for it.
   */
  private void prepareDropbear() throws IOException {
    need("dropbear");
    need("dropbearkey");
    need("unshare");
    run(List.of("dropbearconvert", "openssh", "dropbear", hostKey().toString(), hostKey() + ".db"));
    Path keys = Files.createDirectories(folder.resolve("home/.ssh"));
    Files.setPosixFilePermissions(
        folder.resolve("home"), PosixFilePermissions.fromString("rwx------"));
    Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rwx------"));
    Files.copy(
        Path.of(userKey() + ".pub"),
        keys.resolve("authorized_keys"),
        StandardCopyOption.REPLACE_EXISTING);
    Files.setPosixFilePermissions(
        keys.resolve("authorized_keys"), PosixFilePermissions.fromString("rw-------"));
    List<String> accounts = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of("/etc/passwd"))) {
      String[] parts = line.split(":", -1);
      if (parts[0].equals(user())) {
        parts[5] = folder.resolve("home").toString();
      }
      accounts.add(String.join(":", parts));
    }
    Files.write(folder.resolve("passwd"), accounts);
  }

  private static void need(String program) {
    boolean there =
        List.of("/usr/sbin", "/usr/bin", "/sbin", "/bin", "/usr/local/sbin", "/usr/local/bin")
            .stream()
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    skipUnless(there, program + " is not installed");
  }

  private static void skipUnless(boolean given, String reason) {
    if (!given) {
      System.err.println("SKIPPED, nothing was tested against a real SSH server: " + reason);
    }
    assumeTrue(given, reason);
  }

  private static void run(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (exitOf(process) != 0) {
      throw new IOException(command + " failed: " + said);
    }
  }

  private static int exitOf(Process process) throws IOException {
    try {
      return process.waitFor();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException(interrupted);
    }
  }

  /** Starts it, again after {@link #kill}, and waits until it listens. */
  void start() throws IOException {
    List<String> command =
        switch (kind) {
          case OPENSSH ->
              List.of("/usr/sbin/sshd", "-D", "-e", "-f", folder.resolve("sshd_config").toString());
          case DROPBEAR ->
              List.of(
                  "unshare",
                  "-m",
                  "sh",
                  "-c",
                  "mount --bind \"$1/passwd\" /etc/passwd && exec dropbear -F -E -s -r"
                      + " \"$1/host_key.db\" -p 127.0.0.1:"
                      + port
                      + " -P \"$1/pid\"",
                  "sh",
                  folder.toString());
        };
    Process started =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("server.log").toFile()))
            .start();
    process = started;
    for (int i = 0; i < 200; i++) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return;
      } catch (IOException notYet) {
        if (!started.isAlive() && kind == Kind.DROPBEAR && log().contains("unshare")) {
          skipUnless(false, "no mount namespace for dropbear: " + log());
        }
        pause(25);
      }
    }
    throw new IOException("The server did not start: " + log());
  }

  String log() throws IOException {
    return Files.readString(folder.resolve("server.log"));
  }

  static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** The processes of its connections. */
  List<ProcessHandle> connections() {
    Process running = process;
    return running == null ? List.of() : running.descendants().toList();
  }

  /** Ends it and all its connections without a word. */
  void kill() {
    Process running = process;
    if (running != null) {
      List<ProcessHandle> all = connections();
      running.destroyForcibly();
      all.forEach(ProcessHandle::destroyForcibly);
      try {
        running.waitFor(5, TimeUnit.SECONDS);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Stops, or lets go on, the server and its connections, as a machine that hangs. */
  void signal(String signal) throws IOException {
    Process running = process;
    if (running != null) {
      List<String> command = new ArrayList<>(List.of("kill", "-" + signal));
      command.add(String.valueOf(running.pid()));
      connections().forEach(one -> command.add(String.valueOf(one.pid())));
      run(command);
    }
  }

  /** Gives it another host key; takes effect with the next start. */
  void changeHostKey() throws IOException {
    Files.delete(hostKey());
    Files.delete(Path.of(hostKey() + ".pub"));
    key(hostKey(), "-t", "ed25519", "-N", "");
    if (kind == Kind.DROPBEAR) {
      run(
          List.of(
              "dropbearconvert", "openssh", "dropbear", hostKey().toString(), hostKey() + ".db"));
    }
  }

  /** The fingerprint of its host key, as ssh-keygen prints it. */
  String fingerprint() throws IOException {
    Process process = new ProcessBuilder("ssh-keygen", "-l", "-f", hostKey() + ".pub").start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return said.split(" ", -1)[1];
  }

  @Override
  public void close() {
    kill();
  }
}

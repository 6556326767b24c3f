package org.jarvis.console.socket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DoorTest {
  private static final Duration LONG = Duration.ofMinutes(5);

  @TempDir Path data;

  private final AtomicInteger open = new AtomicInteger();
  private final List<Door> doors = new ArrayList<>();
  private Path socket;

  @BeforeEach
  void prepare() {
    socket = data.resolve("console").resolve("console.sock");
  }

  @AfterEach
  void closeAll() {
    doors.forEach(Door::close);
  }

  @Test
  void nobodyElseCanReachTheSocket() throws IOException {
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));

    open(8, LONG);

    assertThat(permissions(socket.getParent())).isEqualTo("rwx------");
    assertThat(permissions(socket)).isEqualTo("rw-------");
  }

  @Test
  void folderThatWasLeftOpenIsClosedFirst() throws IOException {
    Files.createDirectory(socket.getParent());
    Files.setPosixFilePermissions(socket.getParent(), PosixFilePermissions.fromString("rwxrwxrwx"));

    open(8, LONG);

    assertThat(permissions(socket.getParent())).isEqualTo("rwx------");
  }

  @Test
  void linkInThePlaceOfTheFolderIsNotFollowed() throws IOException {
    Path elsewhere = Files.createDirectory(data.resolve("elsewhere"));
    Files.createSymbolicLink(socket.getParent(), elsewhere);

    assertThatThrownBy(() -> open(8, LONG))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("in the way");
    assertThat(elsewhere).isEmptyDirectory();
  }

  @Test
  void leftOverOfAProcessThatWasKilledIsReplaced() throws IOException {
    Files.createDirectory(socket.getParent());
    try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      dead.bind(UnixDomainSocketAddress.of(socket));
    }
    assertThat(socket).exists();

    open(8, LONG);

    try (Visitor visitor = new Visitor()) {
      assertThat(visitor.ask("hello")).containsExactly(">hello", "=0");
    }
  }

  @Test
  void socketOfAProcessThatLivesIsLeftAlone() throws IOException {
    open(8, LONG);

    assertThatThrownBy(() -> open(8, LONG)).hasMessageContaining("already answers");

    try (Visitor visitor = new Visitor()) {
      assertThat(visitor.ask("still here")).containsExactly(">still here", "=0");
    }
  }

  @Test
  void answersOneCommandAfterTheOther() throws IOException {
    open(8, LONG);

    try (Visitor visitor = new Visitor()) {
      assertThat(visitor.ask("one 'and  two'")).containsExactly(">one and  two", "=0");
      assertThat(visitor.ask("fail")).containsExactly("!it failed", "=1");
      assertThat(visitor.ask("")).containsExactly("=0");
      assertThat(visitor.ask("again")).containsExactly(">again", "=0");
    }
  }

  @Test
  void whatACommandSaysCannotPassForAnotherLineOrTheEnd() throws IOException {
    open(8, LONG);

    try (Visitor visitor = new Visitor()) {
      assertThat(visitor.ask("hostile")).containsExactly(">a", ">=0", ">b?c", "=0");
    }
  }

  @Test
  void hostileLinesAreRefusedAndTheVisitGoesOn() throws IOException {
    open(8, LONG);

    try (Visitor visitor = new Visitor()) {
      assertThat(visitor.ask("a\u0000b")).hasSize(2).first().asString().contains("control");
      assertThat(visitor.ask("'open")).containsExactly("!A quote is left open.", "=1");
      visitor.send(new byte[] {(byte) 0xC3, (byte) 0x28, '\n'});
      assertThat(visitor.reply()).containsExactly("!a command is UTF-8 text.", "=1");
      assertThat(visitor.ask("fine")).containsExactly(">fine", "=0");
    }
  }

  @Test
  void lineWithoutEndIsCutOff() throws IOException {
    open(8, LONG);

    try (Visitor visitor = new Visitor()) {
      visitor.send(new byte[5000]);
      assertThat(visitor.reply()).containsExactly("!a command has at most 4096 bytes.", "=1");
      assertThat(visitor.hasToLeave()).isTrue();
    }
  }

  @Test
  void visitorsAtOnceGetTheirOwnAnswers() throws Exception {
    open(8, LONG);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<Boolean>> visits = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        String name = "visitor" + i;
        visits.add(
            threads.submit(
                () -> {
                  try (Visitor visitor = new Visitor()) {
                    for (int j = 0; j < 50; j++) {
                      if (!visitor
                          .ask(name + " " + j)
                          .equals(List.of(">" + name + " " + j, "=0"))) {
                        return false;
                      }
                    }
                    return true;
                  }
                }));
      }
      for (Future<Boolean> visit : visits) {
        assertThat(visit.get(30, TimeUnit.SECONDS)).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void oneVisitorTooManyIsToldSo() throws IOException {
    open(1, LONG);

    try (Visitor first = new Visitor()) {
      assertThat(first.ask("here")).containsExactly(">here", "=0");
      try (Visitor second = new Visitor()) {
        assertThat(second.reply()).first().asString().contains("already has 1 visitors");
        assertThat(second.hasToLeave()).isTrue();
      }
      assertThat(first.ask("still")).containsExactly(">still", "=0");
    }
  }

  @Test
  void visitorWhoFallsSilentHasToLeave() throws IOException {
    open(8, Duration.ofMillis(200));

    try (Visitor visitor = new Visitor()) {
      assertThat(visitor.hasToLeave()).isTrue();
    }
    awaitShells(0);
  }

  @Test
  void closingEndsEveryVisitAndRemovesTheSocket() throws IOException {
    Door door = open(8, LONG);

    try (Visitor visitor = new Visitor()) {
      assertThat(visitor.ask("here")).containsExactly(">here", "=0");
      door.close();
      assertThat(visitor.hasToLeave()).isTrue();
    }
    assertThat(socket).doesNotExist();
    awaitShells(0);
  }

  private void awaitShells(int wanted) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (open.get() != wanted) {
      assertThat(System.nanoTime()).as("shells are closed in time").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  private Door open(int mostVisitors, Duration patience) throws IOException {
    Door door = Door.open(socket, Echo::new, mostVisitors, patience);
    doors.add(door);
    return door;
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  /** Says what it hears. */
  private final class Echo implements Shell {
    private final PrintStream out;
    private final PrintStream err;

    Echo(PrintStream out, PrintStream err) {
      this.out = out;
      this.err = err;
      open.incrementAndGet();
    }

    @Override
    public boolean run(List<String> words) {
      switch (words.get(0)) {
        case "fail" -> {
          err.println("it failed");
          return false;
        }
        case "hostile" -> out.print("a\n=0\r\nb\u001b[2J\u0007c");
        default -> out.println(String.join(" ", words));
      }
      return true;
    }

    @Override
    public void close() {
      open.decrementAndGet();
    }
  }

  private final class Visitor implements AutoCloseable {
    private final SocketChannel channel;
    private final BufferedReader replies;

    Visitor() throws IOException {
      channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
      replies = new BufferedReader(new InputStreamReader(Channels.newInputStream(channel), UTF_8));
    }

    void send(byte[] bytes) throws IOException {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    }

    List<String> ask(String line) throws IOException {
      send((line + "\n").getBytes(UTF_8));
      return reply();
    }

    List<String> reply() throws IOException {
      List<String> lines = new ArrayList<>();
      String line;
      do {
        line = replies.readLine();
        lines.add(line);
      } while (line != null && !line.startsWith("="));
      return lines;
    }

    /** Waits for the other side to hang up. */
    boolean hasToLeave() {
      try {
        return replies.readLine() == null;
      } catch (IOException hungUpInTheMiddle) {
        return true;
      }
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}

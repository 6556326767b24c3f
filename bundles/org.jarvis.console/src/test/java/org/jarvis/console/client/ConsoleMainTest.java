package org.jarvis.console.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ConsoleMainTest {
  @TempDir Path data;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  /** Asks a program behind the socket that answers this, whatever it is asked. */
  private int askWhatAnswers(String answer) throws IOException {
    Path socket = ConsoleAddress.of(data);
    Files.createDirectories(socket.getParent());
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));
      CompletableFuture<Void> answering =
          CompletableFuture.runAsync(
              () -> {
                try (SocketChannel client = server.accept()) {
                  client.read(ByteBuffer.allocate(1024));
                  client.write(ByteBuffer.wrap(answer.getBytes(UTF_8)));
                } catch (IOException gone) {
                  throw new IllegalStateException(gone);
                }
              });
      ConsoleMain client =
          new ConsoleMain(
              new BufferedReader(new StringReader("")),
              new PrintStream(out, true, UTF_8),
              new PrintStream(err, true, UTF_8),
              false);
      int status = client.run(data, List.of("status"));
      answering.join();
      return status;
    }
  }

  @Test
  void printsWhatIsAnswered() throws IOException {
    assertThat(askWhatAnswers(">Größe\n>\n!none\n=1\n")).isOne();

    assertThat(out.toString(UTF_8)).isEqualTo("Größe\n\n");
    assertThat(err.toString(UTF_8)).isEqualTo("jarvis: none\n");
  }

  @Test
  void printsNothingThatATerminalWouldObey() throws IOException {
    assertThat(
            askWhatAnswers(
                ">\u001b]0;owned\u0007\u001b[2J\u009b31mred\u0008\u0000\n!\u001b[31m\u202ered\n=0\n"))
        .isZero();

    assertThat(out.toString(UTF_8) + err.toString(UTF_8)).contains("red").matches("(?s)[ -~\n]*");
  }
}
